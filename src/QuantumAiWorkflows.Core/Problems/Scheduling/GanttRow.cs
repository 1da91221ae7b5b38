namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>A task on a resource. Lanes keep bars of one resource apart that run at the same time; a lane is not a unit.</summary>
internal sealed record GanttBar(int Task, Placed Placed, int Amount, int Lane);

/// <summary>What one resource does, by start.</summary>
internal sealed record GanttRow(ShopResource Resource, IReadOnlyList<GanttBar> Bars)
{
    public int NumLanes => Bars.Count == 0 ? 1 : Bars.Max(b => b.Lane) + 1;

    /// <summary>Unit-time in use; of a broken schedule also what is beyond the capacity.</summary>
    public long Busy => Bars.Sum(b => (long)b.Amount * b.Placed.Mode.Duration);

    /// <summary>A row per resource, in their order; of tasks that take time.</summary>
    public static IReadOnlyList<GanttRow> Of(IReadOnlyList<ShopResource> resources, Placed?[] placed)
    {
        var bars = resources.Select(_ => new List<(int Task, Placed Placed, int Amount)>()).ToList();
        for (var i = 0; i < placed.Length; i++)
            if (placed[i] is { Mode.Duration: > 0 } own)
                foreach (var use in own.Mode.Uses)
                    bars[use.Resource].Add((i, own, use.Amount));
        return [.. bars.Select((b, r) => new GanttRow(resources[r], InLanes(b)))];
    }

    /// <summary>Each bar in the lowest lane that is free at its start: as many lanes as bars ever overlap. O(k log k).</summary>
    private static List<GanttBar> InLanes(List<(int Task, Placed Placed, int Amount)> bars)
    {
        var laid = new List<GanttBar>(bars.Count);
        var free = new PriorityQueue<int, int>();
        var busy = new PriorityQueue<int, long>();
        var lanes = 0;
        foreach (var (task, placed, amount) in bars.OrderBy(b => b.Placed.Start).ThenBy(b => b.Task))
        {
            while (busy.TryPeek(out var ended, out var end) && end <= placed.Start)
            {
                busy.Dequeue();
                free.Enqueue(ended, ended);
            }
            var lane = free.Count > 0 ? free.Dequeue() : lanes++;
            laid.Add(new(task, placed, amount, lane));
            busy.Enqueue(lane, placed.End);
        }
        return laid;
    }
}

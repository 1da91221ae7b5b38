namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>
/// One task after the other, by priority among those whose predecessors stand, each as early as resources allow (serial schedule
/// generation, R. Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited", European Journal of
/// Operational Research 90, 1996). Always a feasible schedule, and none of its tasks could start earlier as the others stand.
/// </summary>
internal static class ListSchedule
{
    /// <param name="priority">By task; the lowest goes first, then the lowest index.</param>
    /// <param name="modes">By task, one that fits; null where the mode that ends first is to be chosen.</param>
    public static SchedulingSolution Of(SchedulingProblem problem, IReadOnlyList<long> priority, int?[]? modes = null)
    {
        var profiles = problem.Resources.Select(r => new ResourceProfile(r.Capacity)).ToArray();
        foreach (var profile in profiles)
            profile.Clear();
        var waiting = problem.Tasks.Select(t => t.After.Length).ToArray();
        var earliest = problem.Tasks.Select(t => problem.Jobs[t.Job].Release).ToArray();
        var ready = new PriorityQueue<int, (long, int)>();
        for (var i = 0; i < waiting.Length; i++)
            if (waiting[i] == 0)
                ready.Enqueue(i, (priority[i], i));
        var placements = new List<Placement>(waiting.Length);
        while (ready.TryDequeue(out var task, out _))
        {
            var (mode, start) = Choose(problem.Tasks[task], modes?[task], earliest[task], profiles);
            var chosen = problem.Tasks[task].Modes[mode];
            foreach (var use in chosen.Uses)
                profiles[use.Resource].Take(start, chosen.Duration, use.Amount);
            placements.Add(new(task, start, mode));
            foreach (var next in problem.Followers[task])
            {
                earliest[next] = Math.Max(earliest[next], start + chosen.Duration);
                if (--waiting[next] == 0)
                    ready.Enqueue(next, (priority[next], next));
            }
        }
        return new(placements);
    }

    /// <summary>The mode that ends first, the first of several.</summary>
    private static (int Mode, int Start) Choose(ShopTask task, int? given, int from, ResourceProfile[] profiles)
    {
        var (best, bestStart, bestEnd) = (-1, 0, int.MaxValue);
        for (var m = 0; m < task.Modes.Length; m++)
        {
            var mode = task.Modes[m];
            if (!mode.Fits || (given is { } only && m != only))
                continue;
            var start = Earliest(mode, from, profiles);
            if (best < 0 || start + mode.Duration < bestEnd)
                (best, bestStart, bestEnd) = (m, start, start + mode.Duration);
        }
        return (best, bestStart);
    }

    private static int Earliest(ShopMode mode, int from, ResourceProfile[] profiles)
    {
        // A resource that pushes the task back makes the others look again; each push passes the end of some other task.
        for (var (start, last) = (from, -1); ; last = start)
        {
            foreach (var use in mode.Uses)
                start = profiles[use.Resource].EarliestStart(start, mode.Duration, use.Amount);
            if (start == last)
                return start;
        }
    }
}

using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>A mode that a task can run in.</summary>
/// <param name="Mode">Index among the task's modes.</param>
/// <param name="Uses">Empty where it takes no time.</param>
internal sealed record Way(int Mode, int Duration, ResourceUse[] Uses);

/// <summary>A scheduling problem as flat arrays by task, with what rules and bounds ask of it again and again. Of one run: scoring uses memory of its own.</summary>
internal sealed class DispatchModel
{
    /// <summary>Weight of a tail that leads nowhere: no due date waits behind it.</summary>
    public const long Nowhere = long.MinValue / 4;

    private readonly long[] _ends;

    public DispatchModel(SchedulingProblem problem)
    {
        _ends = new long[problem.Jobs.Count];
        Problem = problem;
        Count = problem.Tasks.Count;
        JobOf = [.. problem.Tasks.Select(t => t.Job)];
        After = [.. problem.Tasks.Select(t => t.After)];
        Followers = [.. problem.Followers];
        Ways = [.. problem.Tasks.Select(WaysOf)];
        Release = [.. JobOf.Select(j => problem.Jobs[j].Release)];
        Shortest = [.. Ways.Select(ways => ways.Min(w => w.Duration))];
        Order = TopologicalOrder();
        Head = new long[Count];
        Tail = new long[Count];
        LatestFinish = new long[Count];
        FollowChains();
        Offset = [.. JobOf.Select(OffsetOf)];
        LowerBound = Bounds.Of(this);
    }

    public SchedulingProblem Problem { get; }

    public int Count { get; }

    public int[] JobOf { get; }

    public int[][] After { get; }

    public int[][] Followers { get; }

    /// <summary>At least one each.</summary>
    public Way[][] Ways { get; }

    public int[] Release { get; }

    /// <summary>Duration of the shortest way.</summary>
    public int[] Shortest { get; }

    /// <summary>Tasks, each after all that it waits for.</summary>
    public int[] Order { get; }

    /// <summary>Earliest start, from releases and chains of shortest ways alone.</summary>
    public long[] Head { get; }

    /// <summary>The longest chain of shortest ways behind a task, without itself.</summary>
    public long[] Tail { get; }

    /// <summary>Latest end that leaves room for what follows before the job's due date, or before the horizon.</summary>
    public long[] LatestFinish { get; }

    /// <summary>
    /// What stands between a task's end and the objective, where that is a maximum over tasks of end plus offset: 0 for the
    /// makespan, minus the due date for lateness, <see cref="Nowhere"/> for a job without one.
    /// </summary>
    public long[] Offset { get; }

    /// <summary>Proven without search; often far from the optimum.</summary>
    public long LowerBound { get; }

    public bool IsMaximumOfEnds => Problem.Objective is ScheduleObjective.Makespan or ScheduleObjective.MaxLateness;

    /// <summary>True when every task runs on one machine at a time, so that a schedule is an order on each machine.</summary>
    public bool IsShop =>
        IsMaximumOfEnds
        && Array.TrueForAll(
            Ways,
            ways =>
                Array.TrueForAll(
                    ways,
                    w => w.Uses is [] || (w.Uses is [var u] && Problem.Resources[u.Resource].Capacity == 1)
                )
        );

    /// <summary>The objective of starts and chosen ways. O(n).</summary>
    public long Score(int[] starts, int[] ways)
    {
        _ends.AsSpan().Fill(long.MinValue);
        for (var i = 0; i < Count; i++)
        {
            ref var end = ref _ends[JobOf[i]];
            end = Math.Max(end, (long)starts[i] + Ways[i][ways[i]].Duration);
        }
        return Score(_ends);
    }

    /// <summary>The objective of the jobs' completions.</summary>
    public long Score(ReadOnlySpan<long> completions)
    {
        var (sum, most) = (0L, long.MinValue);
        for (var j = 0; j < completions.Length; j++)
        {
            var job = Problem.Jobs[j];
            if (Problem.Objective == ScheduleObjective.Makespan)
                most = Math.Max(most, completions[j]);
            if (job.Due is not { } due)
                continue;
            if (Problem.Objective == ScheduleObjective.MaxLateness)
                most = Math.Max(most, completions[j] - due);
            var weight = Problem.Objective == ScheduleObjective.WeightedTardiness ? job.Weight : 1;
            sum += weight * Math.Max(0, completions[j] - due);
        }
        return IsMaximumOfEnds ? most : sum;
    }

    public SchedulingSolution ToSolution(int[] starts, int[] ways) =>
        new(Enumerable.Range(0, Count).Select(i => new Placement(i, starts[i], Ways[i][ways[i]].Mode)));

    /// <summary>A feasible answer in starts and ways.</summary>
    public Candidate ToCandidate(SchedulingSolution solution, long score)
    {
        var (starts, ways) = (new int[Count], new int[Count]);
        foreach (var (task, start, mode) in solution.Placements)
            (starts[task], ways[task]) = (start, Array.FindIndex(Ways[task], w => w.Mode == mode));
        return new(score, starts, ways);
    }

    private static Way[] WaysOf(ShopTask task) =>
        [
            .. task
                .Modes.Select((m, k) => (Mode: m, Index: k))
                .Where(m => m.Mode.Fits)
                .Select(m => new Way(m.Index, m.Mode.Duration, m.Mode.Duration == 0 ? [] : m.Mode.Uses)),
        ];

    private long OffsetOf(int job) =>
        Problem.Objective == ScheduleObjective.Makespan ? 0
        : Problem.Jobs[job].Due is { } due ? -due
        : Nowhere;

    private int[] TopologicalOrder()
    {
        var waiting = After.Select(a => a.Length).ToArray();
        var order = new List<int>(Enumerable.Range(0, Count).Where(i => waiting[i] == 0));
        for (var at = 0; at < order.Count; at++)
            foreach (var next in Followers[order[at]])
                if (--waiting[next] == 0)
                    order.Add(next);
        return [.. order];
    }

    private void FollowChains()
    {
        foreach (var i in Order)
        {
            Head[i] = Release[i];
            foreach (var before in After[i])
                Head[i] = Math.Max(Head[i], Head[before] + Shortest[before]);
        }
        foreach (var i in Order.Reverse())
        {
            LatestFinish[i] = Problem.Jobs[JobOf[i]].Due ?? Problem.Horizon;
            foreach (var next in Followers[i])
            {
                Tail[i] = Math.Max(Tail[i], Shortest[next] + Tail[next]);
                LatestFinish[i] = Math.Min(LatestFinish[i], LatestFinish[next] - Shortest[next]);
            }
        }
    }
}

/// <summary>Bounds that need no search.</summary>
internal static class Bounds
{
    public static long Of(DispatchModel model)
    {
        var ends = new long[model.Problem.Jobs.Count];
        for (var i = 0; i < model.Count; i++)
            ends[model.JobOf[i]] = Math.Max(ends[model.JobOf[i]], model.Head[i] + model.Shortest[i]);
        var chains = model.Score(ends);
        return model.Problem.Objective == ScheduleObjective.Makespan ? Math.Max(chains, Loads(model)) : chains;
    }

    /// <summary>A resource cannot finish its work before the first of it may begin plus work by capacity plus the least tail.</summary>
    private static long Loads(DispatchModel model)
    {
        var n = model.Problem.Resources.Count;
        var (work, head, tail) = (new long[n], new long[n], new long[n]);
        head.AsSpan().Fill(long.MaxValue);
        tail.AsSpan().Fill(long.MaxValue);
        for (var i = 0; i < model.Count; i++)
            foreach (var use in model.Ways[i][0].Uses)
            {
                // Work that no way avoids.
                var least = model.Ways[i].Min(w => w.Duration * (long)AmountOf(w, use.Resource));
                if (least == 0)
                    continue;
                work[use.Resource] += least;
                head[use.Resource] = Math.Min(head[use.Resource], model.Head[i]);
                tail[use.Resource] = Math.Min(tail[use.Resource], model.Tail[i]);
            }
        var most = 0L;
        for (var r = 0; r < n; r++)
            if (work[r] > 0)
            {
                var capacity = model.Problem.Resources[r].Capacity;
                most = Math.Max(most, head[r] + (work[r] + capacity - 1) / capacity + tail[r]);
            }
        return most;
    }

    private static int AmountOf(Way way, int resource) => Array.Find(way.Uses, u => u.Resource == resource).Amount;
}

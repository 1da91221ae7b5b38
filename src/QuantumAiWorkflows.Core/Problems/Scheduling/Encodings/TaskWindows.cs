namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>
/// When each task can run: from what must come before it, and until what must come after it, in shortest modes, by a latest end
/// of each job.
/// </summary>
/// <param name="Earliest">Start, by task.</param>
/// <param name="Latest">End, by task.</param>
/// <param name="CoversOptimum">Whether some best schedule lies within.</param>
internal sealed record TaskWindows(long[] Earliest, long[] Latest, bool CoversOptimum)
{
    /// <param name="horizon">When everything is to be done; null: as late as some best schedule could need.</param>
    public static TaskWindows Of(SchedulingProblem problem, long? horizon)
    {
        var order = PrecedenceOrder.Of(problem);
        var shortest = problem.Tasks.Select(t => t.Modes.Where(m => m.Fits).Min(m => m.Duration)).ToArray();
        var (earliest, tail) = (new long[order.Length], new long[order.Length]);
        foreach (var i in order)
        {
            earliest[i] = Math.Max(earliest[i], problem.Jobs[problem.Tasks[i].Job].Release);
            foreach (var next in problem.Followers[i])
                earliest[next] = Math.Max(earliest[next], earliest[i] + shortest[i]);
        }
        foreach (var i in order.Reverse())
        foreach (var next in problem.Followers[i])
            tail[i] = Math.Max(tail[i], tail[next] + shortest[next]);

        // What is far from the end goes first.
        var known = ListSchedule.Of(problem, [.. tail.Select((t, i) => -t - shortest[i])]);
        var reached = (long)problem.Evaluate(known).Objective;
        var enough = problem.Objective == ScheduleObjective.Makespan ? reached : problem.Horizon;
        var latest = problem
            .Tasks.Select(t => horizon ?? Math.Min(enough, LatestEnd(problem, problem.Jobs[t.Job], reached)))
            .ToArray();
        foreach (var i in order.Reverse())
        foreach (var next in problem.Followers[i])
            latest[i] = Math.Min(latest[i], latest[next] - shortest[next]);
        return new(earliest, latest, CoversOptimum: horizon is not { } given || given >= enough);
    }

    /// <summary>The first task without room, with the horizon that it needs at least; null when all have some.</summary>
    public (int Task, long Needed)? TooShort(SchedulingProblem problem, long horizon)
    {
        (int Task, long Needed)? found = null;
        for (var i = 0; i < Earliest.Length; i++)
        {
            var lack = Earliest[i] + problem.Tasks[i].Modes.Where(m => m.Fits).Min(m => m.Duration) - Latest[i];
            if (lack > 0 && horizon + lack > (found?.Needed ?? 0))
                found = (i, horizon + lack);
        }
        return found;
    }

    /// <summary>No schedule that is as good as one of objective <paramref name="reached"/> completes the job later.</summary>
    private static long LatestEnd(SchedulingProblem problem, ShopJob job, long reached) =>
        (problem.Objective, job.Due) switch
        {
            (ScheduleObjective.Makespan, _) => reached,
            (ScheduleObjective.MaxLateness, { } due) => due + reached,
            (ScheduleObjective.TotalTardiness, { } due) => due + reached,
            (ScheduleObjective.WeightedTardiness, { } due) when job.Weight > 0 => due + reached / job.Weight,
            _ => long.MaxValue,
        };
}

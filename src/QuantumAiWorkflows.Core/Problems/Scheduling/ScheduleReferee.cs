namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// Scores a schedule from the problem's data alone. Of a task that stands there more than once the first placement counts,
/// so that the objective of a broken answer is defined, too.
/// </summary>
internal static class ScheduleReferee
{
    public static Evaluation Judge(SchedulingProblem problem, SchedulingSolution solution)
    {
        var violations = new List<Violation>();
        var placed = PlacedTasks.Of(problem, solution, violations);
        for (var i = 0; i < problem.Tasks.Count; i++)
        {
            if (placed[i] is not { } own)
                continue;
            var task = problem.Tasks[i];
            var early = problem.Jobs[task.Job].Release - (long)own.Start;
            if (early > 0)
                violations.Add(new("release", problem.PointerTo(i), early, Time));
            for (var k = 0; k < task.After.Length; k++)
                if (placed[task.After[k]] is { } before && before.End > own.Start)
                    violations.Add(
                        new("precedence", $"{problem.PointerTo(i)}/after/{k}", before.End - own.Start, Time)
                    );
        }
        for (var r = 0; r < problem.Resources.Count; r++)
        {
            var over = MostInUse(placed, r) - problem.Resources[r].Capacity;
            if (over > 0)
                violations.Add(new("capacity", $"/resources/{r}", over, "units"));
        }
        return new(JobOutcome.Objective(problem, placed), violations);
    }

    /// <summary>By a sweep over starts and ends; at one moment ends come first.</summary>
    private static long MostInUse(Placed?[] placed, int resource)
    {
        var events = new List<(long Time, long Change)>();
        foreach (var own in placed)
            if (own is { Mode.Duration: > 0 })
                foreach (var use in own.Mode.Uses)
                    if (use.Resource == resource)
                    {
                        events.Add((own.Start, use.Amount));
                        events.Add((own.End, -use.Amount));
                    }
        events.Sort();
        var (inUse, most) = (0L, 0L);
        foreach (var (_, change) in events)
            most = Math.Max(most, inUse += change);
        return most;
    }

    private const string Time = "time";
}

/// <summary>A task where a schedule puts it.</summary>
internal sealed record Placed(int Start, ShopMode Mode)
{
    public long End => (long)Start + Mode.Duration;
}

internal static class PlacedTasks
{
    /// <summary>By task; null for one that is not placed, or in no mode that it has.</summary>
    public static Placed?[] Of(
        SchedulingProblem problem,
        SchedulingSolution solution,
        List<Violation>? violations = null
    )
    {
        var placed = new Placed?[problem.Tasks.Count];
        var seen = new int[problem.Tasks.Count];
        foreach (var (task, start, mode) in solution.Placements)
        {
            if (seen[task]++ > 0)
                continue;
            if (mode >= 0 && mode < problem.Tasks[task].Modes.Length)
                placed[task] = new(start, problem.Tasks[task].Modes[mode]);
            else
                violations?.Add(new("mode", $"{problem.PointerTo(task)}/modes", 1, "tasks"));
        }
        for (var i = 0; i < seen.Length; i++)
        {
            if (seen[i] == 0)
                violations?.Add(new("missingTask", problem.PointerTo(i), 1, "tasks"));
            if (seen[i] > 1)
                violations?.Add(new("duplicateTask", problem.PointerTo(i), seen[i] - 1, "tasks"));
        }
        return placed;
    }
}

/// <summary>What a schedule means for a job.</summary>
/// <param name="Start">Of its first task; null when none of its tasks is placed.</param>
/// <param name="Completion">End of its last task.</param>
internal sealed record JobOutcome(ShopJob Job, long? Start, long? Completion)
{
    public long? Lateness => Completion - Job.Due;

    public long Tardiness => Math.Max(0, Lateness ?? 0);

    public static JobOutcome[] Of(SchedulingProblem problem, Placed?[] placed) =>
        [
            .. problem.Jobs.Select(job =>
            {
                var own = placed.AsSpan(job.FirstTask, job.NumTasks).ToArray().OfType<Placed>().ToList();
                return own.Count == 0
                    ? new JobOutcome(job, null, null)
                    : new(job, own.Min(p => p.Start), own.Max(p => p.End));
            }),
        ];

    public static double Objective(SchedulingProblem problem, Placed?[] placed)
    {
        var jobs = Of(problem, placed);
        return problem.Objective switch
        {
            ScheduleObjective.Makespan => jobs.Max(j => j.Completion) ?? 0,
            ScheduleObjective.TotalTardiness => jobs.Sum(j => j.Tardiness),
            ScheduleObjective.WeightedTardiness => jobs.Sum(j => j.Job.Weight * j.Tardiness),
            _ => jobs.Max(j => j.Lateness) ?? 0,
        };
    }
}

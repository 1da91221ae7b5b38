namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>Who goes first among the tasks that may be placed.</summary>
public enum DispatchRule
{
    /// <summary>Shortest processing time.</summary>
    Spt,

    /// <summary>Longest processing time.</summary>
    Lpt,

    /// <summary>Most work remaining in the job.</summary>
    Mwkr,

    /// <summary>Earliest due date of the job.</summary>
    Edd,

    /// <summary>Apparent tardiness cost (Vepsalainen and Morton, Management Science 33, 1987).</summary>
    Atc,

    /// <summary>Latest finish time that leaves room for what follows.</summary>
    Lft,

    /// <summary>Latest start time.</summary>
    Lst,
}

/// <summary>How a schedule grows.</summary>
public enum ScheduleGeneration
{
    /// <summary>Task by task, each at its earliest time, also in a gap: active schedules, an optimal one among them for every objective here.</summary>
    Active,

    /// <summary>Moment by moment, no resource waits while a task could start: non-delay schedules, often good, not always optimal.</summary>
    NonDelay,
}

/// <summary>Priorities of tasks; the smallest goes first.</summary>
internal sealed class TaskPriority
{
    /// <summary>ATC's look-ahead in mean durations; 1.5 to 4.5 are usual.</summary>
    private const double LookAhead = 2;

    private readonly DispatchModel _model;
    private readonly DispatchRule _rule;
    private readonly long[] _remaining;
    private readonly double _scale;

    public TaskPriority(DispatchModel model, DispatchRule rule)
    {
        (_model, _rule) = (model, rule);
        _remaining = new long[model.Problem.Jobs.Count];
        for (var i = 0; i < model.Count; i++)
            _remaining[model.JobOf[i]] += model.Shortest[i];
        _scale = LookAhead * Math.Max(1, model.Shortest.Average());
    }

    /// <param name="time">When it could start.</param>
    public double Of(int task, long time)
    {
        var job = _model.Problem.Jobs[_model.JobOf[task]];
        double duration = _model.Shortest[task];
        return _rule switch
        {
            DispatchRule.Spt => duration,
            DispatchRule.Lpt => -duration,
            DispatchRule.Mwkr => -_remaining[_model.JobOf[task]],
            DispatchRule.Edd => job.Due ?? double.MaxValue,
            DispatchRule.Atc => -job.Weight
                / Math.Max(duration, 0.5)
                * Math.Exp(-Math.Max(0, _model.LatestFinish[task] - duration - time) / _scale),
            DispatchRule.Lft => _model.LatestFinish[task],
            _ => _model.LatestFinish[task] - duration,
        };
    }

    public void Started(int task) => _remaining[_model.JobOf[task]] -= _model.Shortest[task];
}

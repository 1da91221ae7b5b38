using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What counts as a result in a comparison. Whatever is not one counts as infeasible, unsuccessful and endless.</summary>
public static class RunResults
{
    /// <summary>The parent kills a run 0.3 s after its budget, and a soft stop may come 5 % early or late.</summary>
    private const double GraceSeconds = 0.3;

    private const double GraceShare = 0.05;

    /// <summary>Verified, feasible, ended in time, and no proof of it was refuted later.</summary>
    public static bool IsFeasibleResult(this RunRecord run) =>
        run is { State: RunState.Succeeded, Verified: true, Feasible: true, Objective: not null, BoundRefuted: false }
        && !run.IsLate();

    /// <summary>Went on beyond what the parent allows after the budget.</summary>
    public static bool IsLate(this RunRecord run) =>
        run.Metrics.OvershootSeconds
        > GraceSeconds + GraceShare * (run.Budget.CpuSeconds ?? run.Budget.TimeSeconds ?? run.Metrics.WallSeconds);

    /// <summary>
    /// False for runs that no solver had: refused, lost, or cancelled or expired in the queue. Their times are 0 because
    /// nothing was measured, and would pull every mean down. A crash has no reading of why it stopped, but did start.
    /// </summary>
    public static bool HasStarted(this RunRecord run) =>
        run.State is not (RunState.Unsupported or RunState.Lost)
        && (run.StoppedBy is not null || run.Metrics.WallSeconds > 0);
}

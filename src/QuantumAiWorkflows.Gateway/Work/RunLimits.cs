using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// When a run is asked to end and when it is killed. The child gets clocks shortened by the margin, so that a solver
/// ends by itself; the parent repeats the request at the same point and kills at the budget plus a grace.
/// </summary>
/// <param name="CpuSeconds">CPU budget; null for none.</param>
/// <param name="WallSeconds">The tightest of wall budget, deadline and the server's ceiling.</param>
internal sealed record RunLimits(double? CpuSeconds, double WallSeconds)
{
    /// <summary>Past the budget, before the kill.</summary>
    public const double GraceSeconds = 0.3;

    /// <summary>A process that neither works nor ends must not hold its slot for the server's whole ceiling.</summary>
    private const double WallPerCpuSecond = 20;

    private const double LeastWallOfCpuRun = 60;

    public static RunLimits For(SolveBudget budget, double ceilingSeconds, double? secondsToDeadline)
    {
        var wall = ceilingSeconds;
        if (budget.TimeSeconds is { } time)
            wall = Math.Min(wall, time);
        else if (budget.CpuSeconds is { } cpu)
            wall = Math.Min(wall, Math.Max(LeastWallOfCpuRun, cpu * WallPerCpuSecond));
        if (secondsToDeadline is { } left)
            wall = Math.Min(wall, left);
        return new(budget.CpuSeconds, wall);
    }

    /// <summary>
    /// 0.2 s or 5 % before the budget, whichever is more; below 1 s a fifth of it, so that a short budget is not all margin.
    /// </summary>
    public static double Soft(double budgetSeconds) =>
        budgetSeconds - Math.Min(Math.Max(0.2, 0.05 * budgetSeconds), 0.2 * budgetSeconds);

    /// <summary>What the child stops at by itself.</summary>
    public StopLimits ForChild() => new(CpuSeconds is { } cpu ? Soft(cpu) : null, Soft(WallSeconds));

    /// <summary>Which limit asks the run to end now; null for none.</summary>
    public StoppedBy? SoftStop(double cpuSeconds, double wallSeconds) =>
        CpuSeconds is { } cpu && cpuSeconds >= Soft(cpu) ? StoppedBy.Cpu
        : wallSeconds >= Soft(WallSeconds) ? StoppedBy.Time
        : null;

    /// <summary>Which limit kills the run now; null for none.</summary>
    public StoppedBy? Kill(double cpuSeconds, double wallSeconds) =>
        cpuSeconds >= CpuSeconds + GraceSeconds ? StoppedBy.Cpu
        : wallSeconds >= WallSeconds + GraceSeconds ? StoppedBy.Time
        : null;
}

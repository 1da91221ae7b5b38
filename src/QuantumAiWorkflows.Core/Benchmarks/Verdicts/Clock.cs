using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>How the runs of a compared pair are timed: in seconds, floor 1 ms.</summary>
public sealed class Clock
{
    private readonly bool _cpu;

    private Clock(bool cpu) => _cpu = cpu;

    /// <summary>
    /// CPU seconds when every run that succeeded is local, single-threaded and has them; else wall seconds for both sides.
    /// </summary>
    public static Clock For(IEnumerable<RunRecord> runs) =>
        new(
            runs.Where(r => r.State == RunState.Succeeded)
                .All(r => r is { Budget.Threads: 1, Metrics: { CpuSeconds: not null, BytesToExternal: 0 } })
        );

    public string Name => _cpu ? "cpu" : "wall";

    /// <summary>The limit on this clock, or on the other where only that one is limited; null without any.</summary>
    public double? Budget(SolveBudget budget) =>
        _cpu ? budget.CpuSeconds ?? budget.TimeSeconds : budget.TimeSeconds ?? budget.CpuSeconds;

    /// <summary>All that the run spent.</summary>
    public double Spent(RunRecord run) => At(run, null);

    /// <summary>Time of a trace point, or of the run's end for null.</summary>
    public double At(RunRecord run, TracePoint? point)
    {
        var seconds = _cpu
            ? point?.CpuSeconds ?? run.Metrics.CpuSeconds ?? 0
            : point?.ElapsedSeconds ?? run.Metrics.WallSeconds;
        return Math.Max(seconds, ChargedCost.ShortestSeconds);
    }
}

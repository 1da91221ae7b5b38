using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>What runs are charged in a comparison. Nothing is free: a zero would win every ratio.</summary>
public sealed class ChargedCost
{
    /// <summary>Shorter than this no clock of ours tells apart; also the least that a run is charged for.</summary>
    public const double ShortestSeconds = 0.001;

    private readonly PriceList _prices;

    private ChargedCost(PriceList prices, bool estimated) => (_prices, IsEstimated) = (prices, estimated);

    /// <summary>True when any part is: then nothing is adopted for its cost.</summary>
    public bool IsEstimated { get; }

    /// <summary>
    /// The benchmark's list; the local one for all when some run would cost nothing by it; null when the usage of some
    /// run has nothing in it that even the local list could charge.
    /// </summary>
    public static ChargedCost? Of(Results results)
    {
        var runs = results.Cells.SelectMany(c => c.Runs).ToArray();
        foreach (var list in new[] { results.Benchmark.Prices, PriceList.Local })
        {
            var usages = runs.Select(r => UsageUpTo(r, null)).ToArray();
            if (usages.All(u => Prices.Total(u, list) > 0))
                return new(list, usages.Any(u => Prices.IsEstimated(u, list)));
        }
        return null;
    }

    /// <summary>Cost of a run up to a trace point: what is paid by time pro rata, the rest whole. Null: to its end.</summary>
    public double Of(RunRecord run, TracePoint? until) => Prices.Total(UsageUpTo(run, until), _prices);

    private static Usage UsageUpTo(RunRecord run, TracePoint? until)
    {
        var cpu = Share(until?.CpuSeconds, run.Metrics.CpuSeconds);
        var wall = Share(until?.ElapsedSeconds, run.Metrics.WallSeconds);
        var usage = Prices.Billed(run);
        // A run that never came to an end may have no readings; it is charged the least, not nothing.
        var seconds = usage.CpuSecond ?? (run.State == RunState.Succeeded ? null : ShortestSeconds);
        return usage with
        {
            CpuSecond = seconds is { } s ? Math.Max(ShortestSeconds, s * cpu) : null,
            MemoryGibSecond = usage.MemoryGibSecond * wall,
            GpuSecond = usage.GpuSecond * wall,
            QpuSecond = usage.QpuSecond * wall,
        };
    }

    private static double Share(double? until, double? total) =>
        until is { } part && total is > 0 ? Math.Clamp(part / total.Value, 0, 1) : 1;
}

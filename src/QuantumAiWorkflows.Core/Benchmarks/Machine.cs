using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>Whether the machine was quiet enough for its times to mean something. The limits are judgement.</summary>
/// <param name="Judged">Runs long enough to tell.</param>
/// <param name="Busy">Runs that did not have a core to themselves, or whose block's sentinel was slow.</param>
/// <param name="SentinelTrend">Change of the sentinel's time over the benchmark, as a share of its median; null: not measured.</param>
public sealed record Machine(int Judged, int Busy, double? SentinelTrend)
{
    private const double QuietShare = 0.9;
    private const double SlowSentinel = 1.25;
    private const double MaxBusyShare = 0.2;
    private const double MaxTrend = 0.25;

    /// <summary>
    /// CPU seconds of a run that can be judged. Not wall seconds: a busy machine makes those longer, so that among short
    /// runs only the delayed ones would be long enough.
    /// </summary>
    private const double ShortestJudged = 0.05;

    /// <summary>Times are not to be trusted: runtime and cost stay open.</summary>
    public bool IsDrifting => Busy > MaxBusyShare * Judged || Math.Abs(SentinelTrend ?? 0) > MaxTrend;

    public static Machine Of(Results results)
    {
        var benchmark = results.Benchmark;
        var sentinel = benchmark.SentinelSeconds;
        double[] readings = [.. sentinel.OfType<double>()];
        var typical = readings.Length == 0 ? double.PositiveInfinity : Descriptive.Median(readings);
        var (judged, busy) = (0, 0);
        for (var block = 0; block < benchmark.Instances.Count; block++)
        {
            var slow = block < sentinel.Count && sentinel[block] > SlowSentinel * typical;
            foreach (var run in benchmark.Entrants.SelectMany(e => results[benchmark.Instances[block], e].Runs))
            {
                if (!run.HasStarted() || (run.Metrics.CpuSeconds ?? 0) < ShortestJudged)
                    continue;
                judged++;
                if (slow || IsBusy(run))
                    busy++;
            }
        }
        return new(judged, busy, Trend(readings));
    }

    /// <summary>A run on one thread that had under 0.9 of a core; short runs cannot be judged and are never called busy.</summary>
    public static bool IsBusy(RunRecord run) =>
        run.Budget.Threads == 1
        && run.Metrics is { BytesToExternal: 0, CpuSeconds: { } cpu and >= ShortestJudged }
        && cpu < QuietShare * run.Metrics.WallSeconds;

    /// <summary>Median of all pairwise slopes (Theil 1950, Sen 1968), so that one burst is not a trend.</summary>
    private static double? Trend(double[] sentinel)
    {
        if (sentinel.Length < 3)
            return null;
        var slopes = new List<double>();
        for (var i = 0; i < sentinel.Length; i++)
        for (var j = i + 1; j < sentinel.Length; j++)
            slopes.Add((sentinel[j] - sentinel[i]) / (j - i));
        return Descriptive.Median(slopes) * (sentinel.Length - 1) / Descriptive.Median(sentinel);
    }
}

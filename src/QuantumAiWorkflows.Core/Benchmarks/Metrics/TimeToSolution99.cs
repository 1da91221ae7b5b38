using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How long restarts would take to succeed almost surely. Reported, never tested: it jumps where p nears 0.99.</summary>
public sealed class TimeToSolution99 : IMetric
{
    public string Id => "tts99";

    public string Unit => "seconds";

    public string Definition =>
        "Mean wall seconds of a run x ln(0.01) / ln(1 - p), p the success rate against the reference; the mean itself when p "
        + "is 0.99 or more, and not reached when p is 0: then the interval has only its lower end.";

    public string Source => "Ronnow et al., Science 345, 2014; interval from Clopper and Pearson's for p.";

    public Measurement Measure(EntrantRuns runs)
    {
        var started = runs.Runs.Where(r => r.HasStarted()).ToArray();
        if (started.Length == 0)
            return Measurement.None("Not reached: no run started.");
        var seconds = ExactSum.Mean([.. started.Select(r => r.Metrics.WallSeconds)]);
        var hits = runs.Runs.Count(runs.IsHit);
        var (low, high) = Proportion.ClopperPearson(hits, runs.Runs.Count);
        var interval = new Interval("clopperPearson", Of(seconds, high)!.Value, Of(seconds, low));
        return new(Of(seconds, (double)hits / runs.Runs.Count), [interval], hits == 0 ? "Not reached." : null);
    }

    private static double? Of(double seconds, double p) =>
        p <= 0 ? null
        : p >= 0.99 ? seconds
        : seconds * Math.Log(0.01) / Math.Log(1 - p);
}

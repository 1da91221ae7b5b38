using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How long a run took on the wall clock.</summary>
public sealed class WallSeconds : IMetric
{
    public string Id => "wallSeconds";

    public string Unit => "seconds";

    public string Definition =>
        "Mean wall seconds of a run, from its request in the child to its result: encoding, compilation and decoding counted, "
        + "the queue not. Runs that never started have none.";

    public string Source => "The parent's clock.";

    public Measurement Measure(EntrantRuns runs)
    {
        var seconds = runs.Runs.Where(r => r.HasStarted()).Select(r => r.Metrics.WallSeconds).ToArray();
        return seconds.Length == 0 ? Measurement.None("No run started.") : Measurement.Of(ExactSum.Mean(seconds));
    }
}

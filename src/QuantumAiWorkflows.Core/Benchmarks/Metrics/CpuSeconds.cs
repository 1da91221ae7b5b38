using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How much processor time a run took, all threads together.</summary>
public sealed class CpuSeconds : IMetric
{
    public string Id => "cpuSeconds";

    public string Unit => "seconds";

    public string Definition => "Mean CPU seconds of the child during a run. Runs that never started have none.";

    public string Source => "The parent's reading of the process.";

    public Measurement Measure(EntrantRuns runs)
    {
        var seconds = runs.Runs.Where(r => r.HasStarted()).Select(r => r.Metrics.CpuSeconds).OfType<double>().ToArray();
        return seconds.Length == 0 ? Measurement.None("No run has a reading.") : Measurement.Of(ExactSum.Mean(seconds));
    }
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How often the circuit was measured.</summary>
public sealed class Shots : IMetric
{
    public string Id => "shots";

    public string Unit => "shots";

    public string Definition =>
        "Mean number of shots of a run, of the runs that took shots: those of a simulator count as those of a device would.";

    public string Source => "The solver's own count.";

    public Measurement Measure(EntrantRuns runs)
    {
        var counts = runs.Runs.Select(r => (double?)r.Metrics.Shots).OfType<double>().ToArray();
        return counts.Length == 0 ? Measurement.None("No run took shots.") : Measurement.Of(ExactSum.Mean(counts));
    }
}

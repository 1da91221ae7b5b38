using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How much the answer depends on the seed.</summary>
public sealed class SeedSpread : IMetric
{
    public string Id => "seedSpread";

    public string Unit => "percent";

    public string Definition =>
        "Standard deviation over seeds of the gap to the reference, feasible results only; needs two. Below ten seeds it says little.";

    public string Source => "Sample standard deviation, n - 1.";

    public Measurement Measure(EntrantRuns runs)
    {
        var gaps = runs.Feasible.Select(r => runs.GapPercent(r.Objective!.Value)).ToArray();
        return gaps.Length < 2
            ? Measurement.None("Fewer than two feasible results.")
            : Measurement.Of(Descriptive.StandardDeviation(gaps));
    }
}

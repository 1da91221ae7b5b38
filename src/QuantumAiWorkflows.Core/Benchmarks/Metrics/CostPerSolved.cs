using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>What one success costs, failures included.</summary>
public sealed class CostPerSolved : IMetric
{
    public string Id => "costPerSolved";

    public string Unit => "currency of the price list";

    public string Definition =>
        "Cost of all runs divided by the number that came within targetGapPercent of the reference; none when no run did.";

    public string Source => "The price list names the source of every price.";

    public Measurement Measure(EntrantRuns runs)
    {
        var hits = runs.Runs.Count(runs.IsHit);
        if (hits == 0)
            return Measurement.None("No run met the target.");
        var total = ExactSum.Of(runs.Runs.Where(r => r.HasStarted()).Select(r => Prices.TotalOfRun(r, runs.Prices)));
        return Measurement.Of(total / hits);
    }
}

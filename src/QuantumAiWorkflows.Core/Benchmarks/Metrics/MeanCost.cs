using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>What a run costs by the benchmark's price list.</summary>
public sealed class MeanCost : IMetric
{
    public string Id => "cost";

    public string Unit => "currency of the price list";

    public string Definition => "Mean cost of a run: what it consumed times the list's unit prices.";

    public string Source => "The price list names the source of every price.";

    public Measurement Measure(EntrantRuns runs)
    {
        var costs = runs.Runs.Where(r => r.HasStarted()).Select(r => Prices.TotalOfRun(r, runs.Prices)).ToArray();
        return costs.Length == 0 ? Measurement.None("No run started.") : Measurement.Of(ExactSum.Mean(costs));
    }
}

using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How often there is an answer that can be used at all.</summary>
public sealed class FeasibilityRate : IMetric
{
    public string Id => "feasibilityRate";

    public string Unit => "fraction";

    public string Definition =>
        "Share of the runs with a verified feasible result in time; unsupported, failed, lost and late runs count as none.";

    public string Source => "Interval: Wilson 1927.";

    public Measurement Measure(EntrantRuns runs)
    {
        var (feasible, all) = (runs.Feasible.Count(), runs.Runs.Count);
        if (all == 0)
            return Measurement.None("There are no runs.");
        var (low, high) = Proportion.Wilson(feasible, all);
        return new((double)feasible / all, [new("wilson", low, high)]);
    }
}

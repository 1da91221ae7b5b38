using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

public enum ObjectiveStatistic
{
    Mean,
    Median,
    Best,
}

/// <summary>The objective over seeds, feasible results only.</summary>
public sealed class Objective(ObjectiveStatistic statistic) : IMetric
{
    public string Id => $"objective{statistic}";

    public string Unit => "objective";

    public string Definition =>
        $"{statistic} objective of the runs with a feasible result, in the problem's sense, offset included.";

    public string Source => "The referee's value of each run.";

    public Measurement Measure(EntrantRuns runs)
    {
        var values = runs.Feasible.Select(r => r.Objective!.Value).ToArray();
        if (values.Length == 0)
            return Measurement.None("No run has a feasible result.");
        return Measurement.Of(
            statistic switch
            {
                ObjectiveStatistic.Mean => ExactSum.Mean(values),
                ObjectiveStatistic.Median => Descriptive.Median(values),
                _ => runs.Instance.Sense == Sense.Minimize ? values.Min() : values.Max(),
            }
        );
    }
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>Where the answers lie between the worst and the best there is.</summary>
public sealed class ApproximationRatio : IMetric
{
    public string Id => "approximationRatio";

    public string Unit => "fraction";

    public string Definition =>
        "Mean over feasible results of (worst - objective) / (worst - best): 1 is the reference, 0 the worst answer there is; "
        + "defined for objectives of any sign. Only where all answers can be enumerated (20 binary variables).";

    public string Source => "The usual ratio objective / best is meaningless when the sign or the offset is arbitrary.";

    public Measurement Measure(EntrantRuns runs)
    {
        if (runs.Instance.WorstObjective is not { } worst)
            return Measurement.None("The worst objective is not known.");
        if (runs.Reference is not { } best || best.Objective == worst)
            return Measurement.None("There is no best objective apart from the worst.");
        var ratios = runs.Feasible.Select(r => (worst - r.Objective!.Value) / (worst - best.Objective)).ToArray();
        return ratios.Length == 0 ? Measurement.None("No run has a feasible result.")
            : !ratios.All(double.IsFinite) ? Measurement.None("The best and the worst are too close to divide by.")
            : Measurement.Of(ExactSum.Mean(ratios));
    }
}

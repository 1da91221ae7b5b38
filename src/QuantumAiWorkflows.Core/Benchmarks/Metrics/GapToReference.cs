using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How far the answers are from the reference.</summary>
public sealed class GapToReference : IMetric
{
    public string Id => "gapToReference";

    public string Unit => "percent";

    public string Definition =>
        "Mean over feasible results of 100 (objective - reference) / scale, sign turned for maximize: positive is worse. "
        + "Scale: |reference|, or for a QUBO |reference - mean of 1,000 uniform assignments|.";

    public string Source => "docs/verdict.md; the scale keeps a QUBO's arbitrary offset out.";

    public Measurement Measure(EntrantRuns runs)
    {
        var gaps = runs.Feasible.Select(r => runs.GapPercent(r.Objective!.Value)).ToArray();
        return gaps.Length == 0
            ? Measurement.None("No run has a feasible result.")
            : new(ExactSum.Mean(gaps), [], $"Reference: {runs.Reference!.Source}.");
    }
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How many answers the solver looked at.</summary>
public sealed class Evaluations : IMetric
{
    public string Id => "evaluations";

    public string Unit => "evaluations";

    public string Definition =>
        "Mean number of evaluations of the objective that a run counted; runs without a count are left out. Every solver "
        + "counts its own step, so it compares runs of one solver, not solvers.";

    public string Source => "The solver's own count.";

    public Measurement Measure(EntrantRuns runs)
    {
        var counts = runs.Runs.Select(r => (double)r.Metrics.Evaluations).Where(c => c > 0).ToArray();
        return counts.Length == 0
            ? Measurement.None("No run counted evaluations.")
            : Measurement.Of(ExactSum.Mean(counts));
    }
}

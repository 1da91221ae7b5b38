using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How good the answers were all along, in one number: the anytime curve's area.</summary>
public sealed class PrimalIntegral : IMetric
{
    /// <summary>Before the first answer, and for anything worse than it.</summary>
    private const double Worst = 100;

    public string Id => "primalIntegral";

    public string Unit => "percent";

    public string Definition =>
        "Mean over runs of the integral over the budget of the incumbent's gap to the reference, clipped to 0 to 100 %, 100 % "
        + "before the first answer, divided by the budget: 0 is the reference at once, 100 never an answer. On the clock of the "
        + "benchmark: CPU seconds where all runs are local and single-threaded, else wall seconds; without a budget in time, up "
        + "to the longest run of the instance. Runs without a feasible result are 100 throughout.";

    public string Source =>
        "Berthold, Measuring the impact of primal heuristics, Operations Research Letters 41, 2013; here with this report's gap.";

    public Measurement Measure(EntrantRuns runs)
    {
        if (runs.HorizonSeconds is not { } horizon)
            return Measurement.None("There are no runs.");
        if (runs.Reference is null)
            return Measurement.None("Nobody has an objective to measure gaps from.");
        if (runs.Runs.Count == 0)
            return Measurement.None("The entrant has no runs.");
        return new(
            ExactSum.Mean([.. runs.Runs.Select(r => MeanGap(runs, r, horizon))]),
            [],
            FormattableString.Invariant($"{runs.Clock.Name} clock, over {horizon:G4} s.")
        );
    }

    private static double MeanGap(EntrantRuns runs, RunRecord run, double horizon)
    {
        var (area, since, gap) = (0.0, 0.0, Worst);
        foreach (var incumbent in runs.IncumbentsOf(run))
        {
            var until = Math.Min(incumbent.Seconds, horizon);
            area += (until - since) * gap;
            (since, gap) = (until, Math.Clamp(incumbent.GapPercent, 0, Worst));
        }
        return (area + (horizon - since) * gap) / horizon;
    }
}

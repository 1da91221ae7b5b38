using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

public enum SuccessTarget
{
    /// <summary>Best known, proven or best of all runs: whether the entrant is good.</summary>
    Reference,

    /// <summary>The entrant's own best: whether it is steady. What QOBLIB asks for.</summary>
    OwnBest,
}

/// <summary>How often a run comes within the target gap.</summary>
public sealed class SuccessRate(SuccessTarget target) : IMetric
{
    public string Id => target == SuccessTarget.Reference ? "successRate" : "successRateOwnBest";

    public string Unit => "fraction";

    public string Definition =>
        $"Share of the runs with a feasible result within targetGapPercent of {(target == SuccessTarget.Reference ? "the reference" : "the entrant's own best")}.";

    public string Source =>
        "Intervals: Wilson 1927; Clopper and Pearson 1934. Both targets are reported: they answer different questions.";

    public Measurement Measure(EntrantRuns runs)
    {
        if (runs.Runs.Count == 0)
            return Measurement.None("There are no runs.");
        var successes = runs.Runs.Count(Successful(runs));
        var (low, high) = Proportion.Wilson(successes, runs.Runs.Count);
        var exact = Proportion.ClopperPearson(successes, runs.Runs.Count);
        return new(
            (double)successes / runs.Runs.Count,
            [new("wilson", low, high), new("clopperPearson", exact.Low, exact.High)]
        );
    }

    private Func<RunRecord, bool> Successful(EntrantRuns runs)
    {
        if (target == SuccessTarget.Reference || !runs.Feasible.Any())
            return runs.IsHit;
        var objectives = runs.Feasible.Select(r => r.Objective!.Value);
        var best = runs.Instance.Sense == Sense.Minimize ? objectives.Min() : objectives.Max();
        var own = new KnownBest(best, false, false, "own best");
        return r => r.IsFeasibleResult() && own.GapPercent(runs.Instance, r.Objective!.Value) <= runs.TargetGapPercent;
    }
}

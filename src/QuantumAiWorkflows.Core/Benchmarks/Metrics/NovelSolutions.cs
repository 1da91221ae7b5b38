using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>What the entrant found and all of its classical rivals missed.</summary>
public sealed class NovelSolutions : IMetric
{
    /// <summary>Relative: an objective that differs by less is the same one, summed in another order.</summary>
    private const double Tie = 1e-9;

    public string Id => "novelSolutions";

    public string Unit => "solutions";

    public string Definition =>
        "Number of distinct feasible results (canonical JSON) of the entrant whose objective is better than that of anything "
        + "that a classical entrant (baseline, control, ablation) found on the instance in any of its runs; the note names the "
        + "runs. 0: the baselines found as good. None without a baseline that ran.";

    public string Source => "Referee's objectives; what a baseline found in a run that was late or lost counts for it.";

    public Measurement Measure(EntrantRuns runs)
    {
        var sign = runs.Instance.Sense == Sense.Minimize ? 1 : -1;
        var theirs = runs.Baselines.SelectMany(b => b.Runs).ToArray();
        var found = theirs.SelectMany(Found).Select(f => sign * f).ToArray();
        if (found.Length == 0 && !theirs.Any(r => r.HasStarted()))
            return Measurement.None("No classical entrant ran beside this one.");
        var best = found.Length == 0 ? double.PositiveInfinity : found.Min();
        var novel = runs.Feasible.Where(r => IsBelow(sign * r.Objective!.Value, best)).OrderBy(r => r.Id).ToArray();
        // An answer without a solution on record cannot be told from another: such runs count together as one.
        var distinct = novel.Select(r => Replay.Canonical(r.Solution)).Distinct().Count();
        return new(distinct, [], novel.Length == 0 ? null : $"Runs: {string.Join(", ", novel.Select(r => r.Id))}.");
    }

    private static bool IsBelow(double value, double best) =>
        double.IsPositiveInfinity(best) || best - value > Tie * Math.Max(Math.Abs(best), Math.Abs(value));

    /// <summary>The result is the best of a run; one without a confirmed result may have had answers on the way.</summary>
    private static IEnumerable<double> Found(RunRecord run) =>
        run is { Verified: true, Feasible: true, Objective: { } objective }
            ? [objective]
            : run.Trace.Where(p => p.Feasible).Select(p => p.Objective);
}

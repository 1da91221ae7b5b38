using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>One instance, scored for both sides of a comparison.</summary>
public sealed record PairScore(BenchmarkInstance Instance, InstanceScore Candidate, InstanceScore Baseline);

/// <summary>
/// Scores two entrants against each other. Some numbers of one depend on the other: a run without an answer takes the
/// worst gap of the pair, and both are timed by one clock.
/// </summary>
public static class PairScores
{
    /// <summary>Instances where both have runs, in the suite's order.</summary>
    public static IReadOnlyList<PairScore> Of(
        Results results,
        IEnumerable<BenchmarkInstance> instances,
        Entrant candidate,
        Entrant baseline,
        ChargedCost? charged
    ) => Of(instances.Select(i => (results[i, candidate], results[i, baseline])), charged);

    /// <inheritdoc cref="Of(Results, IEnumerable{BenchmarkInstance}, Entrant, Entrant, ChargedCost?)"/>
    public static IReadOnlyList<PairScore> Of(
        IEnumerable<(EntrantRuns Candidate, EntrantRuns Baseline)> sides,
        ChargedCost? charged
    )
    {
        var pairs = sides.Where(p => p.Candidate.Runs.Count > 0 && p.Baseline.Runs.Count > 0).ToArray();
        var clock = Clock.For(pairs.SelectMany(p => p.Candidate.Runs.Concat(p.Baseline.Runs)));
        return [.. pairs.Select(p => Score(p.Candidate, p.Baseline, clock, charged))];
    }

    private static PairScore Score(EntrantRuns candidate, EntrantRuns baseline, Clock clock, ChargedCost? charged)
    {
        var gaps = Gaps(candidate).Concat(Gaps(baseline)).ToArray();
        double? worst = gaps.Length == 0 ? null : gaps.Max();
        var budget = clock.Budget(candidate.Runs[0].Budget) ?? candidate.Runs.Concat(baseline.Runs).Max(clock.Spent);
        return new(candidate.Instance, Of(candidate), Of(baseline));

        InstanceScore Of(EntrantRuns side)
        {
            var hits = side.Runs.Count(side.IsHit);
            var times = side.Runs.Select(r => clock.At(r, side.FirstHit(r))).ToArray();
            var costs = charged is null ? null : side.Runs.Select(r => charged.Of(r, side.FirstHit(r))).ToArray();
            var (time, cost) = InstanceScore.ExpectedToTarget(times, costs, hits, budget, side.PlannedSeeds);
            return new(
                worst is { } w ? ExactSum.Mean([.. side.Runs.Select(r => Gap(side, r) ?? w)]) : null,
                time,
                cost,
                charged is null ? null : ExactSum.Mean([.. side.Runs.Select(r => charged.Of(r, null))]),
                hits,
                100.0 * side.Feasible.Count() / side.Runs.Count
            )
            {
                Runs = side.Runs.Count,
                MeanSeconds = ExactSum.Mean(times),
                MeanSpent = costs is null ? null : ExactSum.Mean(costs),
            };
        }
    }

    private static IEnumerable<double> Gaps(EntrantRuns side) => side.Runs.Select(r => Gap(side, r)).OfType<double>();

    private static double? Gap(EntrantRuns side, RunRecord run) =>
        run.IsFeasibleResult() ? side.GapPercent(run.Objective!.Value) : null;
}

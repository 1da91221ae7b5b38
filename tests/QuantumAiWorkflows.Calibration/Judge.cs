using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Calibration;

/// <summary>What was decided about the first entrant against all others, statistics only: every gate is off.</summary>
/// <param name="Wins">Names of the dimensions won against the first baseline.</param>
public sealed record Judged(VerdictOutcome Outcome, IReadOnlyList<string> Wins);

/// <summary>Judges a simulated suite by the product's own code, from its middle or from its beginning.</summary>
internal static class Judge
{
    /// <summary>
    /// From per-instance scores on: the tests and the rule alone, on numbers in which hits and gaps are independent, as
    /// in the procedure's design. The candidates are the first entrants.
    /// </summary>
    public static IReadOnlyList<Judged> ByScores(SimulatedSuite suite, CostMode mode, int candidates = 1) =>
        [.. Enumerable.Range(0, candidates).Select(c => ByScores(suite, mode, c, candidates))];

    private static Judged ByScores(SimulatedSuite suite, CostMode mode, int candidate, int candidates)
    {
        Duel[] duels =
        [
            .. Enumerable
                .Range(candidates, suite.Entrants.Count - candidates)
                .Select(baseline =>
                    Duel.Of(
                        Differences.Of(Pairs(suite, candidate, baseline), mode),
                        Dimension.All,
                        mode,
                        VerdictProcedure.Alpha / candidates
                    )
                ),
        ];
        return new(duels.Min(d => d.Outcome), [.. duels[0].Wins.Select(w => w.Dimension.Name)]);
    }

    /// <summary>From run records on: all that stands between what was recorded and the verdict.</summary>
    public static IReadOnlyList<Judged> ByRecords(SimulatedSuite suite, CostMode mode, int candidates = 1) =>
        [.. VerdictProcedure.Of(Recorded.Benchmark(suite, mode, candidates)).Select(StatisticsOf)];

    /// <summary>The verdict without its gates, which made-up runs could not meet.</summary>
    public static Judged StatisticsOf(Verdict verdict) =>
        new(
            verdict.Against.Min(a => a.Outcome),
            [.. verdict.Against[0].Dimensions.Where(d => d.Outcome == DimensionOutcome.Win).Select(d => d.Name)]
        );

    private static PairScore[] Pairs(SimulatedSuite suite, int candidate, int baseline) =>
        [
            .. suite.Runs.Select(
                (runs, i) =>
                {
                    var (c, b) = (runs[candidate], runs[baseline]);
                    var gaps = c.Concat(b).Where(r => r.IsFeasible).Select(r => r.Gap).ToArray();
                    double? worst = gaps.Length == 0 ? null : gaps.Max();
                    return new PairScore(
                        Recorded.Instance(i),
                        Score(c, suite.Entrants[candidate].Price, worst),
                        Score(b, suite.Entrants[baseline].Price, worst)
                    );
                }
            ),
        ];

    private static InstanceScore Score(SimulatedRun[] runs, double price, double? worst)
    {
        var hits = runs.Count(r => r.Hits);
        var (time, cost) = InstanceScore.ExpectedToTarget(
            [.. runs.Select(r => r.Used)],
            [.. runs.Select(r => price * r.Used)],
            hits,
            World.Budget,
            runs.Length
        );
        return new(
            worst is { } w ? ExactSum.Mean([.. runs.Select(r => r.IsFeasible ? r.Gap : w)]) : null,
            time,
            cost,
            price * ExactSum.Mean([.. runs.Select(r => r.Spent)]),
            hits,
            100.0 * runs.Count(r => r.IsFeasible) / runs.Length
        );
    }
}

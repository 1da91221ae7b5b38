namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// A criterion with one number per side and no sample of instances: nothing can be tested, so it is never won; a bad loss
/// still stands in the way of <c>adopt</c>.
/// </summary>
/// <param name="Unit">Of the values and the difference.</param>
/// <param name="Difference">Candidate less baseline, above 0 the candidate is better; null where only the candidate has a value.</param>
/// <param name="Count">Readings of the candidate: replayed runs, or declared scores.</param>
/// <param name="Match">Losses from here on are losses.</param>
/// <param name="BadLoss">What makes a loss bad; shown as it is.</param>
public sealed record UnsampledDimension(
    string Name,
    string Unit,
    string Test,
    double Candidate,
    double? Difference,
    int Count,
    double Match,
    double BadLoss,
    bool IsLoss,
    bool IsBad
)
{
    private const int MinReplays = 10;
    private const double ReplayLoss = 5;
    private const double ReplayBadLoss = 20;
    private const double LowestReplayRate = 80;
    private const double ComplexityLoss = 0.5;
    private const int ComplexityBadLoss = 2;

    /// <summary>Those that there are readings of.</summary>
    public static IReadOnlyList<UnsampledDimension> Of(Results results, Entrant candidate, Entrant baseline) =>
        [
            .. new[]
            {
                Reproducibility(ReplaysOf(results, candidate), ReplaysOf(results, baseline)),
                Complexity(
                    candidate.Complexity,
                    baseline.Complexity,
                    results.Benchmark.Suite.Comparison.ComplexityWeights ?? new()
                ),
            }.OfType<UnsampledDimension>(),
        ];

    /// <summary>Percent of stored runs that came out the same when they were run again, ten at least.</summary>
    private static UnsampledDimension? Reproducibility(Replay[] candidate, Replay[] baseline)
    {
        if (candidate.Length < MinReplays)
            return null;
        var own = Rate(candidate);
        double? difference = baseline.Length < MinReplays ? null : own - Rate(baseline);
        return new(
            "reproducibility",
            "percentagePoints",
            "replayRate",
            own,
            difference,
            candidate.Length,
            ReplayLoss,
            ReplayBadLoss,
            difference < -ReplayLoss,
            difference < -ReplayBadLoss || own < LowestReplayRate
        );
    }

    private static UnsampledDimension? Complexity(
        Complexity? candidate,
        Complexity? baseline,
        ComplexityWeights weights
    ) =>
        candidate is null || baseline is null
            ? null
            : new(
                "complexity",
                "score",
                "declared",
                candidate.Mean(weights),
                candidate.Mean(weights) - baseline.Mean(weights),
                3,
                ComplexityLoss,
                ComplexityBadLoss,
                candidate.Mean(weights) <= baseline.Mean(weights) - ComplexityLoss + 1e-9,
                candidate.LargestDeficit(baseline) >= ComplexityBadLoss
            );

    private static double Rate(Replay[] replays) => 100.0 * replays.Count(r => r.IsReproduced) / replays.Length;

    private static Replay[] ReplaysOf(Results results, Entrant entrant) =>
        [.. results.Benchmark.Replays.Where(p => p.Stored.Cell?.Entrant == entrant.Name).Select(Replay.Of)];
}

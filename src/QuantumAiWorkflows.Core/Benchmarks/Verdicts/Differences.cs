using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>The sample of one dimension: one difference per instance, above 0 where the candidate is better.</summary>
/// <param name="Values">Percentage points, or log2 of a ratio.</param>
/// <param name="Instances">Which instance each is from.</param>
/// <param name="Total">Mean of the values, or log2 of the ratio of sums: the guard against a few large losses.</param>
/// <param name="Uninformative">Instances that say nothing here, because neither side hit the target.</param>
public sealed record Differences(
    IReadOnlyList<double> Values,
    IReadOnlyList<BenchmarkInstance> Instances,
    double? Total,
    int Uninformative = 0
)
{
    public static Differences None { get; } = new([], [], null);

    public int Ties => Values.Count(d => Math.Abs(d) <= SignedRank.Tie);

    public static IReadOnlyDictionary<string, Differences> Of(IReadOnlyList<PairScore> pairs, CostMode mode)
    {
        var informative = pairs.Where(p => p.Candidate.Hits + p.Baseline.Hits > 0).ToArray();
        var silent = pairs.Count - informative.Length;
        return new Dictionary<string, Differences>(StringComparer.Ordinal)
        {
            [Dimension.Quality.Name] = Points(
                pairs.Where(p => p.Candidate.Gap is not null && p.Baseline.Gap is not null),
                p => p.Baseline.Gap!.Value - p.Candidate.Gap!.Value
            ),
            [Dimension.Runtime.Name] = Ratio(informative, s => s.ExpectedTime, silent),
            [Dimension.Cost.Name] =
                mode == CostMode.Target
                    ? Ratio(informative, s => s.ExpectedCost, silent)
                    : Ratio(pairs, s => s.CostPerRun, 0),
            [Dimension.Feasibility.Name] = Points(pairs, p => p.Candidate.FeasiblePercent - p.Baseline.FeasiblePercent),
        };
    }

    private static Differences Points(IEnumerable<PairScore> pairs, Func<PairScore, double> difference)
    {
        var kept = pairs.ToArray();
        var values = kept.Select(difference).ToArray();
        return new(values, [.. kept.Select(p => p.Instance)], values.Length == 0 ? null : ExactSum.Mean(values));
    }

    private static Differences Ratio(IReadOnlyList<PairScore> pairs, Func<InstanceScore, double?> of, int uninformative)
    {
        if (pairs.Count == 0 || pairs.Any(p => of(p.Candidate) is null || of(p.Baseline) is null))
            return None with { Uninformative = uninformative };
        // Differences of logarithms, not logarithms of quotients: swapping the sides negates them exactly.
        return new(
            [.. pairs.Select(p => Math.Log2(of(p.Baseline)!.Value) - Math.Log2(of(p.Candidate)!.Value))],
            [.. pairs.Select(p => p.Instance)],
            Math.Log2(ExactSum.Of(pairs.Select(p => of(p.Baseline)!.Value)))
                - Math.Log2(ExactSum.Of(pairs.Select(p => of(p.Candidate)!.Value))),
            uninformative
        );
    }
}

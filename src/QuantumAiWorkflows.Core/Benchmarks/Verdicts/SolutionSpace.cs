using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// Whether the candidate finds what nobody else does (H-05, B-11): on each instance +1 where its best answer of all seeds
/// is better than the best of all classical entrants, -1 where it is worse. On such values the signed-rank test is the
/// sign test.
/// </summary>
internal static class SolutionSpace
{
    public static Differences Of(
        Results results,
        IReadOnlyList<BenchmarkInstance> instances,
        Entrant candidate,
        IReadOnlyList<Entrant> baselines
    )
    {
        var told = instances
            .Select(i => (Instance: i, Own: Best(results, i, [candidate]), Others: Best(results, i, baselines)))
            .Where(t => t.Own is not null || t.Others is not null)
            .Select(t => (t.Instance, Value: Compare(t.Own, t.Others)))
            .ToArray();
        return told.Length == 0
            ? Differences.None
            : new(
                [.. told.Select(t => t.Value)],
                [.. told.Select(t => t.Instance)],
                ExactSum.Mean([.. told.Select(t => t.Value)])
            );
    }

    /// <summary>The lowest gap; null when nobody has a feasible answer.</summary>
    private static double? Best(Results results, BenchmarkInstance instance, IReadOnlyList<Entrant> entrants)
    {
        var gaps = entrants
            .Select(e => results[instance, e])
            .SelectMany(cell => cell.Feasible.Select(r => cell.GapPercent(r.Objective!.Value)))
            .ToArray();
        return gaps.Length == 0 ? null : gaps.Min();
    }

    private static double Compare(double? own, double? others) =>
        own is not { } mine ? -1
        : others is not { } theirs ? 1
        : Math.Abs(theirs - mine) <= SignedRank.Tie ? 0
        : Math.Sign(theirs - mine);
}

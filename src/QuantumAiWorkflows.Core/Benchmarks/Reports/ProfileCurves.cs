using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>Share of the instances that <paramref name="Entrant"/> solves in at most the time of <paramref name="Against"/>.</summary>
public sealed record PairwiseShare(string Entrant, string Against, double Share);

/// <summary>
/// Performance profiles of expected time to target, the verdict's own time on the benchmark's clock. An instance that an
/// entrant never hit is a failure.
/// </summary>
public static class ProfileCurves
{
    /// <summary>Of all entrants against the best of all.</summary>
    public static IReadOnlyList<PerformanceProfile> Of(Results results) => Of(results, results.Benchmark.Entrants);

    /// <summary>Of some entrants against the best of those; of two, it says the same whoever else takes part.</summary>
    public static IReadOnlyList<PerformanceProfile> Of(Results results, IReadOnlyList<Entrant> entrants)
    {
        var ratios = DolanMore.Ratios([.. entrants.Select(e => Times(results, e))]);
        return
        [
            .. entrants.Select(
                (e, k) =>
                    new PerformanceProfile(
                        e.Name,
                        [.. DolanMore.Steps(ratios[k]).Select(s => new ProfilePoint(s.Ratio, s.Share))]
                    )
            ),
        ];
    }

    /// <summary>Every entrant against every other one.</summary>
    public static IReadOnlyList<PairwiseShare> Pairwise(Results results)
    {
        var entrants = results.Benchmark.Entrants;
        double[][] times = [.. entrants.Select(e => Times(results, e))];
        return
        [
            .. from a in Enumerable.Range(0, entrants.Count)
            from b in Enumerable.Range(0, entrants.Count)
            where a != b
            let share = DolanMore.ShareAtMostAsSlow(times[a], times[b])
            where share is not null
            select new PairwiseShare(entrants[a].Name, entrants[b].Name, share.Value),
        ];
    }

    private static double[] Times(Results results, Entrant entrant) =>
        [.. results.Benchmark.Instances.Select(i => results[i, entrant].ExpectedSeconds ?? double.PositiveInfinity)];
}

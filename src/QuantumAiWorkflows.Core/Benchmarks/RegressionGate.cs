using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// Whether an entrant is shown to be worse than in an earlier benchmark, by more than is allowed: the verdict's own test,
/// the same solver on the same instances with the same seeds. In simulation, at 5 % timing noise, it flags no unchanged
/// build and every one that is 1.25 times slower; a machine whose speed changed by 5 % between the two flags 8 % of
/// unchanged ones, so times are divided by the sentinel where both have it (none has in this version).
/// </summary>
internal static class RegressionGate
{
    private const double Alpha = 0.01;

    /// <summary>At alpha 0.01, six instances could not show anything.</summary>
    private const int MinInstances = 7;

    private const double AllowedGap = 0.1;

    public static IEnumerable<GateCheck> Checks(Results results, Results? earlier, double maxRegressionPercent)
    {
        if (earlier is null)
            return
            [
                new("maxRegressionPercent", maxRegressionPercent, null, null)
                {
                    Note = "The benchmark in compareWith was not found.",
                },
            ];
        if (ComparisonGuard.Check(Renamed(results).Concat(Renamed(earlier))) is { } refusal)
            return [new("maxRegressionPercent", maxRegressionPercent, null, null) { Note = refusal.Detail }];
        return results.Benchmark.Entrants.SelectMany(e => Checks(results, earlier, e, maxRegressionPercent));
    }

    private static IEnumerable<GateCheck> Checks(Results results, Results earlier, Entrant entrant, double maxPercent)
    {
        var before = earlier.Benchmark.Entrants.FirstOrDefault(e =>
            e.Name == entrant.Name && e.SolverId == entrant.SolverId
        );
        var pairs = before is null ? [] : PairScores.Of(Common(results, entrant, earlier, before), null);
        var samples = Differences.Of(pairs, CostMode.Target);
        var drift = Sentinel(earlier.Benchmark) - Sentinel(results.Benchmark) ?? 0;
        double[] runtime = [.. samples[Dimension.Runtime.Name].Values.Select(d => d - drift)];
        yield return Check(
            "maxRegressionPercent",
            entrant,
            runtime,
            Math.Log2(1 + maxPercent / 100),
            maxPercent,
            effect => 100 * (Math.Pow(2, -effect) - 1)
        );
        yield return Check(
            "maxGapRegressionPoints",
            entrant,
            samples[Dimension.Quality.Name].Values,
            AllowedGap,
            AllowedGap,
            effect => -effect
        );
    }

    private static GateCheck Check(
        string name,
        Entrant entrant,
        IReadOnlyList<double> d,
        double allowed,
        double limit,
        Func<double, double> shown
    )
    {
        if (d.Count < MinInstances)
            return new(name, limit, null, null)
            {
                Entrant = entrant.Name,
                Note = $"{d.Count} instances compare; {MinInstances} are needed.",
            };
        var isWorse = SignedRank.P([.. d.Select(x => -x)], allowed) <= Alpha;
        return new(name, limit, shown(new WalshAverages(d).Median), !isWorse) { Entrant = entrant.Name };
    }

    /// <summary>Instances of both, with the seeds of both and one reference for both.</summary>
    private static IEnumerable<(EntrantRuns, EntrantRuns)> Common(
        Results results,
        Entrant entrant,
        Results earlier,
        Entrant before
    )
    {
        foreach (var instance in results.Benchmark.Instances)
        {
            if (earlier.Benchmark.Instances.FirstOrDefault(i => i.ProblemId == instance.ProblemId) is not { } old)
                continue;
            var (left, right) = (results[instance, entrant], earlier[old, before]);
            var seeds = left.Runs.Select(r => r.Seed).Intersect(right.Runs.Select(r => r.Seed)).ToHashSet();
            var reference = KnownBest.Of(
                instance,
                results
                    .Benchmark.Entrants.SelectMany(e => results[instance, e].Runs)
                    .Concat(earlier.Benchmark.Entrants.SelectMany(e => earlier[old, e].Runs))
            );
            yield return (With(left), With(right));

            EntrantRuns With(EntrantRuns side) =>
                side with
                {
                    Runs = [.. side.Runs.Where(r => seeds.Contains(r.Seed))],
                    Reference = reference,
                    TargetGapPercent = results.Benchmark.Suite.Comparison.TargetGapPercent,
                };
        }
    }

    /// <summary>Runs with the problem for a name: what an instance is called may have changed.</summary>
    private static IEnumerable<Runs.RunRecord> Renamed(Results results) =>
        results.Cells.SelectMany(c => c.Runs).Select(r => r with { Cell = r.Cell! with { Instance = r.Problem.Id } });

    /// <summary>log2 of the typical sentinel time.</summary>
    private static double? Sentinel(Benchmark benchmark) =>
        benchmark.SentinelSeconds.OfType<double>().ToArray() is { Length: > 0 } readings
            ? Math.Log2(Descriptive.Median(readings))
            : null;
}

using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>Whether a suite is large, varied and well-founded enough to support <c>adopt</c>.</summary>
internal static class RigourScore
{
    private const int Instances = 10;
    private const int CustomerFacingInstances = 20;
    private const int Seeds = 10;
    private const int SeedsWhereIgnored = 3;
    private const int Sizes = 3;
    public const int StrongBaselines = 2;

    /// <param name="instances">Of one family.</param>
    /// <param name="baselines">The classical entrants that the candidate is compared with.</param>
    public static Rigour Of(
        Results results,
        IReadOnlyList<BenchmarkInstance> instances,
        Entrant candidate,
        IReadOnlyList<Entrant> baselines
    )
    {
        Entrant[] compared = [candidate, .. baselines];
        var informative = instances
            .Where(i => compared.Any(e => results[i, e].Runs.Any(results[i, e].IsHit)))
            .Select(i => i.ProblemId)
            .Distinct()
            .Count();
        var referenced = instances.Count(i => results[i, candidate].Reference is { IsTrusted: true });
        // The entrant with the fewest runs on some instance, after what its kind needs: three of one that ignores the
        // seed show as much as ten of another.
        var shortest = compared
            .SelectMany(e =>
                instances.Select(i => (Have: results[i, e].Runs.Count, Need: e.IgnoresSeed ? SeedsWhereIgnored : Seeds))
            )
            .DefaultIfEmpty((Have: 0, Need: Seeds))
            .MinBy(s => (double)s.Have / s.Need);

        RigourNeed[] all =
        [
            new(
                "instances",
                informative,
                results.Benchmark.Suite.Use == SuiteUse.CustomerFacing ? CustomerFacingInstances : Instances
            ),
            new("seeds", shortest.Have, shortest.Need),
            new("sizes", instances.Select(i => i.NumVariables).Distinct().Count(), Sizes),
            new(
                "strongBaselines",
                baselines
                    .Where(b => b.Strength == BaselineStrength.Strong)
                    .Select(b => WhatRan(results, instances, b))
                    .Distinct(StringComparer.Ordinal)
                    .Count(),
                StrongBaselines
            ),
            new("references", referenced, (instances.Count + 1) / 2),
        ];
        var score = 100 * all.Average(n => n.Need == 0 ? 0 : Math.Min(1, (double)n.Have / n.Need));
        // Rounded down: 100 is for a suite that lacks nothing.
        return new((int)Math.Floor(score + 1e-9), [.. all.Where(n => n.Have < n.Need)]);
    }

    /// <summary>
    /// Solver and options of the entrant's runs. One solver under two names, or beside an "auto" that chose it everywhere,
    /// is one opponent.
    /// </summary>
    private static string WhatRan(Results results, IReadOnlyList<BenchmarkInstance> instances, Entrant entrant) =>
        string.Join(
            '\n',
            instances
                .SelectMany(i => results[i, entrant].Runs)
                .Where(r => r.HasStarted())
                .Select(r => $"{r.Auto?.Chosen ?? r.Solver.Id} {Options(r)}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    private static string Options(RunRecord run) =>
        run.Options is { Count: > 0 } given ? CanonicalJson.Value(JsonSerializer.SerializeToElement(given)) : "{}";
}

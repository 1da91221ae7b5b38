using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>One entrant's runs that exist both now and in the baseline: same problem, same seed, one reference for both.</summary>
internal sealed record RegressionCells
{
    private IReadOnlyList<(EntrantRuns Now, EntrantRuns Before)> Sides { get; init; } = [];

    public IReadOnlyList<PairScore> Pairs { get; private init; } = [];

    /// <summary>What only one side has, in a sentence; null when nothing.</summary>
    public string? Missing { get; private init; }

    /// <summary>Instances on which the earlier traces cannot tell the first hit exactly.</summary>
    public int Inexact { get; private init; }

    /// <summary>Instances on which every run of both sides is below the resolution of the clock.</summary>
    public int Instant =>
        Sides.Count(s => s.Now.Runs.Concat(s.Before.Runs).All(r => Clock.Spent(r) <= ChargedCost.ShortestSeconds));

    private Clock Clock => Clock.For(Sides.SelectMany(s => s.Now.Runs.Concat(s.Before.Runs)));

    /// <summary>Per instance, log2 of the mean time of a run: before over now.</summary>
    public Differences WorkTimes()
    {
        var clock = Clock;
        return Differences.None with
        {
            Values = [.. Sides.Select(s => Math.Log2(Mean(s.Before)) - Math.Log2(Mean(s.Now)))],
            Instances = [.. Sides.Select(s => s.Now.Instance)],
        };

        double Mean(EntrantRuns side) => ExactSum.Mean([.. side.Runs.Select(clock.Spent)]);
    }

    public static RegressionCells Of(
        Results results,
        RegressionBaseline earlier,
        Entrant entrant,
        BaselineEntrant before
    )
    {
        var sides = new List<(EntrantRuns Now, EntrantRuns Before)>();
        var (added, dropped, inexact) = (0, 0, 0);
        var runs = earlier.Runs.ToLookup(r => (earlier.Instances[r.Instance].ProblemId, r.Entrant));
        var index = earlier.Entrants.Select((e, i) => (e.Name, i)).First(e => e.Name == before.Name).i;
        foreach (var instance in results.Benchmark.Instances)
        {
            var now = results[instance, entrant];
            var old = Records(index);
            var seeds = now.Runs.Select(r => r.Seed).Intersect(old.Select(r => r.Seed)).ToHashSet();
            added += now.Runs.Count - seeds.Count;
            dropped += old.Length - seeds.Count;
            if (seeds.Count == 0)
                continue;
            var reference = KnownBest.Of(
                instance,
                results
                    .Benchmark.Entrants.SelectMany(e => results[instance, e].Runs)
                    .Concat(earlier.Entrants.SelectMany((_, i) => Records(i)))
            );
            var side = now with
            {
                Runs = [.. now.Runs.Where(r => seeds.Contains(r.Seed))],
                Reference = reference,
                PlannedSeeds = seeds.Count,
            };
            sides.Add((side, side with { Runs = [.. old.Where(r => seeds.Contains(r.Seed)).OrderBy(r => r.Seed)] }));
            if (!IsExact(side, earlier))
                inexact++;

            RunRecord[] Records(int i) =>
                [
                    .. runs[(instance.ProblemId, i)]
                        .Select(r => r.ToRecord(instance, earlier.Entrants[i], earlier.Budget)),
                ];
        }
        var known = results.Benchmark.Instances.Select(i => i.ProblemId).ToHashSet(StringComparer.Ordinal);
        dropped += earlier.Runs.Count(r =>
            r.Entrant == index && !known.Contains(earlier.Instances[r.Instance].ProblemId)
        );
        return new()
        {
            Sides = sides,
            Pairs = PairScores.Of(sides.Select(s => (s.Now, s.Before)), null),
            Inexact = inexact,
            Missing =
                added + dropped == 0
                    ? null
                    : $"Not everything compares: {dropped} runs of the earlier benchmark are missing here, and {added} runs here are missing there.",
        };
    }

    private static bool IsExact(EntrantRuns side, RegressionBaseline earlier)
    {
        var old = earlier.Instances.First(i => i.ProblemId == side.Instance.ProblemId);
        if (old.Reference is not { } kept || side.Reference is not { } reference)
            return true;
        var scale = Math.Abs(reference.Objective - (side.Instance.GapOrigin ?? 0));
        var slack = side.TargetGapPercent / 100 * scale;
        var threshold = reference.Objective + (side.Instance.Sense == Sense.Minimize ? slack : -slack);
        return RegressionTrace.IsExact(
            side.Instance,
            threshold,
            new(kept, false, false, "the baseline"),
            earlier.TargetGapPercent
        );
    }
}

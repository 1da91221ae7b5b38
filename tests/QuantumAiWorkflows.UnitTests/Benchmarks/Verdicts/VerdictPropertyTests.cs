using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

/// <summary>Verdict and statistics are functions of the set of runs: of random benchmarks with misses, refusals and ties.</summary>
public class VerdictPropertyTests
{
    [Fact]
    public void The_order_of_runs_instances_and_seeds_changes_no_verdict() =>
        Gen.Select(GenBenchmark, Gen.ULong)
            .Sample(
                (benchmark, seed) =>
                    Json(VerdictProcedure.Of(Shuffled(benchmark, seed)))
                        .Should()
                        .Be(Json(VerdictProcedure.Of(benchmark))),
                iter: 50
            );

    [Fact]
    public void The_order_of_runs_instances_and_seeds_changes_no_statistic() =>
        Gen.Select(GenBenchmark, Gen.ULong)
            .Sample(
                (benchmark, seed) =>
                    Numbers(BenchmarkSummary.Of(Shuffled(benchmark, seed)))
                        .Should()
                        .Be(Numbers(BenchmarkSummary.Of(benchmark))),
                iter: 25
            );

    [Fact]
    public void Swapping_candidate_and_baseline_negates_effect_and_interval_and_flips_the_outcome_of_every_dimension() =>
        Gen.Select(GenBenchmark, Gen.Enum<CostMode>())
            .Sample(
                (drawn, mode) =>
                {
                    var benchmark = drawn with
                    {
                        Suite = drawn.Suite with { Comparison = new() { CostMode = mode } },
                        Entrants = [.. drawn.Entrants.Take(2)],
                        Runs = [.. drawn.Runs.Where(r => r.Cell!.Entrant is "a" or "b")],
                    };
                    var swapped = benchmark with
                    {
                        Entrants =
                        [
                            benchmark.Entrants[0] with
                            {
                                Role = EntrantRole.Baseline,
                            },
                            benchmark.Entrants[1] with
                            {
                                Role = EntrantRole.Candidate,
                            },
                        ],
                    };
                    var (one, other) = (VerdictProcedure.Of(benchmark)[0], VerdictProcedure.Of(swapped)[0]);
                    return (one.Candidate, other.Candidate) == ("a", "b")
                        && one.Dimensions.Count == 4
                        && one.Dimensions.Zip(other.Dimensions).All(p => IsMirrored(p.First, p.Second));
                },
                iter: 100
            );

    private static bool IsMirrored(VerdictDimension one, VerdictDimension other) =>
        one.Outcome == Mirrored(other.Outcome)
        && one.Equivalent == other.Equivalent
        && (one.N, one.Ties, one.Uninformative) == (other.N, other.Ties, other.Uninformative)
        && IsNegated(one, one.Effect, other.Effect)
        && IsNegated(one, one.Low, other.High)
        && IsNegated(one, one.High, other.Low)
        && IsNegated(one, one.Total, other.Total);

    private static DimensionOutcome Mirrored(DimensionOutcome outcome) =>
        outcome switch
        {
            DimensionOutcome.Win => DimensionOutcome.Loss,
            DimensionOutcome.Loss => DimensionOutcome.Win,
            _ => outcome,
        };

    /// <summary>A ratio is shown as a power of two: there, the negative is the reciprocal.</summary>
    private static bool IsNegated(VerdictDimension dimension, double? one, double? other) =>
        one is { } a && other is { } b
            ? dimension.Unit == "ratio"
                ? Math.Abs(a * b - 1) < 1e-12
                : a == -b
            : one is null && other is null;

    /// <summary>By name, so that the order of rows, which is the suite's, does not count as a difference.</summary>
    private static string Numbers(BenchmarkSummary summary)
    {
        var figures = summary.Figures;
        return Json(
            new
            {
                Entrants = summary.Entrants.Select(e => e with { Uncovered = [] }),
                Instances = summary
                    .Instances.OrderBy(i => i.Name, StringComparer.Ordinal)
                    .Select(i => new
                    {
                        i.Name,
                        i.Reference,
                        i.Entrants,
                    }),
                summary.Verdicts,
                summary.Gate,
                summary.Limitations,
                figures.Profiles,
                figures.Pairwise,
                figures.Anytime,
                Scaling = figures.Scaling.Select(c => c with { Points = [] }),
                Runs = figures.Runs.OrderBy(r => r.Id),
            }
        );
    }

    private static Benchmark Shuffled(Benchmark benchmark, ulong seed)
    {
        var random = Xoshiro256.FromSeed(seed, "order");
        return benchmark with
        {
            Runs = Shuffle(benchmark.Runs),
            Instances = Shuffle(benchmark.Instances),
            Suite = benchmark.Suite with { Seeds = Shuffle(benchmark.Suite.Seeds) },
        };

        IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> items)
        {
            var array = items.ToArray();
            random.Shuffle<T>(array);
            return array;
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StrictJson.Options);

    /// <summary>3 to 12 instances, 1 to 4 seeds, three classical entrants of different skill, everything that can go wrong with a run.</summary>
    private static readonly Gen<Benchmark> GenBenchmark = Gen.Select(
        Gen.ULong,
        Gen.Int[3, 12],
        Gen.Int[1, 4],
        (seed, instances, seeds) =>
        {
            var random = Xoshiro256.FromSeed(seed, "made up");
            Entrant[] entrants =
            [
                SomeBenchmark.Candidate("a", QuantumAiWorkflows.Solving.Paradigm.Classical),
                SomeBenchmark.Baseline("b"),
                SomeBenchmark.Baseline("c", EntrantRole.Control),
            ];
            double[] skill = [.. entrants.Select(_ => random.NextDouble())];
            return SomeBenchmark.Of(
                (_, entrant, _) => Draw(random, skill[Array.IndexOf(entrants, entrant)]),
                entrants,
                instances,
                seeds,
                s => s with { Gate = new() { MaxGapPercent = 1 } }
            );
        }
    );

    private static Did Draw(Xoshiro256 random, double skill)
    {
        // Whole gaps and times of a coarse grid now and then, so that ties are frequent.
        var seconds = random.NextBoolean() ? 0.05 * (1 + random.NextInt32(10)) : random.NextDouble() * (1.2 - skill);
        return new()
        {
            Gap = random.NextBoolean() ? 0 : random.NextInt32(4) * (1.2 - skill),
            Seconds = seconds,
            FoundAt = seconds * random.NextDouble(),
            Feasible = random.NextInt32(8) != 0,
            State = random.NextInt32(10) switch
            {
                0 => RunState.Failed,
                1 => RunState.Unsupported,
                _ => RunState.Succeeded,
            },
        };
    }
}

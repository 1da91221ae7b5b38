using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class PairScoresTests
{
    private static readonly Entrant Us = SomeBenchmark.Candidate();
    private static readonly Entrant Them = SomeBenchmark.Baseline();

    [Fact]
    public void A_run_counts_until_its_first_hit_and_a_miss_counts_whole()
    {
        // Target 1 %. Hits at 0.2 and 0.4 s, misses of 1 s each: (0.2 + 0.4 + 1 + 1) / 4 * 4 / 2.
        var score = Score([
            new()
            {
                Gap = 0,
                Seconds = 1,
                FoundAt = 0.2,
            },
            new()
            {
                Gap = 1,
                Seconds = 1,
                FoundAt = 0.4,
            },
            new() { Gap = 1.01, Seconds = 1 },
            new() { Gap = 30, Seconds = 1 },
        ]).Candidate;

        score.Hits.Should().Be(2);
        score.ExpectedTime.Should().BeApproximately(1.3, 1e-12);
        // 2 EUR per CPU second, pro rata until the hit.
        score.ExpectedCost.Should().BeApproximately(2.6, 1e-12);
        score.CostPerRun.Should().BeApproximately(2, 1e-12);
        score.Gap.Should().BeApproximately((0 + 1 + 1.01 + 30) / 4, 1e-9);
    }

    [Fact]
    public void The_first_trace_point_within_the_target_is_the_hit()
    {
        var run = SomeBenchmark.Run(SomeBenchmark.Instance(), Us, 1, new() { Gap = 0, Seconds = 1 }) with
        {
            Trace = [new(0.1, 0.1, -90, null, true), new(0.3, 0.2, -99.5, null, true), new(0.9, 0.9, -100, null, true)],
        };

        ScoreOf(run).Candidate.ExpectedTime.Should().BeApproximately(0.2, 1e-12, "CPU seconds of the second point");
    }

    [Fact]
    public void Shots_are_paid_whole_however_early_the_hit()
    {
        var run = SomeBenchmark.Run(SomeBenchmark.Instance(), Us, 1, new() { Seconds = 1, FoundAt = 0.5 });
        run = run with
        {
            Solver = run.Solver with { EvidenceLevel = EvidenceLevel.SmallHardware },
            Usage = run.Usage with { Shot = 1000 },
        };

        ScoreOf(run).Candidate.ExpectedCost.Should().BeApproximately(2 * 0.5 + 1000 * 0.001, 1e-12);
    }

    [Fact]
    public void Without_a_hit_giving_up_early_is_not_fast()
    {
        var score = Score([new() { Gap = 50, Seconds = 0.001 }, new() { Gap = 50, Seconds = 0.001 }]).Candidate;

        // 2 * 2 seeds * the budget of 1 s; the cost as if restarted until then.
        score.ExpectedTime.Should().BeApproximately(4, 1e-12);
        score.ExpectedCost.Should().BeApproximately(8, 1e-9);
    }

    [Fact]
    public void Times_have_a_floor_of_one_millisecond_and_so_has_the_charge()
    {
        var score = Score([new() { Seconds = 0 }]).Candidate;

        score.ExpectedTime.Should().Be(0.001);
        score.CostPerRun.Should().BeApproximately(0.002, 1e-15);
    }

    [Fact]
    public void A_run_without_an_answer_takes_the_worst_gap_of_the_pair()
    {
        var pair = Score([new() { Gap = 2 }, new() { Feasible = false }], [new() { Gap = 7 }, new() { Gap = 0 }]);

        pair.Candidate.Gap.Should().BeApproximately((2 + 7) / 2.0, 1e-9);
        pair.Candidate.FeasiblePercent.Should().Be(50);
        pair.Baseline.Gap.Should().BeApproximately(3.5, 1e-9);
    }

    [Fact]
    public void An_instance_that_nobody_answers_leaves_quality_runtime_and_cost()
    {
        var pair = Score([new() { Feasible = false }], [new() { Feasible = false }]);

        var samples = Differences.Of([pair], CostMode.Target);

        pair.Candidate.Gap.Should().BeNull();
        samples["quality"].Values.Should().BeEmpty();
        samples["runtime"].Values.Should().BeEmpty();
        samples["runtime"].Uninformative.Should().Be(1);
        samples["feasibility"].Values.Should().Equal(0);
    }

    [Theory]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Unsupported)]
    [InlineData(RunState.Lost)]
    [InlineData(RunState.Cancelled)]
    public void Runs_without_a_normal_end_are_infeasible_misses(RunState state)
    {
        var score = Score([new() { State = state }], [new() { Gap = 0 }]).Candidate;

        score.Hits.Should().Be(0);
        score.FeasiblePercent.Should().Be(0);
        score.ExpectedTime.Should().BeGreaterOrEqualTo(2);
        score.ExpectedCost.Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_run_stopped_late_or_refuted_is_a_miss()
    {
        Score([new() { Overshoot = 0.34 }]).Candidate.Hits.Should().Be(1, "within the grace of 0.3 s and 5 %");
        Score([new() { Overshoot = 0.36 }]).Candidate.Hits.Should().Be(0);
        Score([new() { BoundRefuted = true }]).Candidate.FeasiblePercent.Should().Be(0);
    }

    [Fact]
    public void Wall_time_is_taken_for_both_sides_when_one_has_more_than_a_thread()
    {
        var instance = SomeBenchmark.Instance();
        var budget = new QuantumAiWorkflows.Solving.SolveBudget { TimeSeconds = 5, Threads = 2 };
        RunRecord Run(Entrant e, int id) =>
            SomeBenchmark.Run(instance, e, 1, new() { Seconds = 3 }, budget, id) with
            {
                Metrics = new() { WallSeconds = 2, CpuSeconds = 3 },
                Trace = [],
            };

        var pair = Pair([Run(Us, 1)], [Run(Them, 2)]);

        pair.Candidate.ExpectedTime.Should().Be(2);
        pair.Baseline.ExpectedTime.Should().Be(2);
    }

    [Fact]
    public void Without_a_limit_of_time_the_longest_run_of_the_instance_stands_for_it()
    {
        var budget = new QuantumAiWorkflows.Solving.SolveBudget { Evaluations = 1000 };
        var instance = SomeBenchmark.Instance();

        var pair = Pair(
            [SomeBenchmark.Run(instance, Us, 1, new() { Gap = 50, Seconds = 0.01 }, budget)],
            [SomeBenchmark.Run(instance, Them, 1, new() { Seconds = 4 }, budget, 2)]
        );

        pair.Candidate.ExpectedTime.Should().Be(8);
    }

    [Fact]
    public void Nothing_is_free_a_list_that_charges_nothing_gives_way_to_the_local_one()
    {
        var onlyShots = SomeBenchmark.Tariff with { Items = [SomeBenchmark.Tariff.Items[1]] };
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), instances: 1, seeds: 1) with { Prices = onlyShots };

        var charged = ChargedCost.Of(benchmark.Results())!;

        charged.IsEstimated.Should().BeTrue("the local list is an estimate");
        charged
            .Of(benchmark.Runs[0], null)
            .Should()
            .BeApproximately(0.1 * PriceList.Local.Items.First(i => i.Dimension == "cpuSecond").UnitPrice, 1e-15);
    }

    [Fact]
    public void Without_any_reading_there_is_no_cost_rather_than_none()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), instances: 1, seeds: 1);
        benchmark = benchmark with { Runs = [.. benchmark.Runs.Select(r => r with { Usage = new() })] };

        ChargedCost.Of(benchmark.Results()).Should().BeNull();
    }

    [Fact]
    public void A_maximization_has_the_same_signs()
    {
        var instance = SomeBenchmark.Instance(sense: QuantumAiWorkflows.Problems.Sense.Maximize);

        var pair = Pair(
            [SomeBenchmark.Run(instance, Us, 1, new() { Gap = 2 })],
            [SomeBenchmark.Run(instance, Them, 1, new() { Gap = 5 }, id: 2)]
        );

        pair.Candidate.Gap.Should().BeApproximately(2, 1e-9);
        Differences.Of([pair], CostMode.Target)["quality"].Values[0].Should().BeApproximately(3, 1e-9);
    }

    private static PairScore Score(Did[] us, params Did[] them) =>
        Pair(
            [.. us.Select((d, k) => SomeBenchmark.Run(SomeBenchmark.Instance(), Us, k + 1, d, id: k))],
            [
                .. them.DefaultIfEmpty(new())
                    .Select((d, k) => SomeBenchmark.Run(SomeBenchmark.Instance(), Them, k + 1, d, id: 100 + k)),
            ]
        );

    private static PairScore ScoreOf(RunRecord us) =>
        Pair([us], [SomeBenchmark.Run(SomeBenchmark.Instance(), Them, 1, new(), id: 100)]);

    private static PairScore Pair(RunRecord[] us, RunRecord[] them)
    {
        var sense = us[0].Objective > 0 ? QuantumAiWorkflows.Problems.Sense.Maximize : default;
        var benchmark = new Benchmark
        {
            Id = SomeBenchmark.Id(0),
            Suite = SomeBenchmark.Suite([Us, Them], 1, us.Length),
            Instances = [SomeBenchmark.Instance(sense: sense)],
            Entrants = [Us, Them],
            Runs = [.. us, .. them],
            Prices = SomeBenchmark.Tariff,
        };
        var results = benchmark.Results();
        return PairScores.Of(results, benchmark.Instances, Us, Them, ChargedCost.Of(results)).Single();
    }
}

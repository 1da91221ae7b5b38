using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Calibration;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

/// <summary>Planted regressions: made-up runs with 5 % noise for the rates, runs of the real annealer for the objectives.</summary>
public class RegressionGateTests
{
    private const int Repetitions = 100;
    private const string Time = "maxRegressionPercent";
    private const string Gap = "maxGapRegressionPoints";
    private const string Feasibility = "maxFeasibilityRegressionPoints";

    private static readonly Entrant[] One = [SomeBenchmark.Baseline("tabu")];

    [Fact]
    public void An_unchanged_solver_passes_every_time() =>
        Repeated((before, k) => Compare(before, Measured(k, "after")))
            .Should()
            .OnlyContain(g => g.Passed == true, "20 of 20 have to, and these are 100");

    [Theory]
    [InlineData(1.5)]
    [InlineData(1.25)]
    public void A_slower_solver_is_flagged_every_time_and_only_for_its_time(double slower) =>
        Repeated((before, k) => Compare(before, Measured(k, "after", slower)))
            .Should()
            .OnlyContain(g => g.Passed == false && g.Checks.Single(c => c.Passed == false).Name == Time);

    [Fact]
    public void An_objective_1_percent_worse_is_flagged_every_time_and_only_for_its_gap() =>
        Repeated((before, k) => Compare(before, Measured(k, "after", worse: 1)))
            .Should()
            .OnlyContain(g => g.Checks.Single(c => c.Name == Gap).Passed == false)
            .And.OnlyContain(g => g.Checks.Single(c => c.Name == Feasibility).Passed == true);

    [Fact]
    public void A_machine_that_changed_its_speed_is_told_from_a_regression_by_its_sentinel()
    {
        var blind = Repeated((before, k) => Compare(before, Measured(k, "after", Speed(k))));
        var seeing = Repeated(
            (before, k) => Compare(Sentinel(before, 1), Sentinel(Measured(k, "after", Speed(k)), Speed(k)))
        );

        blind.Count(g => g.Passed == false).Should().BeGreaterThan(0, "or the sentinel would have nothing to do");
        seeing.Should().OnlyContain(g => g.Passed == true);

        static double Speed(int k) => Math.Exp(0.1 * Xoshiro256.FromSeed((ulong)k, "speed").Normal());
    }

    [Fact]
    public void A_slower_solver_is_not_hidden_by_a_machine_that_became_faster() =>
        Repeated((before, k) => Compare(Sentinel(before, 1), Sentinel(Measured(k, "after", 1.5 * 0.7), 0.7)))
            .Should()
            .OnlyContain(g => g.Passed == false);

    [Fact]
    public void A_noisy_sentinel_does_not_make_regressions() =>
        Repeated((before, k) => Compare(Noisy(before, k, "b"), Noisy(Measured(k, "after"), k, "a")))
            .Count(g => g.Passed == false)
            .Should()
            .BeLessThanOrEqualTo(3, "alpha is 1 %; one ratio of two medians would move all instances and flag dozens");

    private static Benchmark Noisy(Benchmark benchmark, int k, string name)
    {
        var random = Xoshiro256.FromSeed((ulong)k, name);
        return benchmark with
        {
            SentinelSeconds = [.. benchmark.Instances.Select(_ => 0.05 * Math.Exp(0.2 * random.Normal()))],
        };
    }

    [Fact]
    public void A_sentinel_of_one_side_only_is_not_used_and_the_check_says_so()
    {
        var check = Compare(Measured(0, "before"), Sentinel(Measured(0, "after"), 3))
            .Checks.Single(c => c.Name == Time);

        check.Passed.Should().BeTrue();
        check.Note.Should().Contain("Only one side has a sentinel");
    }

    [Fact]
    public void Under_a_count_budget_time_is_compared_where_nobody_hits_the_target_too()
    {
        var before = Measured(0, "before", worse: 10, budget: Counted);

        Compare(before, Measured(0, "after", worse: 10, budget: Counted)).Passed.Should().BeTrue();
        var slower = Compare(before, Measured(0, "after", 1.5, 10, Counted));
        slower.Checks.Single(c => c.Passed == false).Name.Should().Be(Time);
        slower.Checks[0].Observed!.GetValue<double>().Should().BeApproximately(50, 5);
        Compare(before, Measured(0, "after", worse: 10.2, budget: Counted))
            .Checks.Single(c => c.Passed == false)
            .Name.Should()
            .Be(Gap);
        // With a clock for a budget they say nothing about time, and that is no pass.
        Compare(Measured(0, "before", worse: 10), Measured(0, "after", worse: 10)).Passed.Should().BeNull();
    }

    [Fact]
    public void A_build_that_fails_everywhere_does_not_pass_for_want_of_gaps()
    {
        var before = Measured(0, "before", budget: Counted);
        var after = SomeBenchmark.Of(
            (_, _, _) => new() { State = RunState.Failed },
            One,
            instances: 10,
            seeds: 5,
            change: s => Gated(s, Counted)
        );

        Compare(before, after).Checks.Where(c => c.Passed == false).Select(c => c.Name).Should().Contain(Feasibility);
    }

    [Fact]
    public void Runs_below_the_clock_are_named()
    {
        var before = Measured(0, "before", 0.0001, budget: Counted);

        Compare(before, Measured(0, "after", 0.0002, budget: Counted))
            .Checks[0]
            .Note.Should()
            .Contain("10 instances take under 1 ms");
    }

    [Fact]
    public void What_only_one_side_has_is_noted_and_never_passed()
    {
        var whole = Measured(0, "before");
        var fewer = Measured(0, "after", instances: 9);
        var other = whole with
        {
            Entrants = [SomeBenchmark.Baseline("tabu-2")],
            Runs = [.. whole.Runs.Select(Renamed)],
        };

        Compare(whole, fewer).Passed.Should().BeNull();
        Compare(whole, fewer)
            .Checks.Should()
            .OnlyContain(c => c.Note!.Contains("5 runs of the earlier benchmark are missing here"));
        Compare(fewer, whole).Checks.Should().OnlyContain(c => c.Note!.Contains("5 runs here are missing there"));
        Compare(Measured(0, "before"), Measured(0, "after", seeds: 4)).Passed.Should().BeNull();
        Compare(whole, other).Passed.Should().BeNull();
        Compare(whole, other)
            .Checks.Select(c => (c.Entrant, c.Passed))
            .Should()
            .Equal(("tabu-2", null), ("tabu", null));
        // What is shown to be worse on the rest is worse.
        Compare(whole, Measured(0, "after", 1.5, instances: 9)).Passed.Should().BeFalse();

        static RunRecord Renamed(RunRecord run) => run with { Cell = run.Cell! with { Entrant = "tabu-2" } };
    }

    [Fact]
    public void Other_options_are_another_entrant()
    {
        var before = Measured(0, "before");
        var after = before with
        {
            Suite = before.Suite with
            {
                Solvers =
                [
                    .. before.Suite.Solvers.Select(s => s with { Options = JsonElement.Parse("""{"tenure":7}""") }),
                ],
            },
        };

        var check = Compare(before, after).Checks.Single();
        check.Passed.Should().BeNull();
        check.Note.Should().Contain("Other options");
    }

    [Fact]
    public void Another_evaluator_version_does_not_compare()
    {
        var before = Measured(0, "before");
        var after = before with
        {
            Runs = [.. before.Runs.Select(r => r with { Problem = r.Problem with { EvaluatorVersion = "2" } })],
        };

        var check = Compare(before, after).Checks.Single();
        check.Passed.Should().BeNull();
        check.Note.Should().Contain("differ in evaluator version on i0: 2 and 1");
    }

    [Fact]
    public void A_file_says_the_same_as_the_benchmark_it_was_made_of()
    {
        foreach (var slower in new[] { 1, 1.1, 1.5 })
        {
            var (before, after) = (Measured(3, "before"), Measured(3, "after", slower, slower - 1));
            var faults = new FaultList();
            var file = StrictJson.Read<RegressionBaseline>(
                JsonSerializer.SerializeToElement(RegressionBaseline.Of(before.Results()), StrictJson.Options),
                "",
                faults
            );

            faults.Items.Should().BeEmpty();
            var byFile = GateResult.Of((after with { Suite = WithFile(after.Suite, file!) }).Results(), []);
            byFile
                .Should()
                .BeEquivalentTo(
                    Compare(before, after),
                    o =>
                        o.Using<System.Text.Json.Nodes.JsonNode>(c =>
                                c.Subject?.ToJsonString().Should().Be(c.Expectation?.ToJsonString())
                            )
                            .WhenTypeIs<System.Text.Json.Nodes.JsonNode>()
                );
        }

        static Suite WithFile(Suite suite, RegressionBaseline file) => suite with { Gate = new() { Baseline = file } };
    }

    [Fact]
    public void A_file_does_not_depend_on_the_order_of_the_runs()
    {
        var benchmark = Measured(1, "before");
        var shuffled = benchmark.Runs.ToArray();
        Xoshiro256.FromSeed(1, "order").Shuffle<RunRecord>(shuffled);

        Text(benchmark with { Runs = shuffled }).Should().Be(Text(benchmark));

        static string Text(Benchmark of) =>
            JsonSerializer.Serialize(RegressionBaseline.Of(of.Results()), StrictJson.Options);
    }

    [Fact]
    public void The_real_annealer_gives_the_same_objectives_20_times_out_of_20_and_1_percent_less_is_flagged()
    {
        var instances = RealRuns.Instances(10, 100, 120, 150);
        var before = Annealed(200);

        for (var k = 0; k < 20; k++)
            GapCheck(Annealed(200)).Passed.Should().BeTrue("under a count budget the same seed does the same work");

        GapCheck(before with { Runs = [.. before.Runs.Select(r => r.Worse(1))] }).Passed.Should().BeFalse();
        GapCheck(Annealed(1)).Passed.Should().BeFalse("a read of one sweep does not anneal");

        GateCheck GapCheck(Benchmark after) => Compare(before, after).Checks.Single(c => c.Name == Gap);

        Benchmark Annealed(int sweeps)
        {
            var suite = Gated(SomeBenchmark.Suite(One, instances.Length, 5), new() { Evaluations = 30_000 });
            return new()
            {
                Id = SomeBenchmark.Id(0),
                Suite = suite,
                Instances = [.. instances.Select(i => i.Instance)],
                Entrants = One,
                Runs =
                [
                    .. instances.SelectMany(i =>
                        suite.Seeds.Select(seed => RealRuns.Run(i, "tabu", sweeps, suite.Budget, seed))
                    ),
                ],
            };
        }
    }

    private static readonly SolveBudget Counted = new() { Evaluations = 1000 };

    /// <summary>10 instances, 5 seeds, 5 % noise on every reading; gaps follow from the seed, as under a count budget.</summary>
    private static Benchmark Measured(
        int repetition,
        string name,
        double slower = 1,
        double worse = 0,
        SolveBudget? budget = null,
        int instances = 10,
        int seeds = 5
    )
    {
        var random = Xoshiro256.FromSeed((ulong)repetition, name);
        return SomeBenchmark.Of(
            (i, _, seed) =>
            {
                var seconds = slower * 0.1 * (1 + i / 10.0) * (1 + seed / 50.0) * Math.Exp(0.05 * random.Normal());
                return new() { Seconds = seconds, Gap = (i + seed) % 3 * 0.1 + worse };
            },
            One,
            instances,
            seeds,
            s => Gated(s, budget ?? SomeBenchmark.Budget)
        );
    }

    private static Suite Gated(Suite suite, SolveBudget budget) =>
        suite with
        {
            Budget = budget,
            Gate = new() { CompareWith = SomeBenchmark.Id(5) },
        };

    private static Benchmark Sentinel(Benchmark benchmark, double speed) =>
        benchmark with
        {
            SentinelSeconds = [.. Enumerable.Repeat(0.05 * speed, benchmark.Instances.Count)],
        };

    private static GateResult[] Repeated(Func<Benchmark, int, GateResult> compare) =>
        [.. Enumerable.Range(0, Repetitions).Select(k => compare(Measured(k, "before"), k))];

    private static GateResult Compare(Benchmark before, Benchmark after) =>
        GateResult.Of(after.Results(), [], before.Results());
}

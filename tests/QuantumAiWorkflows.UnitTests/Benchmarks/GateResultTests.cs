using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class GateResultTests
{
    [Fact]
    public void Without_a_gate_or_before_the_end_nothing_is_passed_or_failed()
    {
        Gate(Made(new() { MaxGapPercent = 1 }) with { Suite = SomeBenchmark.Suite(SomeBenchmark.Complete, 12, 10) })
            .Should()
            .BeEquivalentTo(new GateResult(null, []));
        GateResult.Of(Made(new() { MaxGapPercent = 1 }).Results(), null).Passed.Should().BeNull();
    }

    [Theory]
    [InlineData(2.1, true)]
    [InlineData(1.9, false)]
    public void Max_gap_is_the_mean_gap_of_each_candidate(double limit, bool passed)
    {
        var gate = Gate(
            Made(
                new() { MaxGapPercent = limit },
                (i, e, _) => new() { Gap = e.Role == EntrantRole.Candidate ? 1 + i % 3 : 50 }
            )
        );

        gate.Passed.Should().Be(passed);
        var check = gate.Checks.Should().ContainSingle().Which;
        check.Entrant.Should().Be("qaoa");
        check.Observed!.GetValue<double>().Should().BeApproximately(2, 1e-9);
    }

    [Fact]
    public void Max_gap_holds_for_all_when_there_is_no_candidate()
    {
        Entrant[] entrants = [SomeBenchmark.Baseline("a"), SomeBenchmark.Baseline("b")];

        var gate = Gate(
            SomeBenchmark.Of(
                (_, e, _) => new() { Gap = e.Name == "a" ? 0 : 3 },
                entrants,
                change: s => s with { Gate = new() { MaxGapPercent = 1 } }
            )
        );

        gate.Checks.Select(c => (c.Entrant, c.Passed)).Should().Equal(("a", true), ("b", false));
        gate.Passed.Should().BeFalse();
    }

    [Fact]
    public void A_run_without_an_answer_fails_the_gap_instead_of_vanishing_from_it()
    {
        var gate = Gate(
            Made(
                new() { MaxGapPercent = 1 },
                (i, _, s) => new() { State = i == 0 && s == 1 ? RunState.Failed : RunState.Succeeded }
            )
        );

        gate.Passed.Should().BeFalse();
        gate.Checks[0].Observed.Should().BeNull();
        gate.Checks[0].Note.Should().Contain("no feasible result");
    }

    [Theory]
    [InlineData(VerdictOutcome.KeepClassical, true)]
    [InlineData(VerdictOutcome.Adopt, false)]
    public void A_required_verdict_is_compared_with_the_one_given(VerdictOutcome required, bool passed) =>
        Gate(Made(new() { RequireVerdict = required })).Passed.Should().Be(passed);

    [Fact]
    public void An_unchanged_solver_passes_and_a_slower_or_worse_one_is_flagged()
    {
        var before = Made(new());

        Regression(1, 0, before).Checks.Should().OnlyContain(c => c.Passed == true);
        var slower = Regression(1.25, 0, before);
        slower.Passed.Should().BeFalse();
        slower.Checks.Where(c => c.Passed == false).Should().OnlyContain(c => c.Name == "maxRegressionPercent");
        slower
            .Checks.First(c => c.Name == "maxRegressionPercent")
            .Observed!.GetValue<double>()
            .Should()
            .BeApproximately(25, 1e-6);
        var worse = Regression(1, 0.5, before);
        worse
            .Checks.Where(c => c.Passed == false)
            .Should()
            .OnlyContain(c => c.Name == "maxGapRegressionPoints")
            .And.NotBeEmpty();
        Regression(1.04, 0.05, before).Passed.Should().BeTrue("5 % and 0.1 points are allowed");
    }

    [Fact]
    public void A_slower_machine_is_not_a_regression_when_the_sentinel_shows_it()
    {
        var before = Made(new()) with { SentinelSeconds = [.. Enumerable.Repeat(0.05, 12)] };
        var after = Slower(1.3, 0) with { SentinelSeconds = [.. Enumerable.Repeat(0.065, 12)] };

        GateResult.Of(after.Results(), VerdictProcedure.Of(after), before.Results()).Passed.Should().BeTrue();
    }

    [Fact]
    public void Too_few_instances_or_no_earlier_benchmark_leave_the_gate_open()
    {
        var few = SomeBenchmark.Of((i, _, s) => Did(i, s, 1, 0), instances: 6, change: WithComparison);

        Gate(few, few).Passed.Should().BeNull();
        Gate(few, few).Checks.Should().OnlyContain(c => c.Note!.Contains("7 are needed"));
        Gate(few).Checks.Single().Note.Should().Contain("not found");
    }

    [Fact]
    public void An_earlier_benchmark_under_another_budget_does_not_compare()
    {
        var after = Slower(1, 0);
        var before = SomeBenchmark.Of(
            (i, _, s) => Did(i, s, 1, 0),
            change: s => s with { Budget = new() { CpuSeconds = 7 } }
        );

        var gate = Gate(after, before);

        gate.Passed.Should().BeNull();
        gate.Checks.Single().Note.Should().Contain("differ in budget");
    }

    private static GateResult Regression(double slower, double worse, Benchmark before) =>
        Gate(Slower(slower, worse), before);

    private static Benchmark Slower(double factor, double worse) =>
        SomeBenchmark.Of((i, _, s) => Did(i, s, factor, worse), change: WithComparison);

    private static Suite WithComparison(Suite suite) =>
        suite with
        {
            Gate = new() { CompareWith = SomeBenchmark.Id(5) },
        };

    private static Benchmark Made(Gate gate, Func<int, Entrant, long, Did>? did = null) =>
        SomeBenchmark.Of(did ?? ((i, _, s) => Did(i, s, 1, 0)), change: s => s with { Gate = gate });

    private static Did Did(int instance, long seed, double factor, double worse) =>
        new() { Seconds = factor * 0.1 * (1 + instance / 10.0) * (1 + seed / 50.0), Gap = worse };

    private static GateResult Gate(Benchmark benchmark, Benchmark? earlier = null) =>
        GateResult.Of(benchmark.Results(), VerdictProcedure.Of(benchmark), earlier?.Results());
}

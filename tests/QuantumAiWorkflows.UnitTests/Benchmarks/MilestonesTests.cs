using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class MilestonesTests
{
    [Theory]
    [InlineData(20, true)] // A quarter of the time is 75 % less.
    [InlineData(74, true)]
    [InlineData(76, false)]
    public void A_runtime_reduction_is_reached_when_it_is_shown_against_everybody(double percent, bool passed)
    {
        var check = Check(Faster, new() { Kind = MilestoneKind.RuntimeReduction, AtLeast = percent });

        check.Name.Should().Be("milestone.runtimeReduction");
        check.Passed.Should().Be(passed);
        check.Observed!.GetValue<double>().Should().BeApproximately(75, 1);
        check.Entrant.Should().Be("qaoa");
        check.Note.Should().MatchRegex(@"^Against \S+: 7[45](\.\d)? \[.*\], p \S+ on 12 instances\.$");
    }

    [Fact]
    public void A_machine_that_drifts_shows_no_runtime_reduction()
    {
        var milestone = new Milestone { Kind = MilestoneKind.RuntimeReduction, AtLeast = 20 };
        var benchmark = SomeBenchmark.Of(Faster, change: s => s with { Gate = new() { Milestones = [milestone] } }) with
        {
            SentinelSeconds = [.. Enumerable.Range(0, 12).Select(k => (double?)(0.05 + 0.005 * k))],
        };
        var results = new Results(benchmark);

        var check = GateResult.Of(results, VerdictProcedure.Of(results)).Checks.Single();

        check.Passed.Should().BeNull();
        check.Note.Should().EndWith("the machine's times are not to be trusted.");
    }

    [Fact]
    public void Candidates_that_were_tried_before_make_a_goal_harder_to_show()
    {
        // Five instances at 2^-5: enough at alpha 0.05, not at half of it.
        var milestone = new Milestone { Kind = MilestoneKind.RuntimeReduction, AtLeast = 20 };
        var benchmark = SomeBenchmark.Of(
            Faster,
            instances: 5,
            change: s => s with { Gate = new() { Milestones = [milestone] } }
        );

        Passed(benchmark).Should().BeTrue();
        Passed(benchmark with { CandidatesTried = 2 }).Should().BeNull();

        static bool? Passed(Benchmark benchmark)
        {
            var results = new Results(benchmark);
            return GateResult.Of(results, VerdictProcedure.Of(results)).Checks.Single().Passed;
        }
    }

    [Theory]
    [InlineData(MilestoneKind.RuntimeReduction)]
    [InlineData(MilestoneKind.QualityGain)]
    [InlineData(MilestoneKind.NovelSolutions)]
    public void Who_cancels_the_runs_of_a_baseline_reaches_nothing(MilestoneKind kind)
    {
        var check = Check(
            (_, e, _) =>
                e.Name == "qaoa" ? new() { Gap = 0.1, Seconds = 0.01 } : new() { Gap = 3, State = RunState.Cancelled },
            new() { Kind = kind, AtLeast = 0.5 }
        );

        check.Passed.Should().BeNull();
        check.Note.Should().Be("Some runs were cancelled.");
    }

    [Fact]
    public void What_four_instances_cannot_show_is_open() =>
        Check(Faster, new() { Kind = MilestoneKind.RuntimeReduction, AtLeast = 20 }, instances: 4)
            .Passed.Should()
            .BeNull();

    [Fact]
    public void One_baseline_that_is_as_fast_is_enough_to_miss_it()
    {
        var check = Check(
            (i, e, s) => e.Name == "cp-sat" ? Faster(i, SomeBenchmark.Candidate(), s) : Faster(i, e, s),
            new() { Kind = MilestoneKind.RuntimeReduction, AtLeast = 20 }
        );

        check.Passed.Should().BeFalse();
        check.Observed!.GetValue<double>().Should().BeApproximately(0, 1);
        check.Note.Should().StartWith("Against cp-sat:");
    }

    [Fact]
    public void A_gain_in_quality_must_not_be_paid_with_feasibility()
    {
        static Did Better(int i, Entrant e, long seed) =>
            new() { Gap = e.Name == "qaoa" ? 0.1 : 2 + 0.01 * ((3 * seed + i) % 7) };
        static Did Risky(int i, Entrant e, long seed) =>
            Better(i, e, seed) with
            {
                Feasible = e.Name != "qaoa" || seed % 3 != 0,
            };
        var milestone = new Milestone { Kind = MilestoneKind.QualityGain, AtLeast = 1 };

        Check(Better, milestone).Passed.Should().BeTrue();
        var risky = Check(Risky, milestone);
        risky.Passed.Should().NotBe(true);
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void Novel_solutions_are_counted_by_instance(double atLeast, bool passed)
    {
        var check = Check(
            (_, e, seed) => new() { Gap = e.Name == "qaoa" && seed == 1 ? 0.1 : 0.5 },
            new() { Kind = MilestoneKind.NovelSolutions, AtLeast = atLeast }
        );

        check.Passed.Should().Be(passed);
        check.Observed!.GetValue<int>().Should().Be(12);
        check.Note.Should().Contain("sign test p 0.000244");
    }

    [Fact]
    public void Without_a_classical_entrant_nothing_can_be_told() =>
        Check(
            Faster,
            new() { Kind = MilestoneKind.RuntimeReduction, AtLeast = 20 },
            entrants: [SomeBenchmark.Candidate()]
        )
            .Passed.Should()
            .BeNull();

    [Theory]
    [InlineData("feasibilityRate", 0.99, null, null, true)]
    [InlineData("feasibilityRate", 1.01, null, null, false)]
    [InlineData("wallSeconds", null, 0.2, null, true)]
    [InlineData("wallSeconds", null, 0.01, null, false)]
    [InlineData("wallSeconds", null, 0.01, "a trial", true)]
    [InlineData("approximationRatio", 0.9, null, null, null)]
    [InlineData("approximationRatio", 0.9, null, "not enumerable", true)]
    public void A_rule_is_kept_broken_waived_or_open(
        string metric,
        double? min,
        double? max,
        string? waiver,
        bool? passed
    )
    {
        var check = Gate(
                Faster,
                new()
                {
                    Rules =
                    [
                        new()
                        {
                            Name = "a limit",
                            Metric = metric,
                            Min = min,
                            Max = max,
                            Waiver = waiver,
                        },
                    ],
                }
            )
            .Should()
            .ContainSingle()
            .Subject;

        check.Name.Should().Be($"rule.{metric}");
        check.Passed.Should().Be(passed);
        check.Waived.Should().Be(waiver);
        check.Note.Should().StartWith("a limit");
    }

    private static Did Faster(int i, Entrant entrant, long seed) =>
        new() { Seconds = (entrant.Name == "qaoa" ? 0.1 : 0.4) * (1 + 0.001 * ((7 * seed + i) % 10)) };

    private static GateCheck Check(
        Func<int, Entrant, long, Did> did,
        Milestone milestone,
        int instances = 12,
        IReadOnlyList<Entrant>? entrants = null
    ) => Gate(did, new() { Milestones = [milestone] }, instances, entrants).Should().ContainSingle().Subject;

    private static IReadOnlyList<GateCheck> Gate(
        Func<int, Entrant, long, Did> did,
        Gate gate,
        int instances = 12,
        IReadOnlyList<Entrant>? entrants = null
    )
    {
        var results = SomeBenchmark.Of(did, entrants, instances, change: s => s with { Gate = gate }).Results();
        return GateResult.Of(results, VerdictProcedure.Of(results)).Checks;
    }
}

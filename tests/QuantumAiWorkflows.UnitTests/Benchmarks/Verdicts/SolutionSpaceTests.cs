using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class SolutionSpaceTests
{
    [Fact]
    public void Finding_what_nobody_else_finds_is_a_win_of_its_own()
    {
        // Equal on average; the candidate's best seed alone reaches further than everybody's best.
        var verdict = Verdict(
            (_, e, seed) => new() { Gap = e.Name == "qaoa" ? (seed == 1 ? 0.1 : 0.6) : 0.55 },
            isWanted: true
        );

        var dimension = verdict.Dimensions.Single(d => d.Name == "solutionSpace");
        dimension.Outcome.Should().Be(DimensionOutcome.Win);
        dimension.Effect.Should().Be(1);
        dimension.P.Should().BeApproximately(Math.Pow(2, -12), 1e-12, "the test is the sign test");
        dimension.BadMargin.Should().BeNull();
        dimension.PerInstance.Should().HaveCount(12).And.OnlyContain(d => d.Value == 1);
        verdict.Conditions.Should().Contain(new VerdictCondition("win", ConditionState.Met));
        verdict.Conditions.Should().NotContain(c => c.Name == "notBad.solutionSpace");
    }

    [Fact]
    public void It_is_not_asked_for_unless_the_suite_wants_it() =>
        Verdict((_, e, seed) => new() { Gap = e.Name == "qaoa" && seed == 1 ? 0.1 : 0.55 }, isWanted: false)
            .Dimensions.Should()
            .NotContain(d => d.Name == "solutionSpace");

    [Fact]
    public void The_best_of_all_baselines_together_is_what_counts()
    {
        // Better than each baseline on half of the instances, never better than both.
        var verdict = Verdict(
            (i, e, _) =>
                new()
                {
                    Gap =
                        e.Name == "qaoa" ? 0.5
                        : (e.Name == "tabu") == (i % 2 == 0) ? 0.1
                        : 0.9,
                },
            isWanted: true
        );

        verdict.Dimensions.Single(d => d.Name == "solutionSpace").PerInstance.Should().OnlyContain(d => d.Value == -1);
    }

    [Fact]
    public void Losing_there_is_neither_a_bad_loss_nor_a_reason_to_keep_classical()
    {
        static Did Faster(int i, Entrant e, long seed) =>
            new()
            {
                Gap = e.Name == "qaoa" ? 0.1 : 0.05,
                Seconds = (e.Name == "qaoa" ? 0.1 : 0.4) * (1 + 0.01 * ((7 * seed + i) % 10)),
            };

        var verdict = Verdict(Faster, isWanted: true);

        verdict.Dimensions.Single(d => d.Name == "solutionSpace").Outcome.Should().Be(DimensionOutcome.Loss);
        verdict.Outcome.Should().Be(VerdictOutcome.Adopt);
    }

    private static Verdict Verdict(Func<int, Entrant, long, Did> did, bool isWanted) =>
        VerdictProcedure
            .Of(
                SomeBenchmark.Of(
                    did,
                    change: s => s with { Comparison = s.Comparison with { SolutionSpace = isWanted } }
                )
            )
            .Single();
}

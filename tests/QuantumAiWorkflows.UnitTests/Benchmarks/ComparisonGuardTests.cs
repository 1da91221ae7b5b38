using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class ComparisonGuardTests
{
    private static readonly RunRecord One = SomeBenchmark.Run(
        SomeBenchmark.Instance(),
        SomeBenchmark.Candidate(),
        1,
        new(),
        id: 1
    );
    private static readonly RunRecord Other = SomeBenchmark.Run(
        SomeBenchmark.Instance(),
        SomeBenchmark.Baseline(),
        1,
        new(),
        id: 2
    );

    [Fact]
    public void Equal_problem_evaluator_and_budget_compare() => ComparisonGuard.Check([One, Other]).Should().BeNull();

    [Fact]
    public void Different_instances_may_be_different_problems() =>
        ComparisonGuard
            .Check([One, SomeBenchmark.Run(SomeBenchmark.Instance(1), SomeBenchmark.Baseline(), 1, new(), id: 2)])
            .Should()
            .BeNull();

    [Fact]
    public void Unequal_problems_are_refused() =>
        Refused(Other with { Problem = Other.Problem with { Id = "sha256:other" } })
            .Should()
            .Match<ComparisonRefusal>(r =>
                r.Difference == ComparisonDifference.ProblemId && r.Left == "sha256:0" && r.Right == "sha256:other"
            );

    [Fact]
    public void Unequal_evaluators_are_refused() =>
        Refused(Other with { Problem = Other.Problem with { EvaluatorVersion = "2" } })
            .Difference.Should()
            .Be(ComparisonDifference.EvaluatorVersion);

    [Fact]
    public void Unequal_budgets_are_refused_over_instances_too()
    {
        var elsewhere = SomeBenchmark.Run(
            SomeBenchmark.Instance(1),
            SomeBenchmark.Baseline(),
            1,
            new(),
            new() { CpuSeconds = 9 },
            2
        );

        var refusal = Refused(elsewhere);

        refusal.Difference.Should().Be(ComparisonDifference.Budget);
        refusal.Detail.Should().Contain("on i1 differ in budget").And.Contain("\"cpuSeconds\":9");
    }

    [Fact]
    public void Warm_up_is_not_compared() =>
        ComparisonGuard
            .Check([One, Other with { Budget = new(), Cell = Other.Cell! with { WarmUp = true } }])
            .Should()
            .BeNull();

    private static ComparisonRefusal Refused(RunRecord other) => ComparisonGuard.Check([One, other])!;
}

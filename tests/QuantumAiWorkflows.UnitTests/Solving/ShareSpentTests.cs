using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solving;

/// <summary><see cref="SolveContext.ShareSpent"/>: what a schedule may follow without a run ceasing to replay.</summary>
public sealed class ShareSpentTests
{
    [Fact]
    public void Limited_evaluations_are_what_counts_even_beside_a_clock()
    {
        var context = new SolveContext(new() { Evaluations = 40, CpuSeconds = 1e-9 }, seed: 1);

        context.CountEvaluations(10);
        context.ShareSpent.Should().Be(0.25);

        context.CountEvaluations(50);
        context.ShareSpent.Should().Be(1, "more than all cannot be spent");
    }

    [Fact]
    public void A_clock_counts_where_nothing_else_does()
    {
        new SolveContext(new() { TimeSeconds = 1e-9 }, seed: 1).ShareSpent.Should().Be(1);
        new SolveContext(new() { TimeSeconds = 1e9 }, seed: 1).ShareSpent.Should().BeInRange(0, 0.01);
    }

    [Fact]
    public void Nothing_is_spent_of_no_budget()
    {
        var context = new SolveContext(new(), seed: 1);

        context.CountEvaluations(1_000);

        context.ShareSpent.Should().Be(0);
    }
}

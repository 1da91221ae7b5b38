using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solvers.ParallelTempering;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.ParallelTempering;

public sealed class EndsOfTheLadderTests
{
    [Fact]
    public void Which_end_of_the_ladder_is_named_hot_changes_nothing() =>
        Answer(hot: 5, cold: 0.05).Should().Be(Answer(hot: 0.05, cold: 5));

    private static (Solution, long) Answer(double hot, double cold)
    {
        var context = new SolveContext(new(), 1);
        var options = new ParallelTemperingOptions
        {
            Rounds = 60,
            BetaRange = new() { Hot = hot, Cold = cold },
        };
        var outcome = new ParallelTemperingSolver().Solve(ReplicaTests.Grid(12, 1), options, context);
        return (((SolveOutcome.Found)outcome).Best, context.Evaluations);
    }
}

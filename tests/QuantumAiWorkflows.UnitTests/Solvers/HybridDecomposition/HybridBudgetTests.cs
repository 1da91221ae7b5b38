using QuantumAiWorkflows.Solvers.HybridDecomposition;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Quantum;

namespace QuantumAiWorkflows.UnitTests.Solvers.HybridDecomposition;

/// <summary>A decomposition by circuits under budgets that end it while it waits for Q#, or shortly after.</summary>
[Collection(nameof(Alone))]
public sealed class HybridBudgetTests
{
    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(1.0, null)]
    public void It_ends_at_the_clocks_with_an_answer(double? time, double? cpu)
    {
        var context = new SolveContext(new() { TimeSeconds = time, CpuSeconds = cpu }, 1)
        {
            Solvers = Registered.Registry,
            CacheDirectory = QSharpCache.Folder,
        };

        var outcome = new HybridDecompositionSolver().Solve(
            Some.Qubo(100, 0.1),
            new HybridDecompositionOptions(),
            context
        );

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.StoppedBy.Should().Be(time is null ? StoppedBy.Cpu : StoppedBy.Time);
        context.ElapsedSeconds.Should().BeLessThan(60, "that is what a run that forgets to stop would take");
    }
}

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>docs/add-a-solver.md shows a solver; here it compiles and keeps the contract (<see cref="SolverContractTests"/>).</summary>
public sealed class WalkThroughTests
{
    [Theory]
    [InlineData("DescentOptions.cs")]
    [InlineData("DescentSolver.cs")]
    public void Shows_the_example_as_it_compiles(string file)
    {
        var example = File.ReadAllText(
            Path.Combine(Repository.Folder, "tests/QuantumAiWorkflows.UnitTests/Solvers/Example", file)
        );

        File.ReadAllText(Path.Combine(Repository.Folder, "docs/add-a-solver.md"))
            .Should()
            .Contain(example.ReplaceLineEndings("\n"));
    }
}

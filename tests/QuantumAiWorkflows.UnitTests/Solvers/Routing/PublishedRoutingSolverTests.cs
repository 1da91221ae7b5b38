using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Routing.Formats;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>On published instances with proven optima, under counts, so that a busy machine changes nothing.</summary>
public sealed class PublishedRoutingSolverTests
{
    [Theory]
    [InlineData("cvrp", "E-n22-k4", 1_000)]
    [InlineData("cvrp", "A-n32-k5", 1_000)]
    [InlineData("cvrp", "P-n16-k8", 500)]
    [InlineData("tsp", "berlin52", 20_000)]
    [InlineData("tsp", "kroA100", 50_000)]
    [InlineData("vrptw", "C101", 200)]
    public void The_genetic_search_finds_the_optimum(string family, string name, long evaluations) =>
        Solve("hybrid-genetic-search", family, name, evaluations).Should().Be(0);

    [Fact]
    public void Cp_sat_proves_a_tour()
    {
        var instance = DataSets.Named("tsp", "dantzig42");
        var problem = RoutingText.Read(RoutingText.FormatOf(instance.Path), File.ReadAllText(instance.Path));
        var solver = Registered.All.Single(s => s.Info.Id == "cp-sat");

        var outcome = solver.Solve(problem, Registered.Options(solver), new SolveContext(new(), 1));

        outcome
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Which.Should()
            .BeEquivalentTo(new { IsProven = true, Bound = instance.BestKnown });
    }

    [Theory]
    [InlineData("cvrp", "A-n32-k5", 30_000, 2)]
    [InlineData("vrptw", "C101", 3_000, 2)]
    public void Local_search_comes_near(string family, string name, long evaluations, double percent) =>
        Solve("local-search-routing", family, name, evaluations).Should().BeInRange(0, percent);

    [Theory]
    [InlineData("tsp", "kroA100", 60)]
    [InlineData("cvrp", "A-n32-k5", 80)]
    public void The_nearest_neighbour_is_somewhere_above(string family, string name, double percent) =>
        Solve("nearest-neighbour", family, name, 1).Should().BeInRange(0, percent);

    /// <summary>Percent above the optimum.</summary>
    private static double Solve(string id, string family, string name, long evaluations)
    {
        var instance = DataSets.Named(family, name);
        var problem = RoutingText.Read(RoutingText.FormatOf(instance.Path), File.ReadAllText(instance.Path));
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var context = new SolveContext(new() { Evaluations = evaluations }, 1);

        var outcome = solver.Solve(problem, Registered.Options(solver), context);

        var evaluation = problem.Evaluate(outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best);
        evaluation.IsFeasible.Should().BeTrue();
        return 100 * (evaluation.Objective - instance.BestKnown) / instance.BestKnown;
    }
}

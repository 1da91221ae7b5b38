using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>Costs that are all nothing, or next to nothing, have no largest one to scale the others by.</summary>
public sealed class FreeRoutesTests
{
    public static TheoryData<string> Ids => RoutingSolverContractTests.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Everybody_is_served_where_driving_costs_nothing(string id)
    {
        foreach (var rate in new[] { "0", "1e-310" })
        {
            var problem = Free(rate);

            var found = Solve(id, problem);

            problem.Evaluate(found.Best).Violations.Should().BeEmpty();
            found.Scale.Should().Match(scale => scale == null || double.IsFinite(scale.Value));
            found.Bound.Should().Match(bound => bound == null || bound <= problem.Evaluate(found.Best).Objective);
        }
    }

    [Fact]
    public void A_plan_that_costs_nothing_is_proven_the_best() => Solve("cp-sat", Free("0")).IsProven.Should().BeTrue();

    private static RoutingProblem Free(string rate) =>
        SomeRouting.Read(
            SomeRouting
                .Line(
                    $$"""[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[2],"costPerDistance":{{rate}}}]"""
                )
                .Replace("tsplibEuc2d", "euclidean", StringComparison.Ordinal)
                .Replace("\"x\":3", "\"x\":3.14159", StringComparison.Ordinal)
        );

    private static SolveOutcome.Found Solve(string id, RoutingProblem problem)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id && s.Families.Contains("routing"));
        var budget = new SolveBudget { Evaluations = 300, DeterministicSeconds = id == "cp-sat" ? 0.3 : null };
        return solver
            .Solve(problem, Registered.Options(solver), new SolveContext(budget, 1))
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Subject;
    }
}

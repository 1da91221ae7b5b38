using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingFamilyTests
{
    [Fact]
    public void The_example_has_a_plan_and_needs_both_vans()
    {
        var problem = (RoutingProblem)
            ProblemFamily.ReadAny(JsonSerializer.SerializeToElement(RoutingFamily.Instance.Example), "", new())!;

        var feasible =
            from order in Orders([], problem.Stops.Count)
            from cut in Enumerable.Range(0, order.Length / 2 + 1)
            let plan = new RoutingSolution([new(0, order[..cut]), new(0, order[cut..])])
            where problem.Evaluate(plan).IsFeasible
            select plan;

        var plans = feasible.Distinct().ToList();
        plans.Should().NotBeEmpty();
        plans.Should().OnlyContain(p => p.Routes.Count == 2);
        plans
            .Select(p => problem.Evaluate(p).Objective)
            .Distinct()
            .Should()
            .HaveCountGreaterThan(5, "there is something to find");
    }

    [Fact]
    public void A_summary_shows_what_was_understood()
    {
        var summary = SomeRouting.Read(SomeRouting.Line()).Summary;

        summary
            .ToJsonString()
            .Should()
            .Be(
                """{"stops":3,"locations":4,"metric":"tsplibEuc2d","symmetric":true,"longestDistance":3,"exactObjectives":true,"vehicles":2,"vehicleKinds":1,"depots":1,"openRoutes":false,"totalDemands":[3],"totalCapacities":[4],"optionalStops":0,"stopsWithWindows":0,"pickupsWithDelivery":0}"""
            );
    }

    [Fact]
    public void The_problem_of_the_documentation_is_one()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder, "docs/families/routing.md"));
        var json = text.Split("```json")[1].Split("```")[0];

        var problem = SomeRouting.Read(json);

        problem.Judge("van: milk milk-to-shop").Should().BeEquivalentTo(new { IsFeasible = true });
        problem.Judge("van: milk flyer milk-to-shop").IsFeasible.Should().BeTrue();
    }

    private static IEnumerable<int[]> Orders(int[] first, int count) =>
        first.Length == count
            ? [first]
            : Enumerable.Range(0, count).Except(first).SelectMany(next => Orders([.. first, next], count));
}

using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Generators;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing.Generators;

public sealed class RandomRoutingGeneratorTests
{
    [Fact]
    public void The_planted_plan_is_feasible() =>
        Gen.Select(
                Gen.Int[1, 60],
                Gen.Int[1, 12],
                SomeRouting.Among(0, 0.3, 1.0),
                Gen.Int[0, 300],
                Gen.Long[0, 1 << 40]
            )
            .Sample(
                (n, perVehicle, share, width, seed) =>
                {
                    var parameters = new RandomRoutingParameters
                    {
                        Customers = n,
                        StopsPerVehicle = perVehicle,
                        WindowShare = share,
                        WindowWidth = width,
                        Tightness = 1,
                    };
                    var (problem, plan) = RandomRoutingGenerator.Plant(parameters, seed);
                    return problem.Evaluate(plan).IsFeasible
                        && problem.Stops.Count == n
                        && plan.Routes.All(r => r.Stops.Count <= perVehicle);
                }
            );

    [Fact]
    public void Equal_seeds_give_equal_problems_and_others_others()
    {
        static string Id(long seed) =>
            RandomRoutingGenerator.Plant(new() { Customers = 20, WindowShare = 0.5 }, seed).Problem.Id;

        Id(3).Should().Be(Id(3));
        Id(3).Should().NotBe(Id(4));
    }

    [Fact]
    public void It_is_tight_where_asked()
    {
        var loose = RandomRoutingGenerator.Plant(new() { Customers = 200, Tightness = 0.5 }, 1).Problem;
        var share = loose.Stops.Sum(s => s.Demands[0]) / (loose.Vehicles[0].Count * loose.Vehicles[0].Capacities[0]);

        share.Should().BeInRange(0.49, 0.5);
    }

    [Theory]
    [InlineData("{}", "/p/customers")]
    [InlineData("""{"customers":2001}""", "/p/customers")]
    [InlineData("""{"customers":5,"tightness":0}""", "/p/tightness")]
    public void Parameters_are_checked(string parameters, string pointer)
    {
        var faults = new QuantumAiWorkflows.Input.FaultList();

        ProblemGenerators
            .Find("routing-random")!
            .Generate(System.Text.Json.JsonElement.Parse(parameters), 1, "/p", faults)
            .Should()
            .BeNull();

        faults.Items.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [Fact]
    public void A_lookalike_has_the_same_size_and_totals()
    {
        var problem = RandomRoutingGenerator.Plant(new() { Customers = 40 }, 1).Problem;

        var other = (RoutingProblem)problem.Lookalike(5)!;

        other.Id.Should().NotBe(problem.Id).And.Be(problem.Lookalike(5)!.Id);
        other.Stops.Sum(s => s.Demands[0]).Should().Be(problem.Stops.Sum(s => s.Demands[0]));
        other.Locations.Select(l => l.X).Should().BeEquivalentTo(problem.Locations.Select(l => l.X));
        RandomRoutingGenerator
            .Plant(new() { Customers = 40, WindowShare = 1 }, 1)
            .Problem.Lookalike(5)
            .Should()
            .BeNull("windows around other places might not be met");
    }
}

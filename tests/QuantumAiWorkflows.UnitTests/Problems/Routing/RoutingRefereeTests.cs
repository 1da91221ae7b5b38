using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Generators;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingRefereeTests
{
    private const string Van = """{"id":"van","start":"depot","end":"depot","capacities":[2]""";

    [Fact]
    public void Adds_up_ways_fixed_costs_and_rates()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """
                [{"id":"van","count":2,"start":"depot","end":"depot","capacities":[3],"fixedCost":10.5,"costPerDistance":0.25},
                 {"id":"bike","start":"A","end":null,"capacities":[3]}]
                """
            )
        );

        // To c and back are 6; a bike from A over b to c ends there: 2.
        problem.Judge("van: c a b").Should().BeEquivalentTo(new Evaluation(10.5 + 0.25 * (3 + 2 + 1 + 2), []));
        problem.Judge("van: a", "bike: b c").Should().BeEquivalentTo(new Evaluation(10.5 + 0.5 + 2, []));
        problem.HasExactObjectives.Should().BeTrue();
    }

    [Fact]
    public void Adds_tenths_as_tenths()
    {
        // Euclidean 1.414..., cut to 1.4; ten of them are 14, not 13.999.
        var problem = SomeRouting.Read(
            """
            {"family":"routing","locations":[{"id":"d","x":0,"y":0},{"id":"e","x":1,"y":1}],
             "distance":{"metric":"truncatedOneDecimal"},
             "vehicles":[{"id":"v","count":3,"start":"d","end":"d","latest":2.8}],
             "stops":[{"id":"1","location":"e"},{"id":"2","location":"e"},{"id":"3","location":"e"}]}
            """
        );

        var evaluation = problem.Judge("v: 1", "v: 2", "v: 3");

        evaluation.Objective.Should().Be(8.4);
        evaluation.IsFeasible.Should().BeTrue("1.4 + 1.4 is exactly the end of the shift");
        problem.ObjectiveScale.Should().Be(10);
    }

    [Theory]
    [InlineData("van: a b c", "capacity", "/vehicles/0/capacities/0", 1, "load")]
    [InlineData("van: a b;van: c;van: ", null, null, 0, null)]
    [InlineData("van: a;van: b;van: c", "fleet", "/vehicles/0/count", 1, "routes")]
    [InlineData("van: a b", "unserved", "/stops/2", 1, "stops")]
    [InlineData("van: a b;van: c b", "servedTwice", "/stops/1", 1, "visits")]
    public void Sees_what_does_not_hold(string plan, string? constraint, string? pointer, double amount, string? unit)
    {
        var violations = SomeRouting.Read(SomeRouting.Line()).Judge(plan.Split(';')).Violations;

        if (constraint is null)
            violations.Should().BeEmpty();
        else
            violations.Should().Equal(new Violation(constraint, pointer!, amount, unit!));
    }

    [Theory]
    // Arrives at c at 3 and may start until 2.5; at b at 3 + 1 + service 5.
    [InlineData(""","windows":[{"latest":2.5}]""", "", "van: c b", "timeWindow", "/stops/2/windows", 0.5)]
    [InlineData(
        ""","windows":[{"earliest":9}],"serviceTime":1""",
        ""","latest":12.5""",
        "van: c b",
        "shift",
        "/vehicles/0/latest",
        0.5
    )]
    [InlineData("", ""","earliest":7,"latest":12""", "van: b c", "shift", "/vehicles/0/latest", 1)]
    [InlineData("", ""","maxDistance":5""", "van: b c", "maxDistance", "/vehicles/0/maxDistance", 1)]
    public void Counts_time_and_distance(
        string ofC,
        string ofVan,
        string route,
        string constraint,
        string pointer,
        double amount
    )
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                $"[{Van}{ofVan}}}]",
                $$"""[{"id":"b","location":"B"},{"id":"a","location":"A","skipPenalty":0},{"id":"c","location":"C"{{ofC}}}]"""
            )
        );

        var violation = problem.Judge(route).Violations.Should().ContainSingle().Subject;

        (violation.Constraint, violation.Pointer, violation.Amount).Should().Be((constraint, pointer, amount));
    }

    [Fact]
    public void Waits_for_the_first_window_that_is_still_open()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                $"[{Van},\"latest\":13}}]",
                """
                [{"id":"c","location":"C","serviceTime":1,"windows":[{"earliest":9,"latest":10},{"earliest":0,"latest":2}]}]
                """
            )
        );

        // 3 is after the first window; waits until 9, serves until 10, is home at 13.
        problem.Judge("van: c").Violations.Should().BeEmpty();
    }

    [Fact]
    public void Leaving_out_costs_the_penalty()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                stops: """
                [{"id":"a","location":"A"},{"id":"b","location":"B","skipPenalty":2.5},{"id":"c","location":"C","skipPenalty":4}]
                """
            )
        );

        problem.Judge("van: a").Should().BeEquivalentTo(new Evaluation(2 + 6.5, []));
        problem.Judge("van: a c").Should().BeEquivalentTo(new Evaluation(6 + 2.5, []));
    }

    [Theory]
    [InlineData("van: p d", null)]
    [InlineData("van: p x d", null)]
    [InlineData("van: d p", "precedence")]
    [InlineData("van: p;van: d", "sameVehicle")]
    [InlineData("van: p x", "sameVehicle")]
    [InlineData("van: x d", "sameVehicle")]
    [InlineData("van: x", null)]
    public void A_delivery_follows_its_pickup_on_the_same_vehicle(string plan, string? constraint)
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                stops: """
                [{"id":"d","location":"C","deliversFor":"p","skipPenalty":0},{"id":"p","location":"A","demands":[2],"skipPenalty":0},
                 {"id":"x","location":"B","skipPenalty":0}]
                """
            )
        );

        problem
            .Judge(plan.Split(';'))
            .Violations.Select(v => v.Constraint)
            .Should()
            .Equal(constraint is null ? [] : [constraint]);
    }

    [Fact]
    public void A_load_counts_while_it_is_on_board()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                stops: """
                [{"id":"p","location":"A","demands":[2]},{"id":"d","location":"B","deliversFor":"p","demands":[-2]},
                 {"id":"x","location":"C","demands":[2]}]
                """
            )
        );

        problem.Judge("van: p d x").Violations.Should().BeEmpty();
        problem
            .Judge("van: p x d")
            .Violations.Should()
            .Equal(new Violation("capacity", "/vehicles/0/capacities/0", 2, "load"));
    }

    [Fact]
    public void Each_dimension_has_its_capacity()
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line(
                """[{"id":"van","start":"depot","end":"depot","capacities":[9,1.5]}]""",
                """[{"id":"a","location":"A","demands":[4,0.8]},{"id":"b","location":"B","demands":[5,0.9]}]"""
            )
        );

        problem
            .Judge("van: a b")
            .Violations.Should()
            .Equal(new Violation("capacity", "/vehicles/0/capacities/1", 0.2, "load"));
    }

    /// <summary>0.1, 0.1 and 0.09999999999999998 there and 0.3 back: not decimals, so that a sum may be off by its last digit.</summary>
    [Theory]
    [InlineData("0.6", true)]
    [InlineData("0.59999999", false)]
    [InlineData("0.5", false)]
    public void Rounding_of_sums_breaks_no_limit(string limit, bool holds)
    {
        var problem = SomeRouting.Read(
            $$"""
            {"family":"routing","distance":{"metric":"euclidean"},
             "locations":[{"id":"d","x":0,"y":0},{"id":"1","x":0.1,"y":0},{"id":"2","x":0.2,"y":0},{"id":"3","x":0.3,"y":0}],
             "vehicles":[{"id":"v","start":"d","end":"d","latest":{{limit}},"maxDistance":{{limit}}}],
             "stops":[{"id":"1","location":"1"},{"id":"2","location":"2"},{"id":"3","location":"3"}]}
            """
        );

        problem.HasExactObjectives.Should().BeFalse();
        problem.Judge("v: 1 2 3").IsFeasible.Should().Be(holds);
        problem.Judge("v: 3 2 1").IsFeasible.Should().Be(holds);
    }

    /// <summary>A walk over the plan in whole numbers, written apart from the referee's.</summary>
    [Fact]
    public void A_naive_walk_finds_the_same() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 4], Gen.Long[0, 1 << 30])
            .Sample(
                (n, perVehicle, seed) =>
                {
                    var parameters = new RandomRoutingParameters
                    {
                        Customers = n,
                        StopsPerVehicle = perVehicle,
                        WindowShare = 0.7,
                    };
                    var (problem, planted) = RandomRoutingGenerator.Plant(parameters, seed);
                    // The planted routes backwards, and all stops on one vehicle: seldom in time, often too full.
                    RoutingSolution[] plans =
                    [
                        planted,
                        new([.. planted.Routes.Select(r => new Route(0, [.. r.Stops.Reverse()]))]),
                        new([new Route(0, [.. Enumerable.Range(0, n)])]),
                    ];
                    return Array.TrueForAll(plans, plan => Naive(problem, plan) == Sums(problem.Evaluate(plan)));
                }
            );

    private static (long, long, long, long) Sums(Evaluation evaluation)
    {
        long Of(string constraint) =>
            (long)evaluation.Violations.Where(v => v.Constraint == constraint).Sum(v => v.Amount);
        return ((long)evaluation.Objective, Of("timeWindow"), Of("shift"), Of("capacity"));
    }

    private static (long, long, long, long) Naive(RoutingProblem problem, RoutingSolution plan)
    {
        var (cost, late, shift, over) = (0L, 0L, 0L, 0L);
        foreach (var route in plan.Routes)
        {
            var (at, time, load) = (0, 0L, 0L);
            foreach (var s in route.Stops)
            {
                var stop = problem.Stops[s];
                cost += (long)problem.Distances[at, stop.Location];
                time += (long)problem.Distances[at, stop.Location];
                if (stop.Windows is [var window])
                {
                    late += Math.Max(0, time - (long)window.Latest);
                    time = Math.Max(time, (long)window.Earliest);
                }
                (at, time, load) = (stop.Location, time + (long)stop.ServiceTime, load + (long)stop.Demands[0]);
            }
            cost += (long)problem.Distances[at, 0];
            shift += Math.Max(0, time + (long)problem.Distances[at, 0] - (long)problem.Vehicles[0].Latest);
            over += Math.Max(0, load - (long)problem.Vehicles[0].Capacities[0]);
        }
        return (cost, late, shift, over);
    }
}

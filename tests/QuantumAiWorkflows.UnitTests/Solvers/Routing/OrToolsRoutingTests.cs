using System.Text.Json;
using Google.OrTools.ConstraintSolver;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.OrToolsRouting;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>What the model that goes to OR-Tools says of each feature, and what hostile numbers do to it: nothing.</summary>
public sealed class OrToolsRoutingTests
{
    private static readonly ISolver Solver = Registered.All.Single(s => s.Info.Id == "ortools-routing");

    [Fact]
    public void Finds_the_best_of_all_plans_with_every_feature()
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            var problem = RandomRouting.Everything(seed, count: 5);
            var best = EveryPlan(problem).Select(problem.Evaluate).Where(e => e.IsFeasible).Min(e => e.Objective);

            var evaluation = Solve(problem, 1_000);

            evaluation.Violations.Should().BeEmpty();
            evaluation.Objective.Should().Be(best, $"of problem {seed}");
        }
    }

    [Theory]
    // Two stops on opposite sides; the shifts are long enough for one of them each.
    [InlineData(
        """{"vehicles":[{"id":"v","count":2,"start":"d","end":"d","latest":20}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"west"}]}""",
        40
    )]
    // Together they are too far for any vehicle.
    [InlineData(
        """{"vehicles":[{"id":"v","count":2,"start":"d","end":"d","maxDistance":39.9}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"far"}]}""",
        60,
        1
    )]
    // Whoever has no way home stays at the far end.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":null}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"west"}]}""",
        30
    )]
    // The van costs more to set out, the bikes more on the way: 100 + 40 against 2 · 60.
    [InlineData(
        """{"vehicles":[{"id":"van","start":"d","end":"d","fixedCost":100,"capacities":[2]},{"id":"bike","count":2,"start":"d","end":"d","costPerDistance":3,"capacities":[1]}],"stops":[{"id":"a","location":"east","demands":[1]},{"id":"b","location":"west","demands":[1]}]}""",
        120
    )]
    // Of two depots the one beside the stop.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d"},{"id":"w","start":"far","end":"far"}],"stops":[{"id":"a","location":"far"},{"id":"b","location":"east"}]}""",
        20
    )]
    // Leaving out costs less than going there.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"far","skipPenalty":19}]}""",
        39
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"far","skipPenalty":21}]}""",
        40
    )]
    // Neither window of the one leaves time for the other before; 10 and then 30 does.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","latest":45}],"stops":[{"id":"a","location":"east","windows":[{"earliest":0,"latest":9},{"earliest":30,"latest":40}]},{"id":"b","location":"west","windows":[{"earliest":0,"latest":10}]}]}""",
        40
    )]
    // A pair at one place: no way between the two, and yet an order.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","capacities":[1]}],"stops":[{"id":"b","location":"east","deliversFor":"a"},{"id":"a","location":"east","demands":[1]},{"id":"y","location":"east","deliversFor":"x"},{"id":"x","location":"east","demands":[1]}]}""",
        20
    )]
    // Nothing to carry in nothing.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","capacities":[0]}],"stops":[{"id":"a","location":"east","demands":[0]}]}""",
        20
    )]
    // A pair that may be left out is, as a whole.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"far","skipPenalty":5},{"id":"b","location":"d","deliversFor":"a","skipPenalty":5},{"id":"c","location":"east"}]}""",
        30
    )]
    public void Every_feature_means_what_the_referee_means(string members, double objective, int unserved = 0)
    {
        var evaluation = Solve(Read(members), 200);

        evaluation.Violations.Select(v => v.Constraint).Should().Equal(Enumerable.Repeat("unserved", unserved));
        (evaluation.Objective + 40 * unserved).Should().Be(objective);
    }

    [Theory]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","capacities":[1]}],"stops":[{"id":"a","location":"east","demands":[2]},{"id":"b","location":"west","demands":[3]}]}""",
        "unserved",
        "unserved"
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","latest":1}],"stops":[{"id":"a","location":"east"}]}""",
        "unserved"
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"far","latest":1}],"stops":[{"id":"a","location":"east"}]}""",
        "unserved"
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","maxDistance":1}],"stops":[{"id":"a","location":"east"}]}""",
        "unserved"
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"east","windows":[{"earliest":0,"latest":3.3333333333333}]}]}""",
        "unserved"
    )]
    // Open when all vehicles are home: of the two stops one, and of a pair both.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","latest":50}],"stops":[{"id":"a","location":"east","windows":[{"earliest":100,"latest":200}]},{"id":"b","location":"west"}]}""",
        "unserved"
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","latest":50}],"stops":[{"id":"a","location":"east","windows":[{"earliest":100}]},{"id":"b","location":"west","deliversFor":"a"}]}""",
        "unserved"
    )]
    // No whole number lies between the two ends of the shift, in any unit that the other numbers leave room for.
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","earliest":0.33333333333,"latest":0.33333333333}],"stops":[{"id":"a","location":"d","windows":[{"earliest":0,"latest":1e12}]}]}"""
    )]
    [InlineData(
        """{"vehicles":[{"id":"v","start":"d","end":"d","fixedCost":1e12,"costPerDistance":1e12}],"stops":[{"id":"a","location":"east","serviceTime":1e12,"windows":[{"earliest":1e12,"latest":1e12}],"skipPenalty":1e12}]}"""
    )]
    public void What_cannot_be_served_is_left_out(string members, params string[] violations) =>
        Solve(Read(members), 100).Violations.Select(v => v.Constraint).Should().BeSubsetOf([.. violations, "unserved"]);

    [Fact]
    public void Huge_ways_neither_wrap_nor_hide_small_ones()
    {
        var problem = Read(
            """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"west"},{"id":"c","location":"far"}]}""",
            "[[0,1,1,1e12],[1,0,1e12,1],[1,1e12,0,1],[1e12,1,1,0]]"
        );

        Solve(problem, 200).Objective.Should().Be(4);
    }

    [Theory]
    [InlineData("[[0,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]")]
    [InlineData("[[0,1e-300,0,0],[1e-300,0,0,0],[0,0,0,0],[0,0,0,0]]")]
    public void Ways_that_are_next_to_nothing_have_a_plan(string matrix) =>
        Solve(
            Read(
                """{"vehicles":[{"id":"v","start":"d","end":"d"}],"stops":[{"id":"a","location":"east"},{"id":"b","location":"west"}]}""",
                matrix
            ),
            50
        )
            .Violations.Should()
            .BeEmpty();

    [Fact]
    public void Begins_with_the_plan_that_it_is_given()
    {
        var problem = RandomRouting.Everything(3);
        var local = Registered.All.Single(s => s.Info.Id == "local-search-routing");
        var outcome = local.Solve(problem, Registered.Options(local), new SolveContext(new() { Evaluations = 100 }, 1));
        var given = (RoutingSolution)((SolveOutcome.Found)outcome).Best;
        var routing = new WholeRouting(problem, [7, 5, 3, 1, 0, 2, 4, 6], [8, 8]);
        using var library = new RoutingLibraryModel(routing);
        var parameters = RuinAndRecreateParameters.Of(new(), 1, 1);
        RoutingSolution? first = null;
        VoidToVoid take = () => first ??= routing.ToSolution(library.Routes());
        library.Model.AddAtSolutionCallback(take);
        library.Model.CloseModelWithParameters(parameters);

        library.BeginWith(routing.ToRoutes(given));
        library.Model.SolveWithIteratedLocalSearch(parameters);

        GC.KeepAlive(take);
        first.Should().Be(given);
    }

    [Fact]
    public void Refuses_what_it_has_no_room_for_with_the_numbers()
    {
        var check = Solver.Check(
            RandomRouting.Problem(1_500, 1),
            Registered.Options(Solver),
            new() { MemoryMegabytes = 16 }
        );

        check
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Reason = "ortools-routing takes problems of at most 16 megabytes; this one has, or needs, 19.",
                    Limit = 16.0,
                    Unit = "megabytes",
                }
            );
    }

    private static Evaluation Solve(RoutingProblem problem, long plans)
    {
        var outcome = Solver.Solve(
            problem,
            Registered.Options(Solver),
            new SolveContext(new() { Evaluations = plans }, 1)
        );
        return problem.Evaluate(outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best);
    }

    /// <summary>Places on a line: west 10 to the left of the depot d, east 10 and far 20 to the right of it.</summary>
    private static RoutingProblem Read(string members, string? matrix = null)
    {
        var distance = matrix is null ? """{"metric":"euclidean"}""" : $$"""{"metric":"matrix","matrix":{{matrix}}}""";
        using var json = JsonDocument.Parse(
            $$"""
            {"family":"routing","distance":{{distance}},
             "locations":[{"id":"d","x":0,"y":0},{"id":"east","x":10,"y":0},{"id":"west","x":-10,"y":0},{"id":"far","x":20,"y":0}],
            {{members[1..]}}
            """
        );
        var faults = new FaultList();
        var problem = RoutingFamily.Instance.Read(json.RootElement, "", faults);
        faults.Items.Should().BeEmpty();
        return (RoutingProblem)problem!;
    }

    /// <summary>Every order of every set of stops without some of those that may be left out, cut in every way, by every kind of vehicle.</summary>
    private static IEnumerable<RoutingSolution> EveryPlan(RoutingProblem problem)
    {
        var n = problem.Stops.Count;
        for (var set = 0; set < 1 << n; set++)
        {
            int[] stops = [.. Enumerable.Range(0, n).Where(s => (set >> s & 1) == 1)];
            if (Enumerable.Range(0, n).Except(stops).Any(s => problem.Stops[s].SkipPenalty is null))
                continue;
            foreach (var order in Orders(stops))
            foreach (var routes in Cuts(order, problem.Vehicles.Count))
                yield return new(routes);
        }
    }

    private static IEnumerable<List<Route>> Cuts(int[] order, int kinds)
    {
        if (order.Length == 0)
            yield return [];
        for (var k = 1; k <= order.Length; k++)
        for (var kind = 0; kind < kinds; kind++)
            foreach (var rest in Cuts(order[k..], kinds))
                yield return [new(kind, order[..k]), .. rest];
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 0
            ?
            [
                [],
            ]
            : items.SelectMany(first =>
                Orders([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest])
            );
}

using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Encodings;
using QuantumAiWorkflows.UnitTests.Solvers;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingEncodingTests : EncodingContract
{
    private const string Tour = """[{"id":"van","start":"depot","end":"depot","capacities":[9]}]""";

    protected override IEnumerable<Problem> Problems =>
        [
            SomeRouting.Read(SomeRouting.Line(Tour)),
            // Two stops of which a van takes one at a time.
            SomeRouting.Read(
                SomeRouting.Line(
                    """[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[1.5],"fixedCost":2,"costPerDistance":3}]""",
                    """[{"id":"a","location":"A","demands":[1]},{"id":"b","location":"B","demands":[0.75]}]"""
                )
            ),
            SomeRouting.Read(
                SomeRouting.Line(
                    """[{"id":"van","start":"depot","end":null,"capacities":[1]},{"id":"bike","start":"C","end":"depot","capacities":[2]}]""",
                    """[{"id":"a","location":"A","demands":[1],"skipPenalty":1.5},{"id":"b","location":"B","demands":[1]}]"""
                )
            ),
            SomeRouting.Read(SomeRouting.Line()),
        ];

    protected override Solution? Feasible(Problem problem, Xoshiro256 random)
    {
        var routing = (RoutingProblem)problem;
        for (var attempt = 0; attempt < 500; attempt++)
        {
            int[] stops = [.. Enumerable.Range(0, routing.Stops.Count)];
            random.Shuffle<int>(stops);
            var routes = routing
                .Vehicles.SelectMany((v, kind) => Enumerable.Repeat(kind, v.Count))
                .Select(kind => (Kind: kind, Stops: new List<int>()))
                .ToList();
            foreach (var stop in stops)
                if (routing.Stops[stop].SkipPenalty is null || random.NextBoolean())
                    routes[random.NextInt32(routes.Count)].Stops.Add(stop);
            var plan = new RoutingSolution([.. routes.Select(r => new Route(r.Kind, r.Stops))]);
            if (routing.Evaluate(plan).IsFeasible)
                return plan;
        }
        return null;
    }

    [Fact]
    public void A_tour_of_n_stops_takes_n_squared_variables_in_one_hot_rows_and_columns()
    {
        var encoding = Encoded(SomeRouting.Read(SomeRouting.Line(Tour)), new());

        encoding.Qubo.NumVariables.Should().Be(9);
        encoding.Groups.Should().HaveCount(6).And.OnlyContain(g => g.Variables.Count == 3);
        encoding.Variables[1].Name.Should().Be("vehicle 0, position 0: b");
    }

    [Theory]
    [InlineData("exhaustive", """[{"id":"van","start":"depot","end":"depot","capacities":[9]}]""", 6)]
    [InlineData("tabu", """[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[2]}]""", 8)]
    public void Qubo_solvers_find_the_best_plan(string id, string vehicles, double best)
    {
        var problem = SomeRouting.Read(SomeRouting.Line(vehicles));
        var solver = Registered.All.First(s => s.Info.Id == id);

        var outcome = new ViaQubo(solver, new()).Solve(
            problem,
            solver.ReadOptions(null, "", new())!,
            Some.Context(budget: new() { Evaluations = 200_000 })
        );

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        var evaluation = problem.Evaluate(found.Best);
        (evaluation.IsFeasible, evaluation.Objective).Should().Be((true, best));
        outcome.Encoding!.RawFeasible.Should().BeTrue();
        found.IsProven.Should().Be(id == "exhaustive");
    }

    [Fact]
    public void Repair_serves_what_was_left_out_and_visits_nobody_twice()
    {
        var problem = SomeRouting.Read(SomeRouting.Line());
        var encoding = Encoded(problem, new() { Repair = RepairChoice.Default });

        foreach (
            var broken in (string[][])
                [
                    ["van: a b c"],
                    ["van: a a", "van: b a"],
                    [],
                ]
        )
        {
            var mended = encoding.Repair(problem.Plan(broken));
            problem.Evaluate(mended).Violations.Should().BeEmpty();
        }
    }

    [Fact]
    public void What_the_model_has_no_constraint_for_is_refused_with_its_place()
    {
        Refused(
            SomeRouting.Line(
                more: null,
                vehicles: """[{"id":"van","start":"depot","end":"depot","capacities":[9],"latest":30}]"""
            )
        )
            .Reason.Should()
            .Be(
                "The encoding of routing problems has capacities, optional stops and several depots; this one has a shift limit at /vehicles/0/latest."
            );
        Refused(
            SomeRouting.Line(
                stops: """[{"id":"a","location":"A","demands":[1],"windows":[{"earliest":0,"latest":9}]}]"""
            )
        )
            .Reason.Should()
            .EndWith("this one has time windows at /stops/0/windows.");
    }

    [Fact]
    public void Too_many_stops_are_refused_with_the_number_of_variables()
    {
        var stops = string.Join(
            ',',
            Enumerable.Range(0, 250).Select(s => $$"""{"id":"s{{s}}","location":"A","demands":[1]}""")
        );

        var refused = Refused(
            SomeRouting.Line("""[{"id":"van","start":"depot","end":"depot","capacities":[250]}]""", $"[{stops}]")
        );

        (refused.Needed, refused.Limit).Should().Be((62_500, EncodingLimits.MaxVariables));
    }

    private static EncodingResult.Refused Refused(string json) =>
        SomeRouting.Read(json).Encode(new()).Should().BeOfType<EncodingResult.Refused>().Subject;
}

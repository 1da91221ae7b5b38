using System.Text;
using CsCheck;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Generators;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingIdentityTests
{
    [Fact]
    public void The_canonical_record_is_written_in_JCS_order()
    {
        var problem = SomeRouting.Read(
            """
            {"stops":[{"location":"B","id":"p","windows":[{"earliest":5,"latest":9},{"latest":2},{"earliest":7}],"demands":[1.50]},
                      {"id":"d","location":"C","deliversFor":"p","serviceTime":2}],
             "vehicles":[{"start":"B","end":null,"id":"v","capacities":[2],"maxDistance":8,"latest":10}],
             "duration":{"speed":2},"distance":{"metric":"euclidean"},"family":"routing","name":"n","tags":{"a":"b"},
             "locations":[{"y":-0.0,"x":1,"id":"B"},{"id":"C","x":2e0,"y":0}]}
            """
        );

        Encoding
            .UTF8.GetString(problem.CanonicalBytes.Span)
            .Should()
            .Be(
                """
                {"distance":{"metric":"euclidean"},"duration":{"speed":2},"family":"routing",
                "locations":[{"id":"B","x":1,"y":0},{"id":"C","x":2,"y":0}],"schema":1,
                "stops":[{"demands":[1.5],"id":"p","location":"B","serviceTime":0,"windows":[{"earliest":0,"latest":2},{"earliest":5}]},
                {"deliversFor":"p","demands":[-1.5],"id":"d","location":"C","serviceTime":2}],
                "vehicles":[{"capacities":[2],"costPerDistance":1,"count":1,"earliest":0,"end":null,"fixedCost":0,"id":"v","latest":10,"maxDistance":8,"start":"B"}]}
                """.ReplaceLineEndings("")
            );
    }

    [Theory]
    [InlineData(""","duration":null""")]
    [InlineData(""","duration":{"speed":1}""")]
    [InlineData(""","name":"x","notes":"y","schema":1""")]
    public void What_says_nothing_changes_nothing(string more) =>
        SomeRouting.Read(SomeRouting.Line(more: more)).Id.Should().Be(SomeRouting.Read(SomeRouting.Line()).Id);

    [Theory]
    [InlineData("""{"id":"a","location":"A","demands":[1],"windows":[]}""", true)]
    [InlineData("""{"id":"a","location":"A","demands":[1],"windows":[{"earliest":0}]}""", true)]
    [InlineData(
        """{"id":"a","location":"A","demands":[1],"windows":[{"earliest":0,"latest":5},{"earliest":5}]}""",
        true
    )]
    [InlineData(
        """{"id":"a","location":"A","demands":[1.0],"serviceTime":0,"skipPenalty":null,"deliversFor":null}""",
        true
    )]
    [InlineData(
        """{"id":"a","location":"A","demands":[1],"windows":[{"earliest":0,"latest":5},{"earliest":6}]}""",
        false
    )]
    [InlineData("""{"id":"a","location":"A","demands":[1],"skipPenalty":0}""", false)]
    public void A_stop_is_what_it_means(string stop, bool isSame)
    {
        var plain = SomeRouting.Read(SomeRouting.Line(stops: """[{"id":"a","location":"A","demands":[1]}]"""));

        (SomeRouting.Read(SomeRouting.Line(stops: $"[{stop}]")).Id == plain.Id).Should().Be(isSame);
    }

    [Fact]
    public void A_matrix_is_kept()
    {
        const string matrix = "[[0,1.5,2,3],[1,0,1,1],[2,1,0,1],[3,1,1,0]]";
        var json = SomeRouting
            .Line(more: $$""","duration":{"matrix":[[0,9,2,3],[1,0,1,1],[2,1,0,1],[3,1,1,0]]}""")
            .Replace("\"tsplibEuc2d\"", $"\"matrix\",\"matrix\":{matrix}", StringComparison.Ordinal);
        var problem = SomeRouting.Read(json);

        var again = (RoutingProblem)Posted.Again(problem);

        again.Id.Should().Be(problem.Id);
        again.Distances[0, 1].Should().Be(1.5);
        again.Durations[0, 1].Should().Be(9);
        again.Judge("van: a b", "van: c").Should().BeEquivalentTo(problem.Judge("van: a b", "van: c"));
    }

    [Fact]
    public void Its_canonical_bytes_read_back() =>
        Generated.Sample(problem =>
        {
            var again = (RoutingProblem)Posted.Again(problem);
            var plan = new RoutingSolution([new(0, [.. Enumerable.Range(0, problem.Stops.Count)])]);
            return again.Id == problem.Id
                && again.Evaluate(plan).Objective == problem.Evaluate(plan).Objective
                && again.Evaluate(plan).Violations.SequenceEqual(problem.Evaluate(plan).Violations);
        });

    [Fact]
    public void An_answer_reads_back_as_it_was_written() =>
        Generated.Sample(problem =>
        {
            var half = problem.Stops.Count / 2;
            var plan = new RoutingSolution([
                new(0, [.. Enumerable.Range(half, problem.Stops.Count - half)]),
                new(0, []),
                new(0, [.. Enumerable.Range(0, half).Reverse()]),
            ]);
            var json = System.Text.Json.JsonSerializer.SerializeToElement(problem.SolutionToJson(plan));
            return problem.ReadSolution(json, "", new())!.Equals(plan)
                && plan.Routes.All(r => r.Stops.Count > 0)
                && plan.Equals(new RoutingSolution([.. plan.Routes.Reverse()]));
        });

    private static readonly Gen<RoutingProblem> Generated =
        from n in Gen.Int[1, 30]
        from windows in SomeRouting.Among(0, 0.5, 1)
        from seed in Gen.Long[0, 1_000_000]
        select RandomRoutingGenerator.Plant(new() { Customers = n, WindowShare = windows }, seed).Problem;
}

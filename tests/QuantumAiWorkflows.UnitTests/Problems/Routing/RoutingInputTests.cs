using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingInputTests
{
    [Theory]
    [InlineData("locations", "[]", FaultCode.Empty, "/locations")]
    [InlineData("locations/4", """{"id":"C","x":1,"y":2}""", FaultCode.DuplicateEntry, "/locations/4/id")]
    [InlineData("locations/1/x", "1e10", FaultCode.OutOfRange, "/locations/1/x")]
    [InlineData("locations/1/y", "null", FaultCode.MissingMember, "/locations/1/y")]
    [InlineData("locations/1/latitude", "91", FaultCode.OutOfRange, "/locations/1/latitude")]
    [InlineData("locations/1/longitude", "-181", FaultCode.OutOfRange, "/locations/1/longitude")]
    [InlineData("locations/1/longitude", "1", FaultCode.MissingMember, "/locations/1/latitude")]
    [InlineData("locations/1", """{"id":"A"}""", FaultCode.MissingMember, "/locations/1/x")]
    [InlineData(
        "locations/1",
        """{"id":"A","x":1,"y":2,"latitude":1,"longitude":2}""",
        FaultCode.Conflict,
        "/locations/1/latitude"
    )]
    [InlineData("distance/metric", "\"manhattan\"", FaultCode.UnknownValue, "/distance/metric")]
    [InlineData("distance/metric", "\"matrix\"", FaultCode.MissingMember, "/distance/matrix")]
    [InlineData("distance/matrix", "[[0]]", FaultCode.Conflict, "/distance/matrix")]
    [InlineData(
        "distance",
        """{"metric":"matrix","matrix":[[0,1,1,1],[1,0,1,1],[1,1,0,1]]}""",
        FaultCode.LengthMismatch,
        "/distance/matrix"
    )]
    [InlineData(
        "distance",
        """{"metric":"matrix","matrix":[[0,1,1,1],[1,0,1],[1,1,0,1],[1,1,1,0]]}""",
        FaultCode.Ragged,
        "/distance/matrix/1"
    )]
    [InlineData(
        "distance",
        """{"metric":"matrix","matrix":[[0,1,-1,1],[1,0,1,1],[1,1,0,1],[1,1,1,0]]}""",
        FaultCode.OutOfRange,
        "/distance/matrix/0/2"
    )]
    [InlineData(
        "distance",
        """{"metric":"matrix","matrix":[[0,1,1,1],[1,0,1,1],[1,1,7,1],[1,1,1,0]]}""",
        FaultCode.OutOfRange,
        "/distance/matrix/2/2"
    )]
    [InlineData(
        "distance",
        """{"metric":"matrix","matrix":[[0,1e999,1,1],[1,0,1,1],[1,1,0,1],[1,1,1,0]]}""",
        FaultCode.NotFinite,
        "/distance/matrix/0/1"
    )]
    [InlineData("duration", "{}", FaultCode.MissingMember, "/duration")]
    [InlineData("duration", """{"speed":0}""", FaultCode.OutOfRange, "/duration/speed")]
    [InlineData(
        "duration",
        """{"speed":1,"matrix":[[0,1,1,1],[1,0,1,1],[1,1,0,1],[1,1,1,0]]}""",
        FaultCode.Conflict,
        "/duration/speed"
    )]
    [InlineData("duration", """{"matrix":[[0]]}""", FaultCode.LengthMismatch, "/duration/matrix")]
    [InlineData("vehicles", "[]", FaultCode.Empty, "/vehicles")]
    [InlineData("vehicles/0", """{"id":"van","start":"depot"}""", FaultCode.MissingMember, "/vehicles/0/end")]
    [InlineData("vehicles/0/start", "\"nowhere\"", FaultCode.IndexOutOfRange, "/vehicles/0/start")]
    [InlineData("vehicles/0/end", "\"nowhere\"", FaultCode.IndexOutOfRange, "/vehicles/0/end")]
    [InlineData("vehicles/0/count", "0", FaultCode.OutOfRange, "/vehicles/0/count")]
    [InlineData("vehicles/0/capacities", "[-1]", FaultCode.OutOfRange, "/vehicles/0/capacities/0")]
    [InlineData("vehicles/0/costPerDistance", "-1", FaultCode.OutOfRange, "/vehicles/0/costPerDistance")]
    [InlineData(
        "vehicles/0",
        """{"id":"van","start":"depot","end":null,"capacities":[2],"earliest":5,"latest":4}""",
        FaultCode.OutOfRange,
        "/vehicles/0/latest"
    )]
    [InlineData(
        "vehicles/1",
        """{"id":"van","start":"depot","end":null,"capacities":[2]}""",
        FaultCode.DuplicateEntry,
        "/vehicles/1/id"
    )]
    [InlineData(
        "vehicles/1",
        """{"id":"bike","start":"depot","end":null,"capacities":[2,3]}""",
        FaultCode.LengthMismatch,
        "/vehicles/1/capacities"
    )]
    [InlineData("stops", "[]", FaultCode.Empty, "/stops")]
    [InlineData("stops/1/id", "\"a\"", FaultCode.DuplicateEntry, "/stops/1/id")]
    [InlineData("stops/1/location", "\"nowhere\"", FaultCode.IndexOutOfRange, "/stops/1/location")]
    [InlineData("stops/1/demands", "[-1]", FaultCode.OutOfRange, "/stops/1/demands/0")]
    [InlineData("stops/1/demands", "[1,2]", FaultCode.LengthMismatch, "/stops/1/demands")]
    [InlineData("stops/1/serviceTime", "-1", FaultCode.OutOfRange, "/stops/1/serviceTime")]
    [InlineData(
        "stops/1/windows",
        """[{"earliest":5,"latest":4}]""",
        FaultCode.OutOfRange,
        "/stops/1/windows/0/latest"
    )]
    [InlineData("stops/1/skipPenalty", "-1", FaultCode.OutOfRange, "/stops/1/skipPenalty")]
    [InlineData("stops/1/deliversFor", "\"b\"", FaultCode.Conflict, "/stops/1/deliversFor")]
    [InlineData("stops/1/deliversFor", "\"z\"", FaultCode.IndexOutOfRange, "/stops/1/deliversFor")]
    [InlineData(
        "stops/1",
        """{"id":"b","location":"B","deliversFor":"a","demands":[-2]}""",
        FaultCode.Conflict,
        "/stops/1/demands/0"
    )]
    [InlineData(
        "stops/1",
        """{"id":"b","location":"B","deliversFor":"a","skipPenalty":1}""",
        FaultCode.Conflict,
        "/stops/1/skipPenalty"
    )]
    [InlineData("schema", "2", FaultCode.OutOfRange, "/schema")]
    [InlineData("depot", "1", FaultCode.UnknownMember, "/depot")]
    public void Names_what_is_wrong_and_where(string path, string value, FaultCode code, string pointer)
    {
        var json = JsonNode.Parse(SomeRouting.Line())!;
        if (path.Split('/') is [var list, var at] && int.TryParse(at, CultureInfo.InvariantCulture, out var index))
        {
            // In place of an item, or behind the last.
            var items = json[list]!.AsArray();
            if (index < items.Count)
                items[index] = JsonNode.Parse(value);
            else
                items.Add(JsonNode.Parse(value));
        }
        else
            json.Set(path, JsonNode.Parse(value));

        var fault = Posted.Faults(json.ToJsonString()).Items.Should().ContainSingle().Subject;

        (fault.Code, fault.Pointer).Should().Be((code, $"/problem{pointer}"));
        fault.Detail.Should().NotBeEmpty();
    }

    [Fact]
    public void Names_everything_at_once() =>
        Posted
            .Faults(
                SomeRouting.Line(
                    """[{"id":"van","start":"nowhere","end":"depot","capacities":[2]},{"id":"van","start":"depot","end":null}]""",
                    """[{"id":"a","location":"Q","demands":[1,1]},{"id":"a","location":"B","windows":[{"earliest":2,"latest":1}]}]"""
                )
            )
            .Items.Select(f => f.Pointer)
            .Should()
            .BeEquivalentTo(
                "/problem/vehicles/1/id",
                "/problem/vehicles/0/start",
                "/problem/vehicles/1/capacities",
                "/problem/stops/1/id",
                "/problem/stops/0/location",
                "/problem/stops/0/demands",
                "/problem/stops/1/windows/0/latest"
            );

    /// <summary>b delivers for a; then c delivers for one that has its delivery already, or for a delivery.</summary>
    [Theory]
    [InlineData("a", FaultCode.DuplicateEntry)]
    [InlineData("b", FaultCode.Conflict)]
    public void Pickups_and_deliveries_are_pairs(string pickup, FaultCode code)
    {
        var stops = $$"""
            [{"id":"a","location":"A","demands":[1]},{"id":"b","location":"B","deliversFor":"a"},
             {"id":"c","location":"C","deliversFor":"{{pickup}}"}]
            """;

        var fault = Posted.Faults(SomeRouting.Line(stops: stops)).Items.Should().ContainSingle().Subject;

        (fault.Code, fault.Pointer).Should().Be((code, "/problem/stops/2/deliversFor"));
    }

    [Theory]
    [InlineData(
        """{"routes":[{"vehicle":"van","stops":["z"]}]}""",
        FaultCode.IndexOutOfRange,
        "/solution/routes/0/stops/0"
    )]
    [InlineData(
        """{"routes":[{"vehicle":"ship","stops":["a"]}]}""",
        FaultCode.IndexOutOfRange,
        "/solution/routes/0/vehicle"
    )]
    [InlineData("""{"routes":[{"vehicle":"van"}]}""", FaultCode.MissingMember, "/solution/routes/0/stops")]
    [InlineData("""{"routes":null}""", FaultCode.WrongType, "/solution/routes")]
    public void An_answer_names_what_the_problem_has(string answer, FaultCode code, string pointer)
    {
        var faults = new FaultList();
        using var json = System.Text.Json.JsonDocument.Parse(answer);

        SomeRouting.Read(SomeRouting.Line()).ReadSolution(json.RootElement, "/solution", faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        (fault.Code, fault.Pointer).Should().Be((code, pointer));
    }

    /// <summary>Whatever stands at whatever place: a problem or faults, never an exception; and what was read can be judged.</summary>
    [Fact]
    public void Random_values_never_throw()
    {
        var paths = SomeRouting.Among(
            "locations/0/id",
            "locations/1/x",
            "distance/metric",
            "distance/matrix",
            "duration",
            "vehicles/0/start",
            "vehicles/0/end",
            "vehicles/0/capacities",
            "vehicles/0/latest",
            "vehicles/0/maxDistance",
            "vehicles/0/fixedCost",
            "stops/0/location",
            "stops/0/demands",
            "stops/1/windows",
            "stops/1/deliversFor",
            "stops/2/skipPenalty",
            "stops/2/serviceTime"
        );
        var values = SomeRouting.Among(
            "null",
            "0",
            "-0.0",
            "1e12",
            "1e-300",
            "0.1",
            "\"a\"",
            "\"depot\"",
            "\"matrix\"",
            "\"euclidean\"",
            "[]",
            "[0]",
            "[0.3]",
            "{}",
            "{\"speed\":3}",
            "[{\"earliest\":1},{\"latest\":0.5}]",
            "true"
        );
        Gen.Select(paths, values)
            .Array[1, 4]
            .Sample(edits =>
            {
                var json = JsonNode.Parse(SomeRouting.Line())!;
                foreach (var (path, value) in edits)
                    json.Set(path, JsonNode.Parse(value));
                var faults = new FaultList();
                var problem = Posted.Read(json.ToJsonString(), "", faults);
                if (problem is not QuantumAiWorkflows.Problems.Routing.RoutingProblem routing)
                    return !faults.IsEmpty;
                var plan = routing.Plan("van: a b", "van: c");
                return faults.IsEmpty
                    && double.IsFinite(routing.Evaluate(plan).Objective)
                    && Posted.Again(routing).Id == routing.Id
                    && routing.Details(plan) is not null
                    && routing.Draw(plan, "svg").Length > 0;
            });
    }
}

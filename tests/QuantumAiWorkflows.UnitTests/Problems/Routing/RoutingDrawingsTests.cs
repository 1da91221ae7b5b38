using System.Text.Json;
using System.Xml.Linq;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Generators;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

public sealed class RoutingDrawingsTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_map_has_a_line_for_each_route_and_a_point_for_each_stop()
    {
        var (problem, plan) = RandomRoutingGenerator.Plant(new() { Customers = 50 }, 1);

        var svg = XDocument.Parse(problem.Draw(plan, "svg")).Root!;

        svg.Name.Should().Be(Svg + "svg");
        svg.Descendants(Svg + "polyline").Should().HaveCount(plan.Routes.Count);
        svg.Descendants(Svg + "circle").Should().HaveCount(50);
        svg.Descendants(Svg + "text")
            .Select(t => t.Value)
            .Should()
            .Contain(t => t.StartsWith("cost ", StringComparison.Ordinal));
        Inside(svg);
    }

    [Fact]
    public void Left_out_stops_are_crosses()
    {
        var (problem, plan) = RandomRoutingGenerator.Plant(new() { Customers = 20 }, 1);
        var partial = new RoutingSolution([.. plan.Routes.Skip(1)]);

        XDocument
            .Parse(problem.Draw(partial, "svg"))
            .Descendants(Svg + "path")
            .Should()
            .HaveCount(plan.Routes[0].Stops.Count);
    }

    /// <summary>A plan of lengths alone has no time at which a route is over; a line alone has no direction.</summary>
    [Theory]
    [InlineData("", "1 van: 2 stops, distance 4")]
    [InlineData(""","latest":9""", "1 van: 2 stops, distance 4, until 4")]
    public void A_map_numbers_the_visits_and_names_what_its_figures_are(string ofVan, string legend)
    {
        var problem = SomeRouting.Read(
            SomeRouting.Line($$"""[{"id":"van","start":"depot","end":"depot","capacities":[3]{{ofVan}}}]""")
        );

        var texts = XDocument
            .Parse(problem.Draw(problem.Plan("van: b a"), "svg"))
            .Descendants(Svg + "text")
            .Select(t => t.Value);

        texts.Should().Contain([legend, "1 b", "2 a", "c"]);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>&\"'\u0000\u202E\uFFFE")]
    public void Names_are_text_and_nothing_else(string name)
    {
        var id = JsonSerializer.Serialize(name);
        var problem = SomeRouting.Read(
            $$"""
            {"family":"routing","locations":[{"id":{{id}},"x":0,"y":0},{"id":"b","x":0,"y":0}],"distance":{"metric":"euclidean"},
             "vehicles":[{"id":{{id}},"start":{{id}},"end":null}],"stops":[{"id":{{id}},"location":{{id}}},{"id":"=1+1","location":"b","skipPenalty":1}]}
            """
        );
        var plan = new RoutingSolution([new(0, [0])]);

        var svg = XDocument.Parse(problem.Draw(plan, "svg"));

        svg.Descendants(Svg + "script").Should().BeEmpty();
        svg.ToString().Should().Contain("&lt;script&gt;").And.NotContain("\u202E");
        problem.Draw(plan, "csv").Should().Contain("'=1+1");
    }

    [Fact]
    public void Without_coordinates_there_are_lines_of_time()
    {
        var problem = SomeRouting.Read(
            """
            {"family":"routing","locations":[{"id":"d"},{"id":"e"}],"distance":{"metric":"matrix","matrix":[[0,5],[5,0]]},
             "vehicles":[{"id":"v","count":2,"start":"d","end":"d"}],
             "stops":[{"id":"1","location":"e","serviceTime":2,"windows":[{"earliest":7}]},{"id":"2","location":"e"}]}
            """
        );

        var svg = XDocument.Parse(problem.Draw(problem.Plan("v: 1", "v: 2"), "svg")).Root!;

        svg.Descendants(Svg + "rect").Should().HaveCount(3, "the ground and two services");
        svg.Descendants(Svg + "line")
            .Should()
            .Contain(l => (string?)l.Attribute("stroke-dasharray") == "2 4", "it waits for 7");
        Inside(svg);
        problem.Drawings.Keys.Should().BeEquivalentTo("svg", "csv");
        var draw = () => problem.Draw(problem.Plan("v: 1"), "geojson");
        draw.Should().Throw<NotSupportedException>();
    }

    [Fact]
    public void Geojson_has_longitude_first()
    {
        var problem = SomeRouting.Read(
            """
            {"family":"routing","locations":[{"id":"d","latitude":48.1,"longitude":11.5},{"id":"e","latitude":48.2,"longitude":11.6}],
             "distance":{"metric":"haversine"},"duration":{"speed":10},"vehicles":[{"id":"v","start":"d","end":"d"}],
             "stops":[{"id":"1","location":"e"},{"id":"2","location":"e","skipPenalty":5}]}
            """
        );
        problem.Drawings["geojson"].Should().Be("application/geo+json");

        using var json = JsonDocument.Parse(problem.Draw(problem.Plan("v: 1"), "geojson"));

        var features = json.RootElement.GetProperty("features").EnumerateArray().ToArray();
        features
            .Select(f => f.GetProperty("properties").GetProperty("kind").GetString())
            .Should()
            .Equal("route", "depot", "stop", "stop");
        features[0]
            .GetProperty("geometry")
            .GetRawText()
            .Should()
            .Be("""{"type":"LineString","coordinates":[[11.5,48.1],[11.6,48.2],[11.5,48.1]]}""");
        features[3].GetProperty("properties").GetProperty("served").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public void The_table_has_a_row_for_each_visit()
    {
        var problem = SomeRouting.Read(SomeRouting.Line());

        problem
            .Draw(problem.Plan("van: a b"), "csv")
            .Should()
            .Be(
                "route,vehicle,position,stop,location,arrival,waiting,serviceStart,departure,distance,load\r\n"
                    + "1,van,1,a,A,1,0,1,1,1,1\r\n"
                    + "1,van,2,b,B,2,0,2,2,2,2\r\n"
                    + "1,van,3,,depot,4,,,,4,\r\n"
                    + ",,,c,C,,,,,,\r\n"
            );
    }

    [Fact]
    public void Every_drawing_of_an_empty_plan_is_drawn()
    {
        var problem = SomeRouting.Read(SomeRouting.Line());

        foreach (var format in problem.Drawings.Keys)
            problem.Draw(new RoutingSolution([]), format).Should().NotBeEmpty();
    }

    /// <summary>Nothing is drawn beyond the edges.</summary>
    private static void Inside(XElement svg)
    {
        double Of(XElement element, string name) =>
            double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var (width, height) = (Of(svg, "width"), Of(svg, "height"));
        foreach (var circle in svg.Descendants(Svg + "circle"))
        {
            Of(circle, "cx").Should().BeInRange(0, width);
            Of(circle, "cy").Should().BeInRange(0, height);
        }
        foreach (var text in svg.Descendants(Svg + "text"))
        {
            Of(text, "x").Should().BeInRange(0, width);
            Of(text, "y").Should().BeInRange(0, height);
        }
    }
}

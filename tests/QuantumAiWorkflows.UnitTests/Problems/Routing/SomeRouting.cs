using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing;

/// <summary>Small routing problems whose numbers can be followed by hand.</summary>
internal static class SomeRouting
{
    /// <summary>
    /// Stops a, b, c at x = 1, 2, 3 of a line from the depot at 0; each takes 1; two vans of capacity 2, free of limits. Any
    /// member may be replaced.
    /// </summary>
    public static string Line(string? vehicles = null, string? stops = null, string? more = null) =>
        $$"""
            {"family":"routing",
             "locations":[{"id":"depot","x":0,"y":0},{"id":"A","x":1,"y":0},{"id":"B","x":2,"y":0},{"id":"C","x":3,"y":0}],
             "distance":{"metric":"tsplibEuc2d"},
             "vehicles":{{vehicles ?? """[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[2]}]"""}},
             "stops":{{stops ?? """
            [{"id":"a","location":"A","demands":[1]},{"id":"b","location":"B","demands":[1]},{"id":"c","location":"C","demands":[1]}]
            """}}{{more}}}
            """;

    public static RoutingProblem Read(string json)
    {
        var faults = new FaultList();
        var problem = Posted.Read(json, "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (RoutingProblem)problem!;
    }

    /// <param name="routes">Each as "van: a b", by ids.</param>
    public static RoutingSolution Plan(this RoutingProblem problem, params string[] routes) =>
        new([
            .. routes.Select(route =>
            {
                var parts = route.Split(':', ' ');
                var vehicle = problem.Vehicles.Select((v, i) => (v.Id, i)).Single(v => v.Id == parts[0]).i;
                var stops = parts[1..]
                    .Where(id => id.Length > 0)
                    .Select(id => problem.Stops.Select((s, i) => (s.Id, i)).Single(s => s.Id == id).i);
                return new Route(vehicle, [.. stops]);
            }),
        ]);

    public static Evaluation Judge(this RoutingProblem problem, params string[] routes) =>
        problem.Evaluate(problem.Plan(routes));
}

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>The ways to draw a plan, by the value of <c>?format=</c>.</summary>
internal static class RoutingDrawings
{
    private static readonly Dictionary<string, string> Everywhere = new()
    {
        ["svg"] = "image/svg+xml",
        ["csv"] = "text/csv",
    };

    private static readonly Dictionary<string, string> OnEarth = new(Everywhere)
    {
        ["geojson"] = "application/geo+json",
    };

    public static IReadOnlyDictionary<string, string> Of(RoutingProblem problem) =>
        problem.Locations.All(l => l.Latitude is not null) ? OnEarth : Everywhere;

    public static string Draw(RoutingProblem problem, RoutingSolution solution, string format) =>
        format switch
        {
            "svg"
                when problem.Locations.All(l => l.X is not null)
                    || problem.Locations.All(l => l.Latitude is not null) => RouteMap.Draw(problem, solution),
            "svg" => RouteTimeLines.Draw(problem, solution),
            "csv" => VisitTable.Write(problem, solution),
            "geojson" when Of(problem).ContainsKey(format) => RouteFeatures.Write(problem, solution),
            _ => throw new NotSupportedException($"No {format} of this routing plan."),
        };
}

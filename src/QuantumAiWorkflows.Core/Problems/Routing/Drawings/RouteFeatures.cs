using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>
/// GeoJSON (RFC 7946): a line for each route, a point for each depot and stop; longitude first. Lines are straight between stops,
/// not along roads.
/// </summary>
internal static class RouteFeatures
{
    public static string Write(RoutingProblem problem, RoutingSolution solution)
    {
        var features = new JsonArray();
        var units = problem.Units;
        var order = new Dictionary<int, (int Route, int Position, Visit Visit)>();
        for (var r = 0; r < solution.Routes.Count; r++)
        {
            var driven = new DrivenRoute(problem, solution.Routes[r]);
            foreach (var (k, visit) in driven.Schedule.Visits.Index())
                order.TryAdd(visit.Stop, (r + 1, k + 1, visit));
            features.Add(
                Feature(
                    "LineString",
                    new JsonArray([.. driven.Places().Select(place => Position(problem.Locations[place]))]),
                    new()
                    {
                        ["kind"] = "route",
                        ["route"] = r + 1,
                        ["vehicle"] = driven.Vehicle.Id,
                        ["stops"] = driven.Route.Stops.Count,
                        ["distance"] = units.Distance.Back(driven.Schedule.Distance),
                        ["finish"] = units.Time.Back(driven.Schedule.Finish),
                        ["stroke"] = Palette.Of(r),
                    }
                )
            );
        }
        foreach (var place in problem.Vehicles.SelectMany(v => new[] { v.Start, v.End ?? v.Start }).Distinct())
            features.Add(
                Feature(
                    "Point",
                    Position(problem.Locations[place]),
                    new() { ["kind"] = "depot", ["location"] = problem.Locations[place].Id }
                )
            );
        for (var s = 0; s < problem.Stops.Count; s++)
        {
            var stop = problem.Stops[s];
            var properties = new JsonObject
            {
                ["kind"] = "stop",
                ["stop"] = stop.Id,
                ["served"] = order.ContainsKey(s),
            };
            if (order.TryGetValue(s, out var served))
            {
                properties["route"] = served.Route;
                properties["position"] = served.Position;
                properties["arrival"] = units.Time.Back(served.Visit.Arrival);
                properties["serviceStart"] = units.Time.Back(served.Visit.Start);
            }
            features.Add(Feature("Point", Position(problem.Locations[stop.Location]), properties));
        }
        return new JsonObject { ["type"] = "FeatureCollection", ["features"] = features }.ToJsonString();
    }

    private static JsonObject Feature(string type, JsonArray coordinates, JsonObject properties) =>
        new()
        {
            ["type"] = "Feature",
            ["geometry"] = new JsonObject { ["type"] = type, ["coordinates"] = coordinates },
            ["properties"] = properties,
        };

    private static JsonArray Position(RoutingLocation location) =>
        new(location.Longitude!.Value, location.Latitude!.Value);
}

using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>What was understood of a posted routing problem: totals against limits, and what is easily left out by mistake.</summary>
internal static class RoutingSummary
{
    public static JsonObject Of(RoutingProblem problem)
    {
        var stops = problem.Stops;
        var vehicles = problem.Vehicles;
        return new()
        {
            ["stops"] = stops.Count,
            ["locations"] = problem.Locations.Count,
            ["metric"] = JsonNames.Of(problem.Metric),
            ["symmetric"] = problem.Distances.IsSymmetric,
            ["longestDistance"] = problem.Distances.Largest,
            ["exactObjectives"] = problem.HasExactObjectives,
            ["vehicles"] = vehicles.Sum(v => (long)v.Count),
            ["vehicleKinds"] = vehicles.Count,
            ["depots"] = vehicles.Select(v => v.Start).Distinct().Count(),
            ["openRoutes"] = vehicles.Any(v => v.End is null),
            ["totalDemands"] = Array(Totals(problem)),
            ["totalCapacities"] = Array(
                Enumerable.Range(0, problem.Dimensions).Select(d => vehicles.Sum(v => v.Count * v.Capacities[d]))
            ),
            ["optionalStops"] = stops.Count(s => s.SkipPenalty is not null),
            ["stopsWithWindows"] = stops.Count(s => s.Windows.Length > 0),
            ["pickupsWithDelivery"] = stops.Count(s => s.DeliversFor is not null),
        };
    }

    /// <summary>What all stops take; what is delivered again is counted once.</summary>
    private static IEnumerable<double> Totals(RoutingProblem problem) =>
        Enumerable.Range(0, problem.Dimensions).Select(d => problem.Stops.Sum(s => Math.Max(0, s.Demands[d])));

    private static JsonArray Array(IEnumerable<double> values) => [.. values.Select(v => JsonValue.Create(v))];
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Another problem of the same coordinates and loads: the columns of x and of y are shuffled apart from each other, and what the
/// stops take is dealt out anew. Fleet and totals stay, so that vehicles are as scarce as before.
/// </summary>
internal static class RoutingLookalike
{
    /// <summary>Null where shuffled places might make it infeasible (times, longest routes, pickups), or where distances are a matrix.</summary>
    public static RoutingProblem? Of(RoutingProblem problem, long seed)
    {
        if (
            problem.Metric == DistanceMetric.Matrix
            || problem.Vehicles.Any(v => double.IsFinite(v.Latest) || v.MaxDistance is not null)
            || problem.Stops.Any(s => s.Windows.Length > 0 || s.DeliversFor is not null)
        )
            return null;
        var random = Xoshiro256.FromSeed((ulong)seed, "routing-lookalike");
        var first = problem.Locations.Select(l => (l.X, l.Latitude)).ToArray();
        var second = problem.Locations.Select(l => (l.Y, l.Longitude)).ToArray();
        random.Shuffle(first.AsSpan());
        random.Shuffle(second.AsSpan());
        var locations = problem
            .Locations.Select(
                (l, i) => new RoutingLocation(l.Id, first[i].X, second[i].Y, first[i].Latitude, second[i].Longitude)
            )
            .ToArray();
        var loads = problem.Stops.ToArray();
        random.Shuffle(loads.AsSpan());
        var stops = problem
            .Stops.Select(
                (s, i) =>
                    s with
                    {
                        Demands = loads[i].Demands,
                        ServiceTime = loads[i].ServiceTime,
                        SkipPenalty = loads[i].SkipPenalty,
                    }
            )
            .ToArray();
        var distances = TravelTable.OfLocations(locations, problem.Metric);
        var durations = problem.Speed is { } speed ? TravelTable.AtSpeed(distances, speed) : distances;
        return new(locations, problem.Metric, distances, durations, problem.Speed, problem.Vehicles, stops);
    }
}

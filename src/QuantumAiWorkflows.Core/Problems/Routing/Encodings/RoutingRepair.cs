namespace QuantumAiWorkflows.Problems.Routing.Encodings;

/// <summary>
/// Mends a plan: of several visits to a stop the first stays, what is too much for a vehicle is taken out from the end of its
/// route, and stops that must be served and are in no route go where they cost least. What fits nowhere stays out.
/// </summary>
internal static class RoutingRepair
{
    /// <summary>O(n²) for n stops.</summary>
    public static RoutingSolution Of(RoutingProblem problem, RoutingSolution solution)
    {
        var routes = new List<(int Vehicle, List<int> Stops)>();
        var served = new bool[problem.Stops.Count];
        foreach (var route in solution.Routes)
        {
            var stops = new List<int>();
            foreach (var stop in route.Stops)
                if (!served[stop] && Fits(problem, route.Vehicle, stops, stop))
                {
                    stops.Add(stop);
                    served[stop] = true;
                }
            routes.Add((route.Vehicle, stops));
        }
        for (var v = 0; v < problem.Vehicles.Count; v++)
            if (routes.Count(r => r.Vehicle == v) < problem.Vehicles[v].Count)
                routes.Add((v, []));
        for (var stop = 0; stop < served.Length; stop++)
            if (!served[stop] && problem.Stops[stop].SkipPenalty is null)
                Insert(problem, routes, stop);
        return new([.. routes.Select(r => new Route(r.Vehicle, r.Stops))]);
    }

    private static void Insert(RoutingProblem problem, List<(int Vehicle, List<int> Stops)> routes, int stop)
    {
        var (best, least) = ((Route: -1, Place: 0), double.PositiveInfinity);
        for (var r = 0; r < routes.Count; r++)
        {
            if (!Fits(problem, routes[r].Vehicle, routes[r].Stops, stop))
                continue;
            for (var place = 0; place <= routes[r].Stops.Count; place++)
                if (Detour(problem, routes[r], place, stop) is var cost && cost < least)
                    (best, least) = ((r, place), cost);
        }
        if (best.Route < 0)
            return;
        var chosen = routes[best.Route];
        // An unused vehicle stands for all that are left of its kind: another takes its place.
        if (
            chosen.Stops.Count == 0
            && routes.Count(r => r.Vehicle == chosen.Vehicle) < problem.Vehicles[chosen.Vehicle].Count
        )
            routes.Add((chosen.Vehicle, []));
        chosen.Stops.Insert(best.Place, stop);
    }

    private static double Detour(RoutingProblem problem, (int Vehicle, List<int> Stops) route, int place, int stop)
    {
        var vehicle = problem.Vehicles[route.Vehicle];
        var at = problem.Stops[stop].Location;
        var before = place == 0 ? vehicle.Start : problem.Stops[route.Stops[place - 1]].Location;
        var after = place == route.Stops.Count ? vehicle.End : problem.Stops[route.Stops[place]].Location;
        var way = problem.Distances[before, at];
        if (after is { } next)
            way += problem.Distances[at, next] - (route.Stops.Count == 0 ? 0 : problem.Distances[before, next]);
        return vehicle.CostPerDistance * way + (route.Stops.Count == 0 ? vehicle.FixedCost : 0);
    }

    private static bool Fits(RoutingProblem problem, int vehicle, List<int> stops, int stop)
    {
        for (var d = 0; d < problem.Dimensions; d++)
        {
            var load = stops.Append(stop).Sum(s => problem.Units.Load.Of(problem.Stops[s].Demands[d]));
            if (problem.Units.Load.Above(load, problem.Vehicles[vehicle].Capacities[d]) > 0)
                return false;
        }
        return true;
    }
}

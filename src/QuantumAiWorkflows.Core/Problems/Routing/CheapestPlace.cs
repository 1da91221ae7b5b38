namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Where a stop that was left out would fit into a plan at the least extra cost: every position of every route, and an unused
/// vehicle. Deliveries are tried at every position behind their pickup.
/// </summary>
internal sealed class CheapestPlace(RoutingProblem problem, RoutingSolution solution)
{
    /// <summary>
    /// Visits simulated in all, some seconds at most: for thousands of stops left out of long routes, the last ones are not
    /// tried, and then pass as fitting only jointly, a heuristic answer as it says.
    /// </summary>
    private long _left = 20_000_000;

    private readonly DrivenRoute[] _routes = [.. solution.Routes.Select(r => new DrivenRoute(problem, r))];
    private readonly HashSet<int> _served = [.. solution.Routes.SelectMany(r => r.Stops)];
    private readonly int[] _unused =
    [
        .. problem.Vehicles.Select((kind, v) => kind.Count - solution.Routes.Count(r => r.Vehicle == v)),
    ];

    /// <summary>The extra cost; null where it fits nowhere.</summary>
    public double? Of(int stop)
    {
        var pickup = problem.Stops[stop].DeliversFor;
        var delivery = problem.DeliveryOf(stop);
        // Half of an errand is on its way already: then only the route of that half will do.
        var half = (pickup ?? delivery) is { } other && _served.Contains(other) ? other : (int?)null;
        double? best = null;
        foreach (var route in _routes)
            if (half is not { } fixedStop || route.Route.Stops.Contains(fixedStop))
                foreach (var stops in Tries(route.Route.Stops, stop, pickup, delivery, half))
                    Try(route.Route.Vehicle, stops, route.Cost, ref best);
        if (half is null)
            for (var v = 0; v < problem.Vehicles.Count; v++)
                if (_unused[v] > 0)
                    foreach (var stops in Tries([], stop, pickup, delivery, null))
                        Try(v, stops, 0, ref best);
        return best;
    }

    private void Try(int vehicle, List<int> stops, double before, ref double? best)
    {
        if ((_left -= stops.Count) < 0)
            return;
        var schedule = new RouteSchedule(problem, problem.Vehicles[vehicle], stops);
        if (!schedule.Holds(problem, problem.Vehicles[vehicle]))
            return;
        var extra = RoutingReferee.RouteCost(problem, vehicle, schedule) - before;
        if (best is null || extra < best)
            best = extra;
    }

    private IEnumerable<List<int>> Tries(IReadOnlyList<int> stops, int stop, int? pickup, int? delivery, int? half)
    {
        var (first, second) = pickup is { } p ? (p, stop) : (stop, delivery ?? -1);
        for (var i = 0; i <= stops.Count && _left > 0; i++)
            if (half is not null || second < 0)
            {
                var isInOrder = half is not { } h || (stops.IndexOf(h) < i) == (h == first);
                if (isInOrder)
                    yield return [.. stops.Take(i), stop, .. stops.Skip(i)];
            }
            else
                for (var j = i; j <= stops.Count && _left > 0; j++)
                    yield return [.. stops.Take(i), first, .. stops.Skip(i).Take(j - i), second, .. stops.Skip(j)];
    }
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<int> list, int value)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == value)
                return i;
        return -1;
    }
}

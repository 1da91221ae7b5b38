using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// What a route costs and whether it holds, for every feature of the family, by driving it once: O(length). In doubles; the
/// referee's word is final.
/// </summary>
internal sealed class RouteRules(RoutingProblem problem)
{
    /// <summary>As a share of a limit: above the rounding of sums, below what the referee lets pass.</summary>
    private const double Rounding = 1e-11;

    private readonly double[] _load = new double[problem.Dimensions];
    private readonly int[] _seen = new int[problem.Stops.Count];
    private int _route;

    /// <summary>0 for a route without stops.</summary>
    public double Cost(int vehicle, ReadOnlySpan<int> stops)
    {
        if (stops.IsEmpty)
            return 0;
        var kind = problem.Vehicles[vehicle];
        return kind.FixedCost + kind.CostPerDistance * Distance(kind, stops);
    }

    /// <summary>True when the vehicle may drive it, pairs of pickup and delivery complete and in order.</summary>
    public bool Holds(int vehicle, ReadOnlySpan<int> stops)
    {
        var kind = problem.Vehicles[vehicle];
        _load.AsSpan().Clear();
        _route++;
        var (at, time, open) = (kind.Start, kind.Earliest, 0);
        foreach (var s in stops)
        {
            var stop = problem.Stops[s];
            _seen[s] = _route;
            if (stop.DeliversFor is { } pickup)
            {
                if (_seen[pickup] != _route)
                    return false;
                open--;
            }
            else if (problem.DeliveryOf(s) is not null)
                open++;
            for (var d = 0; d < _load.Length; d++)
                if (IsAbove(_load[d] += stop.Demands[d], kind.Capacities[d]))
                    return false;
            if (Begin(stop.Windows, time + problem.Durations[at, stop.Location]) is not { } start)
                return false;
            time = start + stop.ServiceTime;
            if (IsAbove(time, kind.Latest))
                return false;
            at = stop.Location;
        }
        if (kind.End is { } end)
            time += problem.Durations[at, end];
        return open == 0
            && !IsAbove(time, kind.Latest)
            && !(kind.MaxDistance is { } most && IsAbove(Distance(kind, stops), most));
    }

    private double Distance(RoutingVehicle kind, ReadOnlySpan<int> stops)
    {
        var (at, distance) = (kind.Start, 0.0);
        foreach (var s in stops)
        {
            var location = problem.Stops[s].Location;
            distance += problem.Distances[at, location];
            at = location;
        }
        return kind.End is { } end ? distance + problem.Distances[at, end] : distance;
    }

    /// <summary>Null when the last window is over.</summary>
    private static double? Begin(TimeWindow[] windows, double arrival)
    {
        foreach (var window in windows)
            if (!IsAbove(arrival, window.Latest))
                return Math.Max(arrival, window.Earliest);
        return windows.Length == 0 ? arrival : null;
    }

    /// <summary>Beyond what sums of doubles may be off by.</summary>
    internal static bool IsAbove(double value, double limit) => value - limit > Rounding * Math.Max(1, Math.Abs(limit));
}

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// One route as it happens: the vehicle sets out at its earliest, drives, waits for a window, serves, drives on. Whatever limit
/// it breaks, it goes on, so that everything that does not hold is seen. All numbers in the units of <see cref="RoutingUnits"/>.
/// </summary>
internal sealed class RouteSchedule
{
    public RouteSchedule(RoutingProblem problem, RoutingVehicle vehicle, IReadOnlyList<int> stops)
    {
        var units = problem.Units;
        var load = new double[problem.Dimensions];
        Peak = new double[problem.Dimensions];
        Visits = new Visit[stops.Count];
        var (at, time, distance) = (vehicle.Start, units.Time.Of(vehicle.Earliest), 0.0);
        for (var k = 0; k < stops.Count; k++)
        {
            var stop = problem.Stops[stops[k]];
            distance += units.Distance.Of(problem.Distances[at, stop.Location]);
            var arrival = time + units.Time.Of(problem.Durations[at, stop.Location]);
            var (start, late) = Begin(stop.Windows, arrival, units.Time);
            for (var d = 0; d < load.Length; d++)
            {
                load[d] += units.Load.Of(stop.Demands[d]);
                Peak[d] = Math.Max(Peak[d], load[d]);
            }
            time = start + units.Time.Of(stop.ServiceTime);
            Visits[k] = new(stops[k], arrival, start, time, late, distance, [.. load]);
            at = stop.Location;
        }
        if (vehicle.End is { } end)
        {
            distance += units.Distance.Of(problem.Distances[at, end]);
            time += units.Time.Of(problem.Durations[at, end]);
        }
        (Distance, Finish) = (distance, time);
        Shift = units.Time.Above(time, vehicle.Latest);
        TooFar = vehicle.MaxDistance is { } most ? units.Distance.Above(distance, most) : 0;
    }

    public Visit[] Visits { get; }

    public double Distance { get; }

    /// <summary>The arrival at the end; of an open route the end of the last service.</summary>
    public double Finish { get; }

    /// <summary>The most that is on board of each kind.</summary>
    public double[] Peak { get; }

    /// <summary>How long after the vehicle's latest it finishes, in the problem's own unit; 0 when in time.</summary>
    public double Shift { get; }

    /// <summary>How far it drives beyond what it may, in the problem's own unit; 0 when not.</summary>
    public double TooFar { get; }

    /// <summary>By how much the load goes above a capacity, in the problem's own unit; 0 when it does not.</summary>
    public double Overload(RoutingProblem problem, RoutingVehicle vehicle, int dimension) =>
        problem.Units.Load.Above(Peak[dimension], vehicle.Capacities[dimension]);

    /// <summary>True when the vehicle can drive it: pairs of pickup and delivery and who else visits a stop are not looked at.</summary>
    public bool Holds(RoutingProblem problem, RoutingVehicle vehicle)
    {
        for (var d = 0; d < Peak.Length; d++)
            if (Overload(problem, vehicle, d) > 0)
                return false;
        return Shift == 0 && TooFar == 0 && Array.TrueForAll(Visits, v => v.Late == 0);
    }

    /// <summary>When service starts after an arrival, and by how much that misses the last window.</summary>
    internal static (double Start, double Late) Begin(TimeWindow[] windows, double arrival, Unit time)
    {
        foreach (var window in windows)
            if (time.Above(arrival, window.Latest) == 0)
                return (Math.Max(arrival, time.Of(window.Earliest)), 0);
        return (arrival, windows.Length == 0 ? 0 : time.Above(arrival, windows[^1].Latest));
    }
}

/// <param name="Stop">Its index.</param>
/// <param name="Start">Of service; the time since <paramref name="Arrival"/> was waited.</param>
/// <param name="Late">After the end of the last window, in the problem's own unit; 0 when not.</param>
/// <param name="Distance">Driven up to here.</param>
/// <param name="Load">On board when leaving, of each kind.</param>
internal sealed record Visit(
    int Stop,
    double Arrival,
    double Start,
    double Departure,
    double Late,
    double Distance,
    double[] Load
);

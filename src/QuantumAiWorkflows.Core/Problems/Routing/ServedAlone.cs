namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Whether any vehicle could serve a stop (a pickup with its delivery) if it did nothing else, and if not, why. A vehicle that goes
/// the straight way shows that it can. That it cannot is proven by shortest ways over all locations, because in a matrix a detour
/// may be faster than the straight way; these are computed once for a location, in O(locations²), and only where needed.
/// </summary>
/// <param name="mostDrives">
/// Simulated in all: a thousand kinds of vehicles that reach none of five thousand stops would take minutes. Beyond it a stop
/// passes for one that could be served, and nothing is claimed of it alone.
/// </param>
internal sealed class ServedAlone(RoutingProblem problem, long mostDrives = 3_000_000)
{
    /// <summary>Ways looked at for proofs in all, about two seconds; beyond that there may be reasons without proof.</summary>
    private const long MostWays = 400_000_000;

    // By unit, too: durations may be the table of the distances, and are added in another one.
    private readonly Dictionary<(TravelTable Table, Unit Unit, int From, bool Back), double[]> _shortest = [];
    private readonly HashSet<int> _ends = [.. problem.Vehicles.Select(v => v.End).OfType<int>()];
    private long _ways;
    private long _drives;

    /// <summary>Null when some vehicle can.</summary>
    public (UnservedReason Reason, bool IsProven)? WhyNot(int stop)
    {
        int[] errand =
            problem.Stops[stop].DeliversFor is { } pickup ? [pickup, stop]
            : problem.DeliveryOf(stop) is { } delivery ? [stop, delivery]
            : [stop];
        var withRoom = problem.Vehicles.Where(v => HasRoom(v, errand[0])).ToArray();
        if (withRoom.Length == 0)
            return (UnservedReason.CapacityAlone, true);
        foreach (var vehicle in withRoom)
            if (++_drives > mostDrives || new RouteSchedule(problem, vehicle, errand).Holds(problem, vehicle))
                return null;
        _drives += 2 * withRoom.Length;
        var straight = withRoom.Select(v => Why(v, errand, isStraight: true)!.Value).ToArray();
        var shortest = withRoom.Select(v => Why(v, errand, isStraight: false)).ToArray();
        // With one vehicle that a detour might bring there in time nothing is proven.
        var isProven = Array.TrueForAll(shortest, why => why is not null);
        var reasons = isProven ? shortest.Select(why => why!.Value) : straight;
        return (
            reasons.All(why => why == UnservedReason.TimeWindowAlone)
                ? UnservedReason.TimeWindowAlone
                : UnservedReason.NoVehicleReaches,
            isProven
        );
    }

    private bool HasRoom(RoutingVehicle vehicle, int stop)
    {
        for (var d = 0; d < vehicle.Capacities.Length; d++)
            if (
                problem.Units.Load.Above(problem.Units.Load.Of(problem.Stops[stop].Demands[d]), vehicle.Capacities[d])
                > 0
            )
                return false;
        return true;
    }

    /// <summary>
    /// What stops this vehicle; null when nothing does. By shortest ways times and distances are below those of any route with
    /// these stops, since neither waiting nor serving others makes anything earlier.
    /// </summary>
    private UnservedReason? Why(RoutingVehicle vehicle, int[] errand, bool isStraight)
    {
        var units = problem.Units;
        var (at, time, distance) = (vehicle.Start, units.Time.Of(vehicle.Earliest), 0.0);
        foreach (var s in errand)
        {
            var stop = problem.Stops[s];
            distance += Way(problem.Distances, units.Distance, at, stop.Location, isStraight);
            var (start, late) = RouteSchedule.Begin(
                stop.Windows,
                time + Way(problem.Durations, units.Time, at, stop.Location, isStraight),
                units.Time
            );
            if (late > 0)
                return UnservedReason.TimeWindowAlone;
            (time, at) = (start + units.Time.Of(stop.ServiceTime), stop.Location);
        }
        if (vehicle.End is { } end)
        {
            distance += Way(problem.Distances, units.Distance, at, end, isStraight);
            time += Way(problem.Durations, units.Time, at, end, isStraight);
        }
        return
            units.Time.Above(time, vehicle.Latest) > 0
            || (vehicle.MaxDistance is { } most && units.Distance.Above(distance, most) > 0)
            ? UnservedReason.NoVehicleReaches
            : null;
    }

    private double Way(TravelTable table, Unit unit, int from, int to, bool isStraight)
    {
        if (isStraight)
            return unit.Of(table[from, to]);
        // Vehicles start and end at few locations: their trees serve all stops.
        var isHome = _ends.Contains(to);
        var (root, other) = isHome ? (to, from) : (from, to);
        if (_shortest.TryGetValue((table, unit, root, isHome), out var lengths))
            return lengths[other];
        if ((_ways += (long)table.Size * table.Size) > MostWays)
            return 0;
        _shortest[(table, unit, root, isHome)] = lengths = Shortest(table, unit, root, isHome);
        return lengths[other];
    }

    /// <summary>Dijkstra without a heap, as every pair of locations is joined.</summary>
    private static double[] Shortest(TravelTable table, Unit unit, int root, bool isBack)
    {
        var size = table.Size;
        var length = new double[size];
        length.AsSpan().Fill(double.PositiveInfinity);
        length[root] = 0;
        var isDone = new bool[size];
        for (var round = 0; round < size; round++)
        {
            var next = -1;
            for (var i = 0; i < size; i++)
                if (!isDone[i] && (next < 0 || length[i] < length[next]))
                    next = i;
            isDone[next] = true;
            for (var i = 0; i < size; i++)
            {
                var way = unit.Of(isBack ? table[i, next] : table[next, i]);
                if (length[next] + way < length[i])
                    length[i] = length[next] + way;
            }
        }
        return length;
    }
}

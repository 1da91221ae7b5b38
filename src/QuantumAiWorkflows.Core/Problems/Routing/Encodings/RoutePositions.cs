using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Routing.Encodings;

/// <summary>Which variable says what, and how a plan stands in them.</summary>
internal sealed class RoutePositions
{
    private readonly RoutingProblem _problem;
    private readonly int[] _first;

    private RoutePositions(RoutingProblem problem, IReadOnlyList<(int Kind, int Positions)> vehicles, bool hasEmpty)
    {
        (_problem, Vehicles, HasEmpty) = (problem, vehicles, hasEmpty);
        _first = new int[vehicles.Count];
        for (var v = 0; v < vehicles.Count; v++)
        {
            _first[v] = (int)Math.Min(NumVariables, int.MaxValue);
            var n = (long)problem.Stops.Count;
            NumVariables += vehicles[v].Positions * Symbols;
            NumLegs += (vehicles[v].Positions - 1) * n * n;
        }
    }

    /// <summary>Each vehicle that could be used, by the index of its kind, and how many stops it can visit.</summary>
    public IReadOnlyList<(int Kind, int Positions)> Vehicles { get; }

    /// <summary>False where one vehicle visits every stop: then no position is empty.</summary>
    public bool HasEmpty { get; }

    public long NumVariables { get; }

    /// <summary>Products of two variables in the objective.</summary>
    public long NumLegs { get; }

    private long Symbols => _problem.Stops.Count + (HasEmpty ? 1 : 0);

    public static RoutePositions Of(RoutingProblem problem)
    {
        var n = problem.Stops.Count;
        var vehicles = new List<(int, int)>();
        for (var kind = 0; kind < problem.Vehicles.Count; kind++)
            if (Most(problem, problem.Vehicles[kind]) is > 0 and var most)
                // Every route has a stop, so more vehicles of a kind than stops are never used.
                vehicles.AddRange(Enumerable.Repeat((kind, most), Math.Min(problem.Vehicles[kind].Count, n)));
        var isTour =
            vehicles is [(_, var positions)] && positions == n && problem.Stops.All(s => s.SkipPenalty is null);
        return new(problem, vehicles, hasEmpty: !isTour);
    }

    public RoutingVehicle VehicleAt(int v) => _problem.Vehicles[Vehicles[v].Kind];

    public int Variable(int v, int position, int stop) => (int)(_first[v] + position * Symbols + stop);

    public int Empty(int v, int position) => Variable(v, position, _problem.Stops.Count);

    public IEnumerable<int> Visits(int stop) =>
        from v in Enumerable.Range(0, Vehicles.Count)
        from p in Enumerable.Range(0, Vehicles[v].Positions)
        select Variable(v, p, stop);

    public void AddVariables(ConstrainedModel model)
    {
        for (var v = 0; v < Vehicles.Count; v++)
        for (var p = 0; p < Vehicles[v].Positions; p++)
        {
            foreach (var stop in _problem.Stops)
                model.AddBinary($"vehicle {v}, position {p}: {stop.Id}");
            if (HasEmpty)
                model.AddBinary($"vehicle {v}, position {p}: none");
        }
    }

    /// <summary>Every visit that a variable says, in the order of positions; two at one position by their indices.</summary>
    public RoutingSolution Decode(IReadOnlyList<long> values) =>
        new([
            .. Vehicles.Select(
                (vehicle, v) =>
                    new Route(
                        vehicle.Kind,
                        [
                            .. from p in Enumerable.Range(0, vehicle.Positions)
                            from s in Enumerable.Range(0, _problem.Stops.Count)
                            where values[Variable(v, p, s)] == 1
                            select s,
                        ]
                    )
            ),
        ]);

    /// <summary>Null for a plan with more routes or longer ones than there is room for, or with a stop left out of a tour.</summary>
    public long[]? Encode(RoutingSolution solution)
    {
        if (!HasEmpty && solution.Routes.Sum(r => r.Stops.Count) != _problem.Stops.Count)
            return null;
        var values = new long[NumVariables];
        var free = Enumerable.Range(0, Vehicles.Count).ToList();
        foreach (var route in solution.Routes)
        {
            var v = free.FindIndex(k =>
                Vehicles[k].Kind == route.Vehicle && Vehicles[k].Positions >= route.Stops.Count
            );
            if (v < 0)
                return null;
            for (var p = 0; p < route.Stops.Count; p++)
                values[Variable(free[v], p, route.Stops[p])] = 1;
            for (var p = route.Stops.Count; p < Vehicles[free[v]].Positions; p++)
                values[Empty(free[v], p)] = 1;
            free.RemoveAt(v);
        }
        foreach (var unused in free)
            for (var p = 0; p < Vehicles[unused].Positions; p++)
                values[Empty(unused, p)] = 1;
        return values;
    }

    /// <summary>How many stops fit into a vehicle at once, when they are the smallest.</summary>
    private static int Most(RoutingProblem problem, RoutingVehicle vehicle)
    {
        var most = problem.Stops.Count;
        for (var d = 0; d < problem.Dimensions; d++)
        {
            var (left, count) = (vehicle.Capacities[d] * (1 + 1e-9), 0);
            foreach (var demand in problem.Stops.Select(s => s.Demands[d]).Order())
            {
                left -= demand;
                if (left < 0)
                    break;
                count++;
            }
            most = Math.Min(most, count);
        }
        return most;
    }
}

using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>
/// A routing problem in the whole numbers that OR-Tools takes: complete and consistent before any of it reaches native code, which
/// ends the process over a short array or an index out of range. Nodes are the stops, then where vehicles start, then where they end.
/// </summary>
/// <remarks>
/// Numbers with few decimals are scaled exactly; others are rounded, costs to the nearest, times, distances and demands up and
/// limits down, so that a plan that holds here holds for the referee.
/// </remarks>
internal sealed class WholeRouting
{
    /// <summary>[stop node] index of the stop; without those that no moment is left for.</summary>
    private readonly int[] _stops;

    /// <summary>[node] index of its location; -1 for the end of an open route.</summary>
    private readonly int[] _locations;

    /// <param name="order">
    /// Stops in the order of their nodes: the search draws the same numbers in every run, so another order is what makes it another run.
    /// </param>
    /// <param name="vehicles">By kind, how many of them to make available; at most as many as there are.</param>
    public WholeRouting(RoutingProblem problem, int[] order, int[] vehicles)
    {
        var time = new TimeScale(problem);
        var kinds = Enumerable
            .Range(0, vehicles.Length)
            .Where(v => vehicles[v] > 0 && !(time.IsNeeded && time.Shift(problem.Vehicles[v]) is null))
            .ToArray();
        var end = kinds.Length == 0 ? 0 : kinds.Max(v => time.Shift(problem.Vehicles[v])?.Latest ?? time.Horizon);
        // Half of an errand is no use: of a pair with one half that is never open, the other is left out, too.
        bool IsOpen(int s) => time.Windows(problem.Stops[s], end) is not null;
        _stops =
        [
            .. order.Where(s =>
                IsOpen(s) && ((problem.Stops[s].DeliversFor ?? problem.DeliveryOf(s)) is not { } other || IsOpen(other))
            ),
        ];
        int[] starts = [.. kinds.Select(v => problem.Vehicles[v].Start).Distinct()];
        int[] ends = [.. kinds.Select(v => problem.Vehicles[v].End ?? -1).Distinct()];
        _locations = [.. _stops.Select(s => problem.Stops[s].Location), .. starts, .. ends];
        FirstEnd = _stops.Length + starts.Length;

        var cost = ScaleOfCosts(problem);
        CostScale = cost.Factor;
        double[] rates = [.. kinds.Select(v => problem.Vehicles[v].CostPerDistance).Distinct()];
        Costs = [.. rates.Select(rate => Table(problem.Distances, d => cost.Nearest(d * rate)))];
        if (kinds.Any(v => problem.Vehicles[v].MaxDistance is not null))
        {
            var scale = WholeScale.For(
                problem.Distances.Decimals,
                (2.0 * problem.Stops.Count + 1) * problem.Distances.Largest
            );
            Distances = Table(problem.Distances, scale.Up);
            LongestRoutes = [.. kinds.Select(v => scale.Down(problem.Vehicles[v].MaxDistance ?? double.MaxValue))];
        }
        if (time.IsNeeded)
        {
            Times = Table(problem.Durations, time.Up);
            for (var i = 0; i < _stops.Length; i++)
            {
                var service = time.Up(problem.Stops[_stops[i]].ServiceTime);
                for (var j = 0; j < Times[i].Length; j++)
                    Times[i][j] += service;
            }
            Windows = [.. _stops.Select(s => time.Windows(problem.Stops[s], end)!)];
            Horizon = time.Horizon;
        }
        Kinds =
        [
            .. kinds.Select(v =>
            {
                var kind = problem.Vehicles[v];
                return new WholeVehicle(
                    v,
                    vehicles[v],
                    _stops.Length + Array.IndexOf(starts, kind.Start),
                    FirstEnd + Array.IndexOf(ends, kind.End ?? -1),
                    Array.IndexOf(rates, kind.CostPerDistance),
                    cost.Nearest(kind.FixedCost),
                    time.Shift(kind) ?? (0, 0)
                );
            }),
        ];
        (Demands, Capacities) = Loads(problem, kinds);
        var unserved = (long)Math.Ceiling(problem.Magnitude * CostScale) + 1;
        Penalties =
        [
            .. _stops.Select(s => problem.Stops[s].SkipPenalty is { } penalty ? cost.Nearest(penalty) : unserved),
        ];
        var nodes = _stops.Select((s, node) => (s, node)).ToDictionary(x => x.s, x => x.node);
        Pairs =
        [
            .. _stops
                .Where(s => problem.Stops[s].DeliversFor is not null)
                .Select(s => (nodes[problem.Stops[s].DeliversFor!.Value], nodes[s])),
        ];
    }

    /// <summary>Of the tables that a problem takes, 8 bytes a pair of nodes.</summary>
    public static long Bytes(RoutingProblem problem)
    {
        var nodes = problem.Stops.Count + 2L * problem.Vehicles.Select(v => (v.Start, v.End)).Distinct().Count();
        var tables =
            problem.Vehicles.Select(v => v.CostPerDistance).Distinct().Count()
            + (new TimeScale(problem).IsNeeded ? 1 : 0)
            + (problem.Vehicles.Any(v => v.MaxDistance is not null) ? 1 : 0);
        return 8 * nodes * nodes * tables;
    }

    /// <summary>Units of cost here in one of the problem's.</summary>
    public double CostScale { get; }

    /// <summary>Stop nodes; those of starts and ends come after them.</summary>
    public int NumStops => _stops.Length;

    public int NumNodes => _locations.Length;

    /// <summary>The node of the first end of routes.</summary>
    public int FirstEnd { get; }

    public IReadOnlyList<WholeVehicle> Kinds { get; }

    /// <summary>[cost table][from][to], from a start straight to an end 0: nobody drives that.</summary>
    public IReadOnlyList<long[][]> Costs { get; }

    /// <summary>[from][to] with the service at <c>from</c>; null where nothing is timed.</summary>
    public long[][]? Times { get; }

    /// <summary>No service starts after it.</summary>
    public long Horizon { get; }

    /// <summary>[stop node] when service may start, ascending and apart; none: at any time.</summary>
    public IReadOnlyList<(long Earliest, long Latest)[]> Windows { get; } = [];

    /// <summary>[from][to]; null where no vehicle has a longest route.</summary>
    public long[][]? Distances { get; }

    /// <summary>[kind]; empty where no vehicle has one.</summary>
    public long[] LongestRoutes { get; } = [];

    /// <summary>[dimension][node], 0 at starts and ends.</summary>
    public IReadOnlyList<long[]> Demands { get; }

    /// <summary>[dimension][kind].</summary>
    public IReadOnlyList<long[]> Capacities { get; }

    /// <summary>[stop node] what leaving it out costs; of one that must be served more than any plan.</summary>
    public IReadOnlyList<long> Penalties { get; }

    /// <summary>Nodes of pickups with those of their deliveries.</summary>
    public IReadOnlyList<(int Pickup, int Delivery)> Pairs { get; }

    /// <param name="routes">The kind of vehicle, by its place in <see cref="Kinds"/>, and stop nodes in their order.</param>
    public RoutingSolution ToSolution(IEnumerable<(int Kind, int[] Nodes)> routes) =>
        new([.. routes.Select(r => new Route(Kinds[r.Kind].Index, Array.ConvertAll(r.Nodes, node => _stops[node])))]);

    /// <summary>The routes of a plan that can be said here: of vehicles and stops that are in the model.</summary>
    public IEnumerable<(int Kind, int[] Nodes)> ToRoutes(RoutingSolution plan)
    {
        var nodes = _stops.Select((s, node) => (s, node)).ToDictionary(x => x.s, x => x.node);
        var left = Kinds.Select(k => k.Count).ToArray();
        for (var r = 0; r < plan.Routes.Count; r++)
        {
            var route = plan.Routes[r];
            for (var k = 0; k < left.Length; k++)
                if (Kinds[k].Index == route.Vehicle && left[k] > 0 && route.Stops.All(nodes.ContainsKey))
                {
                    left[k]--;
                    yield return (k, [.. route.Stops.Select(s => nodes[s])]);
                }
        }
    }

    private long[][] Table(TravelTable table, Func<double, long> scaled)
    {
        var rows = new long[NumNodes][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new long[NumNodes];
            if (_locations[i] < 0 || i >= FirstEnd)
                continue;
            var row = table.Row(_locations[i]);
            // Only stops and ends are driven to, and no end straight from a start.
            for (var j = 0; j < rows.Length; j++)
                if (j != i && _locations[j] >= 0 && (j < _stops.Length || (j >= FirstEnd && i < _stops.Length)))
                    rows[i][j] = scaled(row[_locations[j]]);
        }
        return rows;
    }

    private static WholeScale ScaleOfCosts(RoutingProblem problem) =>
        problem.ObjectiveScale is { } whole && problem.Magnitude * whole <= WholeScale.Largest
            ? new(whole)
            : WholeScale.Filling(problem.Magnitude);

    private (long[][] Demands, long[][] Capacities) Loads(RoutingProblem problem, int[] kinds)
    {
        var demands = new long[problem.Dimensions][];
        var capacities = new long[problem.Dimensions][];
        for (var d = 0; d < demands.Length; d++)
        {
            var places = DecimalPlaces.None;
            places.Add(problem.Stops.Select(s => s.Demands[d]));
            var scale = WholeScale.For(places.Count, problem.Stops.Sum(s => Math.Abs(s.Demands[d])));
            demands[d] = new long[NumNodes];
            for (var i = 0; i < _stops.Length; i++)
            {
                // A delivery gives back what its pickup took, rounded as that.
                var demand = problem.Stops[_stops[i]].Demands[d];
                demands[d][i] = Math.Sign(demand) * scale.Up(Math.Abs(demand));
            }
            capacities[d] = [.. kinds.Select(v => scale.Down(problem.Vehicles[v].Capacities[d]))];
        }
        return (demands, capacities);
    }
}

/// <param name="Index">Of the kind in the problem.</param>
/// <param name="CostTable">Place in <see cref="WholeRouting.Costs"/>.</param>
internal sealed record WholeVehicle(
    int Index,
    int Count,
    int Start,
    int End,
    int CostTable,
    long FixedCost,
    (long Earliest, long Latest) Shift
);

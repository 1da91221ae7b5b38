using System.Runtime.InteropServices;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>
/// Routes that all hold, and the stops in none of them. What the arcs and the loads alone rule out is ruled out in constant
/// time; what is left goes through a simulated drive before it is done. Changes are kept by route until they are committed, so
/// that taking them back costs what they touched.
/// </summary>
internal sealed class WorkingPlan(RoutingProblem problem)
{
    /// <summary>Weight of a stop that must be served and is not, in units of the most that a plan can cost.</summary>
    private readonly double _unservedPenalty = 1 + problem.Magnitude;

    private readonly RouteRules _rules = new(problem);
    private readonly List<WorkingRoute> _routes = [];
    private readonly List<WorkingRoute> _touched = [];
    private readonly int[] _used = new int[problem.Vehicles.Count];

    /// <summary>By stop; null for those in no route.</summary>
    private readonly WorkingRoute?[] _routeOf = new WorkingRoute?[problem.Stops.Count];
    private readonly WorkingRoute[] _unused =
    [
        .. Enumerable.Range(0, problem.Vehicles.Count).Select(v => new WorkingRoute(v, problem.Dimensions)),
    ];

    /// <summary>Then what a route's stops take together is what it has on board at its end.</summary>
    private readonly bool _hasDeliveries = problem.Stops.Any(s => s.DeliversFor is not null);
    private readonly List<int> _trial = [];

    private readonly record struct Place(WorkingRoute Route, int At, int DeliveryAt, double Change);

    /// <summary>Those that are in use; in the order in which they were opened.</summary>
    public IReadOnlyList<WorkingRoute> Routes => _routes;

    public WorkingRoute? RouteOf(int stop) => _routeOf[stop];

    /// <summary>Of the routes, and the penalties of who is left out.</summary>
    public double Cost()
    {
        var cost = 0.0;
        foreach (var route in _routes)
            cost += route.Cost;
        for (var s = 0; s < _routeOf.Length; s++)
            if (_routeOf[s] is null)
                cost += Penalty(s);
        return cost;
    }

    public RoutingSolution ToSolution() => new([.. _routes.Select(r => new Route(r.Vehicle, [.. r.Stops]))]);

    /// <summary>Takes over the routes of an answer that hold, as far as there are vehicles and their stops are still free.</summary>
    public void Set(RoutingSolution solution)
    {
        _routes.Clear();
        _touched.Clear();
        Array.Clear(_used);
        Array.Clear(_routeOf);
        foreach (var given in solution.Routes)
        {
            int[] stops = [.. given.Stops];
            if (
                _used[given.Vehicle] == problem.Vehicles[given.Vehicle].Count
                || Array.Exists(stops, s => _routeOf[s] is not null)
                || stops.Distinct().Count() != stops.Length
                || !_rules.Holds(given.Vehicle, stops)
            )
                continue;
            var route = Open(given.Vehicle);
            route.Stops.AddRange(stops);
            Settle(route);
            route.Commit();
        }
        _touched.Clear();
    }

    /// <summary>What was changed so far can no longer be undone.</summary>
    public void Commit()
    {
        foreach (var route in _touched)
            route.Commit();
        _touched.Clear();
        _routes.RemoveAll(route => route.Stops.Count == 0);
    }

    /// <summary>Back to the last commit.</summary>
    public void Undo()
    {
        foreach (var route in _touched)
        foreach (var stop in route.Stops)
            _routeOf[stop] = null;
        foreach (var route in _touched)
        {
            var wasUsed = route.Stops.Count > 0;
            route.Undo();
            _used[route.Vehicle] += (route.Stops.Count > 0 ? 1 : 0) - (wasUsed ? 1 : 0);
            Account(route);
        }
        _touched.Clear();
        _routes.RemoveAll(route => route.Stops.Count == 0);
    }

    /// <summary>
    /// Takes some stops in a row out, with the others of their pairs. A route may not hold without them: then all of it goes.
    /// </summary>
    public void Remove(WorkingRoute route, int from, int count)
    {
        Touch(route);
        var taken = route.Stops.GetRange(from, count);
        route.Stops.RemoveRange(from, count);
        foreach (var stop in taken)
        {
            _routeOf[stop] = null;
            if (_hasDeliveries && OtherOfPair(stop) is { } other && route.Stops.Remove(other))
                _routeOf[other] = null;
        }
        if (route.Stops.Count > 0 && !_rules.Holds(route.Vehicle, Span(route.Stops)))
        {
            foreach (var stop in route.Stops)
                _routeOf[stop] = null;
            route.Stops.Clear();
        }
        if (route.Stops.Count == 0)
            _used[route.Vehicle]--;
        Settle(route);
    }

    /// <summary>
    /// Puts a stop that is in no route, with its delivery if it is a pickup, where that costs least; leaves it out where it
    /// does not fit or its penalties cost less.
    /// </summary>
    /// <param name="isSkipped">Asked for every place: true leaves it out, so that insertion does not always go the same way.</param>
    public void Insert(int stop, Func<bool> isSkipped)
    {
        var delivery = problem.DeliveryOf(stop);
        var best = new Place(null!, -1, -1, Penalty(stop) + (delivery is { } d ? Penalty(d) : 0));
        foreach (var route in _routes)
            if (route.Stops.Count > 0 && HasRoom(route, stop))
                Try(route, stop, delivery, isSkipped, ref best);
        for (var v = 0; v < _used.Length; v++)
            if (_used[v] < problem.Vehicles[v].Count)
                Try(_unused[v], stop, delivery, isSkipped, ref best);
        if (best.Route is not { } chosen)
            return;
        if (chosen.Stops.Count == 0)
            chosen = Open(chosen.Vehicle);
        Touch(chosen);
        chosen.Stops.Insert(best.At, stop);
        if (delivery is { } other)
            chosen.Stops.Insert(best.DeliveryAt, other);
        Settle(chosen);
    }

    /// <summary>2-opt and Or-opt in every route, until no turned stretch and no moved stop gains and holds.</summary>
    public void Polish(Func<bool> shouldStop)
    {
        var polish = new RoutePolish(problem, _rules);
        foreach (var route in _routes)
            if (!shouldStop() && polish.Improve(route.Vehicle, route.Stops, shouldStop))
                Settle(route);
    }

    private WorkingRoute Open(int vehicle)
    {
        var route = new WorkingRoute(vehicle, problem.Dimensions);
        _routes.Add(route);
        _used[vehicle]++;
        Touch(route);
        return route;
    }

    private void Touch(WorkingRoute route)
    {
        if (route.IsTouched)
            return;
        route.Touch();
        _touched.Add(route);
    }

    /// <summary>Works out what follows from a route's stops.</summary>
    private void Settle(WorkingRoute route)
    {
        route.Cost = _rules.Cost(route.Vehicle, Span(route.Stops));
        Account(route);
    }

    private void Account(WorkingRoute route)
    {
        Array.Clear(route.Load);
        foreach (var stop in route.Stops)
        {
            _routeOf[stop] = route;
            var demands = problem.Stops[stop].Demands;
            for (var d = 0; d < demands.Length; d++)
                route.Load[d] += demands[d];
        }
    }

    /// <summary>False only where a stop does not fit on top of what the route takes, wherever it goes.</summary>
    private bool HasRoom(WorkingRoute route, int stop)
    {
        if (_hasDeliveries)
            return true;
        var demands = problem.Stops[stop].Demands;
        for (var d = 0; d < demands.Length; d++)
            if (RouteRules.IsAbove(route.Load[d] + demands[d], problem.Vehicles[route.Vehicle].Capacities[d]))
                return false;
        return true;
    }

    private double Penalty(int stop) => problem.Stops[stop].SkipPenalty ?? _unservedPenalty;

    private int? OtherOfPair(int stop) => problem.Stops[stop].DeliversFor ?? problem.DeliveryOf(stop);

    private void Try(WorkingRoute route, int stop, int? delivery, Func<bool> isSkipped, ref Place best)
    {
        for (var at = 0; at <= route.Stops.Count; at++)
        {
            // A plain stop is driven only where its arcs gain; a pair always.
            if (delivery is null && (Detour(route, at, stop) >= best.Change || isSkipped()))
                continue;
            for (var later = at + 1; later <= route.Stops.Count + 1; later++)
            {
                _trial.Clear();
                _trial.AddRange(route.Stops);
                _trial.Insert(at, stop);
                if (delivery is { } d)
                {
                    if (isSkipped())
                        continue;
                    _trial.Insert(later, d);
                }
                var change = _rules.Cost(route.Vehicle, Span(_trial)) - route.Cost;
                if (change < best.Change && _rules.Holds(route.Vehicle, Span(_trial)))
                    best = new(route, at, later, change);
                if (delivery is null)
                    break;
            }
        }
    }

    private double Detour(WorkingRoute route, int at, int stop)
    {
        var kind = problem.Vehicles[route.Vehicle];
        var from = at == 0 ? kind.Start : problem.Stops[route.Stops[at - 1]].Location;
        var to = at < route.Stops.Count ? problem.Stops[route.Stops[at]].Location : kind.End;
        var here = problem.Stops[stop].Location;
        var distance =
            problem.Distances[from, here]
            + (to is { } end ? problem.Distances[here, end] - problem.Distances[from, end] : 0);
        // An empty route is not paid for: then there is no way from its start to its end to be saved.
        if (route.Stops.Count == 0 && to is { } home)
            distance += problem.Distances[from, home];
        return kind.CostPerDistance * distance + (route.Stops.Count == 0 ? kind.FixedCost : 0);
    }

    private static Span<int> Span(List<int> stops) => CollectionsMarshal.AsSpan(stops);
}

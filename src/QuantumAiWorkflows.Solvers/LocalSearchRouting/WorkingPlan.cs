using System.Runtime.InteropServices;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>Routes that all hold, and the stops in none of them. Every change goes through a simulated drive.</summary>
internal sealed class WorkingPlan(RoutingProblem problem)
{
    /// <summary>Weight of a stop that must be served and is not, in units of the most that a plan can cost.</summary>
    private readonly double _unservedPenalty = 1 + problem.Magnitude;

    private readonly RouteRules _rules = new(problem);
    private readonly List<Tour> _routes = [];
    private readonly int[] _used = new int[problem.Vehicles.Count];

    /// <summary>By stop; null for those in no route.</summary>
    private readonly Tour?[] _routeOf = new Tour?[problem.Stops.Count];
    private readonly List<int> _trial = [];

    internal sealed class Tour(int vehicle)
    {
        public int Vehicle => vehicle;

        public List<int> Stops { get; init; } = [];

        public double Cost { get; set; }
    }

    private readonly record struct Place(Tour Route, int At, int DeliveryAt, double Change);

    public IReadOnlyList<Tour> Routes => _routes;

    public Tour? RouteOf(int stop) => _routeOf[stop];

    /// <summary>Of the routes, and the penalties of who is left out.</summary>
    public double Cost()
    {
        var cost = _routes.Sum(r => r.Cost);
        for (var s = 0; s < _routeOf.Length; s++)
            if (_routeOf[s] is null)
                cost += problem.Stops[s].SkipPenalty ?? _unservedPenalty;
        return cost;
    }

    public RoutingSolution ToSolution() => new([.. _routes.Select(r => new Route(r.Vehicle, [.. r.Stops]))]);

    /// <summary>Takes over the routes of an answer that hold, as far as there are vehicles and their stops are still free.</summary>
    public void Set(RoutingSolution solution)
    {
        _routes.Clear();
        Array.Clear(_used);
        Array.Clear(_routeOf);
        foreach (var route in solution.Routes)
        {
            int[] stops = [.. route.Stops];
            if (
                _used[route.Vehicle] == problem.Vehicles[route.Vehicle].Count
                || Array.Exists(stops, s => _routeOf[s] is not null)
                || stops.Distinct().Count() != stops.Length
                || !_rules.Holds(route.Vehicle, stops)
            )
                continue;
            var tour = new Tour(route.Vehicle) { Stops = [.. stops] };
            Open(tour);
            foreach (var s in stops)
                _routeOf[s] = tour;
        }
    }

    /// <summary>Takes a stop out, with the other of its pair. A route may not hold without: then all of it goes.</summary>
    public void Remove(int stop)
    {
        if (_routeOf[stop] is not { } route)
            return;
        RemoveOne(route, stop);
        if (OtherOfPair(stop) is { } other)
            RemoveOne(route, other);
        if (route.Stops.Count > 0 && _rules.Holds(route.Vehicle, Span(route.Stops)))
        {
            route.Cost = _rules.Cost(route.Vehicle, Span(route.Stops));
            return;
        }
        foreach (var s in route.Stops)
            _routeOf[s] = null;
        _routes.Remove(route);
        _used[route.Vehicle]--;
    }

    /// <summary>
    /// Puts a stop that is in no route, with its delivery if it is a pickup, where that costs least; leaves it out where it
    /// does not fit or its penalties cost less.
    /// </summary>
    /// <param name="isSkipped">Asked for every place: true leaves it out, so that insertion does not always go the same way.</param>
    public void Insert(int stop, Func<bool> isSkipped)
    {
        var delivery = problem.DeliveryOf(stop);
        var saved =
            (problem.Stops[stop].SkipPenalty ?? _unservedPenalty)
            + (delivery is { } d ? problem.Stops[d].SkipPenalty ?? _unservedPenalty : 0);
        var best = new Place(null!, -1, -1, saved);
        foreach (var route in _routes)
            Try(route, stop, delivery, isSkipped, ref best);
        for (var v = 0; v < _used.Length; v++)
            if (_used[v] < problem.Vehicles[v].Count)
                Try(new Tour(v), stop, delivery, isSkipped, ref best);
        if (best.Route is not { } chosen)
            return;
        if (chosen.Stops.Count == 0)
            Open(chosen);
        chosen.Stops.Insert(best.At, stop);
        _routeOf[stop] = chosen;
        if (delivery is { } other)
        {
            chosen.Stops.Insert(best.DeliveryAt, other);
            _routeOf[other] = chosen;
        }
        chosen.Cost = _rules.Cost(chosen.Vehicle, Span(chosen.Stops));
    }

    /// <summary>2-opt and Or-opt in every route: the first turned stretch, or moved stop, that holds and gains, until none does.</summary>
    public void Polish(Func<bool> shouldStop)
    {
        foreach (var route in _routes)
            while (!shouldStop() && PolishOnce(route, shouldStop)) { }
    }

    private void Open(Tour route)
    {
        route.Cost = _rules.Cost(route.Vehicle, Span(route.Stops));
        _routes.Add(route);
        _used[route.Vehicle]++;
    }

    private void RemoveOne(Tour route, int stop)
    {
        route.Stops.Remove(stop);
        _routeOf[stop] = null;
    }

    private int? OtherOfPair(int stop) => problem.Stops[stop].DeliversFor ?? problem.DeliveryOf(stop);

    private void Try(Tour route, int stop, int? delivery, Func<bool> isSkipped, ref Place best)
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

    private double Detour(Tour route, int at, int stop)
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

    private bool PolishOnce(Tour route, Func<bool> shouldStop)
    {
        var n = route.Stops.Count;
        for (var i = 0; i < n && !shouldStop(); i++)
        for (var j = 0; j < n; j++)
        {
            if (i == j)
                continue;
            _trial.Clear();
            _trial.AddRange(route.Stops);
            if (i < j)
                _trial.Reverse(i, j - i + 1);
            if (Takes(route))
                return true;
            _trial.Clear();
            _trial.AddRange(route.Stops);
            _trial.RemoveAt(i);
            _trial.Insert(j, route.Stops[i]);
            if (Takes(route))
                return true;
        }
        return false;
    }

    /// <summary>Makes the trial the route when that costs less and holds.</summary>
    private bool Takes(Tour route)
    {
        var cost = _rules.Cost(route.Vehicle, Span(_trial));
        if (cost >= route.Cost - 1e-9 * Math.Max(1, route.Cost) || !_rules.Holds(route.Vehicle, Span(_trial)))
            return false;
        route.Stops.Clear();
        route.Stops.AddRange(_trial);
        route.Cost = cost;
        return true;
    }

    private static Span<int> Span(List<int> stops) => CollectionsMarshal.AsSpan(stops);
}

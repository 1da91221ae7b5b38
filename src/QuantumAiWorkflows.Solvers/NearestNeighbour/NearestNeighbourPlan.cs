using System.Runtime.InteropServices;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.NearestNeighbour;

/// <summary>
/// Builds the plan. Whoever picks something up keeps a way in hand to deliver all that is on board and be home in time; a
/// next stop is taken only when such a way is left, so every route can be finished.
/// </summary>
internal sealed class NearestNeighbourPlan(RoutingProblem problem, SolveContext context)
{
    private readonly RouteRules _rules = new(problem);
    private readonly bool[] _isServed = new bool[problem.Stops.Count];
    private readonly List<int> _route = [];

    /// <summary>Deliveries of what is on board, in an order that holds.</summary>
    private List<int> _promised = [];
    private readonly List<int> _trial = [];
    private int _served;

    public RoutingSolution Build()
    {
        var routes = new List<Route>();
        for (var vehicle = 0; vehicle < problem.Vehicles.Count; vehicle++)
        for (var k = 0; k < problem.Vehicles[vehicle].Count && _served < _isServed.Length; k++)
        {
            Drive(vehicle);
            if (_route.Count == 0)
                break;
            routes.Add(new(vehicle, [.. _route]));
        }
        return new(routes);
    }

    private void Drive(int vehicle)
    {
        _route.Clear();
        _promised = [];
        while (!context.ShouldStop())
        {
            var at = _route.Count == 0 ? problem.Vehicles[vehicle].Start : problem.Stops[_route[^1]].Location;
            if (Next(vehicle, at) is not { } next)
                break;
            _promised = PromisedAfter(next);
            _route.Add(next);
            Serve(next);
        }
        // Only of a run that was stopped: what is on board is delivered all the same.
        foreach (var delivery in _promised)
        {
            _route.Add(delivery);
            Serve(delivery);
        }
        _promised = [];
    }

    private void Serve(int stop)
    {
        _isServed[stop] = true;
        _served++;
    }

    /// <summary>The nearest is tried alone first: only where it does not hold, the others are sorted.</summary>
    private int? Next(int vehicle, int at)
    {
        var nearest = -1;
        for (var s = 0; s < _isServed.Length; s++)
            if (IsCandidate(s) && (nearest < 0 || Distance(at, s) < Distance(at, nearest)))
                nearest = s;
        if (nearest < 0 || Holds(vehicle, at, nearest))
            return nearest < 0 ? null : nearest;
        foreach (var s in Enumerable.Range(0, _isServed.Length).Where(IsCandidate).OrderBy(s => Distance(at, s)))
            if (s != nearest && Holds(vehicle, at, s))
                return s;
        return null;
    }

    private double Distance(int at, int stop) => problem.Distances[at, problem.Stops[stop].Location];

    private bool IsCandidate(int stop) =>
        !_isServed[stop] && (problem.Stops[stop].DeliversFor is null || _promised.Contains(stop));

    private bool Holds(int vehicle, int at, int stop)
    {
        // Who may be left out is, where the way there alone costs more.
        if (
            !_promised.Contains(stop)
            && problem.Stops[stop].SkipPenalty < problem.Vehicles[vehicle].CostPerDistance * Distance(at, stop)
        )
            return false;
        _trial.Clear();
        _trial.AddRange(_route);
        _trial.Add(stop);
        _trial.AddRange(PromisedAfter(stop));
        return _rules.Holds(vehicle, CollectionsMarshal.AsSpan(_trial));
    }

    private List<int> PromisedAfter(int stop)
    {
        List<int> promised = [.. _promised.Where(p => p != stop)];
        if (problem.DeliveryOf(stop) is { } delivery)
            promised.Add(delivery);
        return promised;
    }
}

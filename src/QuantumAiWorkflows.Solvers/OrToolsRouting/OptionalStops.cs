using System.Runtime.InteropServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>
/// Decides about stops that may be left out. OR-Tools' insertion puts in whatever fits, without a look at the penalty: so some of
/// them are kept out of its model at random, another choice in every round, and what costs more than it is worth is taken out of
/// the plans that come back. A pickup and its delivery are one errand.
/// </summary>
internal sealed class OptionalStops(RoutingProblem problem, Xoshiro256 random)
{
    /// <summary>Of those that the plan serves, how many are kept out of a round.</summary>
    private const double ServedOut = 0.05;

    /// <summary>Of those that it leaves out.</summary>
    private const double UnservedOut = 0.5;

    private readonly RouteRules _rules = new(problem);

    /// <summary>Stops by errand: alone, or pickup and delivery.</summary>
    private readonly int[][] _errands =
    [
        .. Enumerable
            .Range(0, problem.Stops.Count)
            .Where(s => problem.Stops[s] is { SkipPenalty: not null, DeliversFor: null })
            .Select(s => problem.DeliveryOf(s) is { } delivery ? (int[])[s, delivery] : [s]),
    ];

    /// <summary>[stop] true for those to keep out of the next model; not all of them.</summary>
    public bool[] Choose(RoutingSolution? plan)
    {
        var isOut = new bool[problem.Stops.Count];
        if (_errands.Length == 0)
            return isOut;
        var served = plan?.Routes.SelectMany(r => r.Stops).ToHashSet() ?? [];
        foreach (var errand in _errands)
            if (random.NextDouble() < (served.Contains(errand[0]) ? ServedOut : UnservedOut))
                foreach (var stop in errand)
                    isOut[stop] = true;
        if (Array.TrueForAll(isOut, o => o))
            Array.Clear(isOut);
        return isOut;
    }

    /// <summary>The plan without some stops; and without routes that do not hold without them.</summary>
    public RoutingSolution Without(RoutingSolution plan, bool[] isOut) =>
        _errands.Length == 0
            ? plan
            : new([
                .. plan
                    .Routes.Select(r => new Route(r.Vehicle, [.. r.Stops.Where(s => !isOut[s])]))
                    .Where(r => r.Stops.Count > 0 && _rules.Holds(r.Vehicle, [.. r.Stops])),
            ]);

    /// <summary>The plan without errands that cost more on their way than leaving them out does; the same where there are none.</summary>
    public RoutingSolution Pruned(RoutingSolution plan)
    {
        if (_errands.Length == 0)
            return plan;
        var routes = plan.Routes.Select(r => (r.Vehicle, Stops: r.Stops.ToList())).ToArray();
        var routeOf = new int[problem.Stops.Count];
        Array.Fill(routeOf, -1);
        for (var r = 0; r < routes.Length; r++)
            foreach (var stop in routes[r].Stops)
                routeOf[stop] = r;
        foreach (var errand in _errands)
        {
            if (routeOf[errand[0]] is not (>= 0 and var r))
                continue;
            var (vehicle, stops) = routes[r];
            var shorter = stops.Where(s => !errand.Contains(s)).ToList();
            var saved = _rules.Cost(vehicle, Span(stops)) - _rules.Cost(vehicle, Span(shorter));
            if (saved > errand.Sum(s => problem.Stops[s].SkipPenalty!.Value) && _rules.Holds(vehicle, Span(shorter)))
                routes[r].Stops = shorter;
        }
        return new([.. routes.Where(r => r.Stops.Count > 0).Select(r => new Route(r.Vehicle, r.Stops))]);
    }

    private static Span<int> Span(List<int> stops) => CollectionsMarshal.AsSpan(stops);
}

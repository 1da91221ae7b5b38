namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>Why a stop is in no route.</summary>
internal enum UnservedReason
{
    /// <summary>It takes more than any vehicle has room for.</summary>
    CapacityAlone,

    /// <summary>No vehicle with room for it comes before its last window ends, even if it goes nowhere else.</summary>
    TimeWindowAlone,

    /// <summary>No vehicle with room comes and is back within its shift and its longest route, even if it goes nowhere else.</summary>
    NoVehicleReaches,

    /// <summary>A vehicle could serve it alone, but it fits into none of this plan's routes.</summary>
    OnlyJointly,

    /// <summary>It fits into this plan, but for no less than leaving it out costs.</summary>
    CheaperToSkip,

    /// <summary>It fits into this plan, for less than leaving it out costs, or it must be served: the plan is not the best.</summary>
    CouldBeAdded,
}

/// <param name="IsProven">
/// Of the reasons for one stop alone: it holds for every plan. <see cref="UnservedReason.CouldBeAdded"/> is proven by doing it; the
/// other two are about this plan only.
/// </param>
/// <param name="ExtraCost">What the cheapest place in this plan costs more, where there is one.</param>
internal sealed record Unserved(int Stop, UnservedReason Reason, bool IsProven, double? ExtraCost);

/// <summary>Stops that must be served take more than the whole fleet has room for: no plan serves them all.</summary>
internal sealed record Shortage(int Dimension, double Demand, double Capacity);

internal static class LeftOut
{
    /// <summary>
    /// Of every stop that is in no route; with no answer, of those that no plan can serve. A pickup and its delivery are one
    /// errand, with one reason.
    /// </summary>
    public static IReadOnlyList<Unserved> Explain(RoutingProblem problem, RoutingSolution? solution)
    {
        var served = solution?.Routes.SelectMany(r => r.Stops).ToHashSet() ?? [];
        var alone = new ServedAlone(problem);
        var places = solution is null ? null : new CheapestPlace(problem, solution);
        var reasons = new List<Unserved>();
        for (var s = 0; s < problem.Stops.Count; s++)
        {
            if (served.Contains(s))
                continue;
            if (alone.WhyNot(s) is var (reason, isProven))
            {
                if (isProven || solution is not null)
                    reasons.Add(new(s, reason, isProven, null));
            }
            else if (places is not null)
                reasons.Add(Placed(s, places.Of(s), Penalty(problem, s, served)));
        }
        return reasons;
    }

    private static Unserved Placed(int stop, double? extraCost, double? penalty)
    {
        if (extraCost is not { } cost)
            return new(stop, UnservedReason.OnlyJointly, false, null);
        return penalty <= cost
            ? new(stop, UnservedReason.CheaperToSkip, false, cost)
            : new(stop, UnservedReason.CouldBeAdded, true, cost);
    }

    /// <summary>What leaving out the stop costs, with the other half of its errand where that is left out, too.</summary>
    private static double? Penalty(RoutingProblem problem, int stop, HashSet<int> served) =>
        (problem.Stops[stop].DeliversFor ?? problem.DeliveryOf(stop)) is { } other && !served.Contains(other)
            ? problem.Stops[stop].SkipPenalty + problem.Stops[other].SkipPenalty
            : problem.Stops[stop].SkipPenalty;

    /// <summary>Only where nothing is delivered on the way, which would make room.</summary>
    public static IEnumerable<Shortage> Shortages(RoutingProblem problem)
    {
        if (problem.Stops.Any(s => s.DeliversFor is not null))
            yield break;
        // Each vehicle drives one route, and each route has a stop at least.
        var units = problem.Units.Load;
        for (var d = 0; d < problem.Dimensions; d++)
        {
            var demand = problem.Stops.Where(s => s.SkipPenalty is null).Sum(s => units.Of(s.Demands[d]));
            var capacity = problem.Vehicles.Sum(v => (double)v.Count * v.Capacities[d]);
            if (units.Above(demand, capacity) > 0)
                yield return new(d, units.Back(demand), capacity);
        }
    }
}

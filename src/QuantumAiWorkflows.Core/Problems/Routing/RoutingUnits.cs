using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// In which units the referee adds, so that sums are exact wherever the data have a few decimals: 0.1 + 0.2 is 3 tenths, and an
/// arrival at 0.3 is in time for a window that ends at 0.3.
/// </summary>
internal sealed record RoutingUnits(
    Unit Distance,
    Unit Time,
    Unit Load,
    Unit Cost,
    int RateDecimals,
    double LargestCost
)
{
    public static RoutingUnits Of(RoutingProblem problem)
    {
        // Every visit has one way to it, and every route one way home; routes without stops do not count.
        var ways = 2.0 * problem.Stops.Count;
        var vehicles = problem.Vehicles;
        var longest = ways * problem.Distances.Largest;
        var distance = Unit.For(problem.Distances.Decimals, longest);

        var times = DecimalPlaces.None;
        times.Add(vehicles.Select(v => v.Earliest));
        times.Add(problem.Stops.Select(s => s.ServiceTime));
        times.Add(problem.Stops.SelectMany(s => s.Windows).Select(w => w.Earliest));
        var start = vehicles
            .Select(v => v.Earliest)
            .Concat(problem.Stops.SelectMany(s => s.Windows).Select(w => w.Earliest))
            .Max();
        var time = Unit.For(
            Larger(times.Count, problem.Durations.Decimals),
            start + ways * problem.Durations.Largest + problem.Stops.Sum(s => s.ServiceTime)
        );

        var loads = DecimalPlaces.None;
        loads.Add(problem.Stops.SelectMany(s => s.Demands));
        var load = Unit.For(loads.Count, problem.Stops.Sum(s => s.Demands.Sum(Math.Abs)));

        var rates = DecimalPlaces.None;
        rates.Add(vehicles.Select(v => v.CostPerDistance));
        var fees = DecimalPlaces.None;
        fees.Add(vehicles.Select(v => v.FixedCost));
        fees.Add(problem.Stops.Select(s => s.SkipPenalty ?? 0));
        var largest =
            longest * vehicles.Max(v => v.CostPerDistance)
            + problem.Stops.Count * vehicles.Max(v => v.FixedCost)
            + problem.Stops.Sum(s => s.SkipPenalty ?? 0);
        var cost = Unit.For(
            distance.IsExact && rates.Count is { } rate ? Larger(problem.Distances.Decimals + rate, fees.Count) : null,
            largest
        );
        return new(distance, time, load, cost, rates.Count ?? 0, largest);
    }

    private static int? Larger(int? left, int? right) => left is { } a && right is { } b ? Math.Max(a, b) : null;
}

/// <summary>
/// 10^-d of something, where all of its numbers are whole multiples of that and sums stay below 2^53: then additions and
/// comparisons are exact. Else the thing's own unit, and limits hold up to the rounding of sums.
/// </summary>
internal readonly record struct Unit(double Factor, bool IsExact)
{
    /// <summary>As a share of a limit: some thousands of additions of doubles stay well below it.</summary>
    private const double Rounding = 1e-9;

    public static Unit For(int? decimals, double largest) =>
        decimals is { } d && largest * DecimalPlaces.Power(d) < 1L << 53
            ? new(DecimalPlaces.Power(d), true)
            : new(1, false);

    /// <summary>A number of the problem in this unit; whole, unless it is a limit with more decimals than what it limits.</summary>
    public double Of(double value)
    {
        var whole = Math.Round(value * Factor);
        return whole / Factor == value ? whole : value * Factor;
    }

    public double Back(double units) => units / Factor;

    /// <summary>By how much <paramref name="units"/> is above a limit, in the thing's own unit; 0 when it is not.</summary>
    public double Above(double units, double limit)
    {
        var excess = units - Of(limit);
        return excess > (IsExact ? 0 : Rounding * Math.Abs(limit)) ? Back(excess) : 0;
    }
}

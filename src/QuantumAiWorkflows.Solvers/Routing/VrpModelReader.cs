using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>A routing problem as a <see cref="VrpModel"/>, and the model's plans as answers to the problem.</summary>
/// <remarks>
/// Numbers with up to three decimals are scaled exactly as long as they fit. All others are rounded: costs to the nearest,
/// times and demands up and limits down, so that a plan that holds in the model holds in the problem.
/// </remarks>
internal sealed class VrpModelReader
{
    /// <summary>Of the largest single cost, and of sums of times and of demands.</summary>
    private const double Largest = 1 << 29;

    private readonly RoutingProblem _problem;

    private VrpModelReader(RoutingProblem problem, VrpModel model) => (_problem, Model) = (problem, model);

    /// <summary>Units of the model's cost in one of the problem's.</summary>
    public required double CostScale { get; init; }

    /// <summary>True when no cost was rounded.</summary>
    public required bool HasExactCosts { get; init; }

    /// <summary>True when no demand and no capacity was rounded.</summary>
    public required bool HasExactLoads { get; init; }

    public VrpModel Model { get; }

    /// <summary>What the model cannot say; null when it can say everything. O(stops + vehicles).</summary>
    public static string? Refusal(RoutingProblem problem)
    {
        var stops = problem.Stops;
        var kind = problem.Vehicles[0];
        if (problem.Vehicles.Any(v => !IsLike(v, kind)))
            return "kinds of vehicles that differ in depot, capacity, shift or cost";
        if (kind.MaxDistance is not null)
            return "a maximum distance of vehicles";
        if (problem.Dimensions > 1)
            return $"{problem.Dimensions} capacities of a vehicle (1 at most)";
        if (stops.Any(s => s.DeliversFor is not null))
            return "pickups with deliveries";
        if (stops.Any(s => s.SkipPenalty is not null))
            return "stops that may be left out";
        if (stops.Any(s => s.Windows.Length > 1))
            return "several time windows of a stop (1 at most)";
        return null;
    }

    /// <summary>True when lateness can matter: some stop has a window, or a shift an end.</summary>
    public static bool HasTimes(RoutingProblem problem) =>
        double.IsFinite(problem.Vehicles[0].Latest) || problem.Stops.Any(s => s.Windows.Length > 0);

    /// <summary>Only of a problem without a <see cref="Refusal"/> and with at least one stop. O(n²).</summary>
    /// <param name="wholeFleet">False: no more vehicles than a good plan uses.</param>
    public static VrpModelReader Read(RoutingProblem problem, bool wholeFleet = false)
    {
        var n = problem.Stops.Count;
        var kind = problem.Vehicles[0];
        var (cost, costScale, hasExactCosts) = Costs(problem, kind);
        var (demand, capacity, hasExactLoads) = Loads(problem, kind);
        var (duration, stops) = HasTimes(problem) ? Times(problem, kind) : (cost, null);
        var fleet = problem.Vehicles.Sum(v => (long)v.Count);
        // Any two routes of a plan that cannot be joined are together over the capacity, so there need not be more than twice
        // as many as the demand fills. Time windows may take one for each stop.
        var most = wholeFleet || stops is not null || capacity == 0 ? n : 2 * demand.Sum(d => (long)d) / capacity + 5;
        var vehicles = (int)Math.Min(Math.Min(fleet, n), most);
        return new(problem, new VrpModel(n, vehicles, cost, duration, demand, capacity, stops))
        {
            CostScale = costScale,
            HasExactCosts = hasExactCosts,
            HasExactLoads = hasExactLoads,
        };
    }

    /// <summary>The plan as an answer: its routes go to the kinds of vehicles in their order.</summary>
    public RoutingSolution ToSolution(Plan plan) =>
        ToSolution(Enumerable.Range(0, plan.Count).Select(r => plan.Route(r).ToArray()));

    /// <param name="routes">Customers in their order; no more routes than there are vehicles.</param>
    public RoutingSolution ToSolution(IEnumerable<IReadOnlyList<int>> routes)
    {
        var answer = new List<Route>();
        var (vehicle, used) = (0, 0);
        foreach (var route in routes)
        {
            while (used == _problem.Vehicles[vehicle].Count)
                (vehicle, used) = (vehicle + 1, 0);
            used++;
            answer.Add(new(vehicle, [.. route.Select(c => c - 1)]));
        }
        return new(answer);
    }

    /// <summary>An answer that visits every stop once with no more routes than there may be; null for any other.</summary>
    public Plan? ToPlan(RoutingSolution solution)
    {
        var visits = solution.Routes.SelectMany(r => r.Stops).ToArray();
        if (
            visits.Length != Model.Customers
            || visits.Distinct().Count() != visits.Length
            || solution.Routes.Count > Model.Vehicles
        )
            return null;
        var plan = new Plan(Model) { Count = solution.Routes.Count };
        var at = 0;
        for (var r = 0; r < plan.Count; r++)
        {
            foreach (var stop in solution.Routes[r].Stops)
                plan.Tour[at++] = stop + 1;
            plan.Bounds[r + 1] = at;
        }
        plan.Settle();
        return plan;
    }

    private static bool IsLike(RoutingVehicle a, RoutingVehicle b) =>
        (a.Start, a.End, a.Earliest, a.Latest, a.MaxDistance, a.FixedCost, a.CostPerDistance)
            == (b.Start, b.End, b.Earliest, b.Latest, b.MaxDistance, b.FixedCost, b.CostPerDistance)
        && a.Capacities.AsSpan().SequenceEqual(b.Capacities);

    /// <summary>What a vehicle costs is paid on the way to its first stop.</summary>
    private static (int[] Arcs, double Scale, bool IsExact) Costs(RoutingProblem problem, RoutingVehicle kind)
    {
        var largest = kind.FixedCost + kind.CostPerDistance * problem.Distances.Largest;
        var exact =
            largest == 0 ? 1
            : problem.ObjectiveScale is { } whole && largest * whole <= Largest ? whole
            : (double?)null;
        // Costs below the smallest that can be scaled are all the same, nothing.
        var scale = exact ?? Largest / Math.Max(largest, 1e-290);
        var fixedCost = kind.FixedCost * scale;
        var arcs = Arcs(
            problem,
            kind,
            problem.Distances,
            (value, isFirst) => (int)Math.Round(value * kind.CostPerDistance * scale + (isFirst ? fixedCost : 0))
        );
        return (arcs, scale, exact is not null);
    }

    private static (int[] Demand, int Capacity, bool IsExact) Loads(RoutingProblem problem, RoutingVehicle kind)
    {
        var demand = new int[problem.Stops.Count + 1];
        if (problem.Dimensions == 0)
            return (demand, 0, true);
        var places = DecimalPlaces.None;
        places.Add(problem.Stops.Select(s => s.Demands[0]));
        var total = problem.Stops.Sum(s => s.Demands[0]) + 1;
        var scale = Scale(places.Count, total);
        for (var s = 0; s < problem.Stops.Count; s++)
            demand[s + 1] = RoundUp(problem.Stops[s].Demands[0], scale);
        return (demand, RoundDown(kind.Capacities[0], scale), places.Count is { } d && scale == DecimalPlaces.Power(d));
    }

    private static (int[] Duration, Segment[] Stops) Times(RoutingProblem problem, RoutingVehicle kind)
    {
        var starts = problem.Stops.Select(s => s.Windows.Length > 0 ? s.Windows[0].Earliest : 0).Append(kind.Earliest);
        var places = DecimalPlaces.None;
        places.Add(starts);
        places.Add(problem.Stops.Select(s => s.ServiceTime));
        int? decimals = places.Count is { } a && problem.Durations.Decimals is { } b ? Math.Max(a, b) : null;
        // Nothing that makes sense happens later: everything driven, served and waited for once.
        var end =
            starts.Max()
            + problem.Stops.Sum(s => s.ServiceTime)
            + (problem.Stops.Count + 1) * problem.Durations.Largest
            + 1;
        var scale = Scale(decimals, end);
        var horizon = RoundDown(end, scale);
        var stops = new Segment[problem.Stops.Count + 1];
        stops[0] = Segment.Of(0, RoundUp(kind.Earliest, scale), Math.Min(horizon, RoundDown(kind.Latest, scale)));
        for (var s = 0; s < problem.Stops.Count; s++)
        {
            var stop = problem.Stops[s];
            var (earliest, latest) =
                stop.Windows.Length > 0 ? (stop.Windows[0].Earliest, stop.Windows[0].Latest) : (0, end);
            stops[s + 1] = Segment.Of(
                RoundUp(stop.ServiceTime, scale),
                RoundUp(earliest, scale),
                Math.Min(horizon, RoundDown(latest, scale))
            );
        }
        return (Arcs(problem, kind, problem.Durations, (value, _) => RoundUp(value, scale)), stops);
    }

    /// <summary>[(n+1)²] of a table of the problem, with the vehicle's start as row 0 and its end as column 0.</summary>
    private static int[] Arcs(
        RoutingProblem problem,
        RoutingVehicle kind,
        TravelTable table,
        Func<double, bool, int> scaled
    )
    {
        var places = problem.Stops.Count + 1;
        var arcs = new int[places * places];
        for (var i = 0; i < places; i++)
        {
            var row = table.Row(i == 0 ? kind.Start : problem.Stops[i - 1].Location);
            for (var j = 1; j < places; j++)
                if (i != j)
                    arcs[i * places + j] = scaled(row[problem.Stops[j - 1].Location], i == 0);
            if (i > 0)
                arcs[i * places] = kind.End is { } end ? scaled(row[end], false) : 0;
        }
        return arcs;
    }

    private static double Scale(int? decimals, double largest) =>
        decimals is { } d && largest * DecimalPlaces.Power(d) <= Largest
            ? DecimalPlaces.Power(d)
            : Largest / Math.Max(largest, 1e-300);

    /// <summary>A number that the scale makes whole is not rounded, whatever its last binary digit.</summary>
    private static int RoundUp(double value, double scale)
    {
        var whole = Math.Round(value * scale);
        return (int)Math.Min(whole / scale == value ? whole : Math.Ceiling(value * scale), int.MaxValue / 2);
    }

    private static int RoundDown(double value, double scale)
    {
        var whole = Math.Round(Math.Min(value * scale, int.MaxValue / 2));
        return (int)(whole / scale == value ? whole : Math.Floor(Math.Min(value * scale, int.MaxValue / 2)));
    }
}

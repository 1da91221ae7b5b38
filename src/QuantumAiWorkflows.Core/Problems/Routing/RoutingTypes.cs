namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>A place. Coordinates come in pairs, x and y or latitude and longitude (decimal degrees); with a matrix there may be none.</summary>
public sealed record RoutingLocation(string Id, double? X, double? Y, double? Latitude, double? Longitude);

/// <summary>A visit to make.</summary>
/// <param name="Location">Index of its location.</param>
/// <param name="Demands">
/// What it takes of each of a vehicle's capacities; the same length as those. At least 0, but for a delivery: that gives back what its
/// pickup took.
/// </param>
/// <param name="ServiceTime">From the start of service to the departure.</param>
/// <param name="Windows">When service may start, ascending and apart from each other; none: at any time.</param>
/// <param name="DeliversFor">Index of the pickup stop that the same vehicle has to visit before; null for all other stops.</param>
/// <param name="SkipPenalty">What it costs to leave the stop out; null when it must be served.</param>
public sealed record RoutingStop(
    string Id,
    int Location,
    double[] Demands,
    double ServiceTime,
    TimeWindow[] Windows,
    int? DeliversFor,
    double? SkipPenalty
);

/// <param name="Latest">Infinite where there is no end.</param>
public readonly record struct TimeWindow(double Earliest, double Latest);

/// <summary>Some vehicles of one kind; each drives at most one route.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Start">Index of the location where a route begins.</param>
/// <param name="End">Index of the location where it ends; null: it ends at its last stop (open route).</param>
/// <param name="Capacities">Of the same length for all vehicles and stops of a problem; it may be 0.</param>
/// <param name="Earliest">When it leaves <paramref name="Start"/>.</param>
/// <param name="Latest">When it must have arrived at the end, of an open route: have finished the last service. Infinite for no limit.</param>
/// <param name="MaxDistance">Of its route; null for no limit.</param>
/// <param name="FixedCost">Of a route that serves any stop.</param>
/// <param name="CostPerDistance">For every unit of distance.</param>
public sealed record RoutingVehicle(
    string Id,
    int Count,
    int Start,
    int? End,
    double[] Capacities,
    double Earliest,
    double Latest,
    double? MaxDistance,
    double FixedCost,
    double CostPerDistance
);

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Problems.Routing.Input;

/// <summary>What a client posts. The order of locations, vehicles and stops is kept: violations point into it.</summary>
public sealed record RoutingInput
{
    /// <summary>Of any length, time, cost or demand: so that sums of thousands keep their digits.</summary>
    internal const double MaxNumber = 1e12;

    /// <summary>Of x and y: so that squares do.</summary>
    internal const double MaxCoordinate = 1e9;

    internal const int MaxIdLength = 100;

    [Description("Always \"routing\".")]
    public required string Family { get; init; }

    [Description("Need not be given; 1.")]
    [Range(1, 1)]
    public int? Schema { get; init; }

    [Description(
        "Places: depots and those of stops. With coordinates, all of one kind, unless the distances are a matrix."
    )]
    [Length(1, TravelTable.MaxLocations)]
    public required LocationInput[] Locations { get; init; }

    public required DistanceInput Distance { get; init; }

    [Description("How long ways take; null: as long as they are far, one unit of time per unit of distance.")]
    public DurationInput? Duration { get; init; }

    [Length(1, RoutingProblem.MaxVehicles)]
    public required VehicleInput[] Vehicles { get; init; }

    [Length(1, RoutingProblem.MaxStops)]
    public required StopInput[] Stops { get; init; }

    [Description("Yours to recognise the problem by; no part of its identity.")]
    [Length(0, 200)]
    public string? Name { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 10_000)]
    public string? Notes { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 50)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

[Description("A place: with x and y, with latitude and longitude, or without coordinates.")]
public sealed record LocationInput
{
    [Description("No two equal.")]
    [Length(1, RoutingInput.MaxIdLength)]
    public required string Id { get; init; }

    [Description("For tsplibGeo the latitude as degrees.minutes.")]
    [Range(-RoutingInput.MaxCoordinate, RoutingInput.MaxCoordinate)]
    public double? X { get; init; }

    [Description("For tsplibGeo the longitude as degrees.minutes.")]
    [Range(-RoutingInput.MaxCoordinate, RoutingInput.MaxCoordinate)]
    public double? Y { get; init; }

    [Description("Decimal degrees, north positive.")]
    [Range(-90.0, 90.0)]
    public double? Latitude { get; init; }

    [Description("Decimal degrees, east positive.")]
    [Range(-180.0, 180.0)]
    public double? Longitude { get; init; }
}

public sealed record DistanceInput
{
    [Description(
        "euclidean: straight lines between x and y. tsplibEuc2d, tsplibCeil2d, tsplibAtt, tsplibGeo: whole numbers by the rules of TSPLIB. "
            + "truncatedOneDecimal: straight lines, each cut after one decimal. haversine: metres between latitude and longitude. matrix: as given."
    )]
    public required DistanceMetric Metric { get; init; }

    [Description(
        "With the metric matrix only: row i, column j is the way from location i to location j; at least 0, and 0 on the diagonal. Need not be symmetric."
    )]
    public double[][]? Matrix { get; init; }
}

[Description("Exactly one of matrix and speed.")]
public sealed record DurationInput
{
    [Description("Row i, column j is the time from location i to location j; at least 0, and 0 on the diagonal.")]
    public double[][]? Matrix { get; init; }

    [Description("Units of distance per unit of time, for all ways alike: 10 for metres and seconds at 36 km/h.")]
    [Range(1e-6, 1e9)]
    public double? Speed { get; init; }
}

[Description("Vehicles of one kind.")]
public sealed record VehicleInput
{
    [Description("No two equal.")]
    [Length(1, RoutingInput.MaxIdLength)]
    public required string Id { get; init; }

    [Description("How many there are; each drives at most one route.")]
    [Range(1, 100_000)]
    public int Count { get; init; } = 1;

    [Description("Id of the location where it sets out: its depot.")]
    public required string Start { get; init; }

    [Description("Id of the location where it ends; null: at its last stop, wherever that is (open route).")]
    public required string? End { get; init; }

    [Description("As many numbers for every vehicle as demands for every stop; none where nothing limits the load.")]
    [Length(0, RoutingProblem.MaxDimensions)]
    public double[]? Capacities { get; init; }

    [Description("When it sets out.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double Earliest { get; init; }

    [Description(
        "When it must have arrived at its end, or finished the last service of an open route; null: no limit."
    )]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double? Latest { get; init; }

    [Description("Of its route; null: no limit.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double? MaxDistance { get; init; }

    [Description("Of a route that visits any stop.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double FixedCost { get; init; }

    [Description("For every unit of distance.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double CostPerDistance { get; init; } = 1;
}

public sealed record StopInput
{
    [Description("No two equal.")]
    [Length(1, RoutingInput.MaxIdLength)]
    public required string Id { get; init; }

    [Description("Id of its location; several stops may share one.")]
    public required string Location { get; init; }

    [Description(
        "What it takes of each capacity, from the visit to the end of the route; at least 0. Not given: nothing. A delivery gives back what its pickup took: leave its demands out, or give the pickup's with a minus."
    )]
    [Length(0, RoutingProblem.MaxDimensions)]
    public double[]? Demands { get; init; }

    [Description("Time from the start of service to the departure.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double ServiceTime { get; init; }

    [Description("When service may start, in any order; a vehicle that comes earlier waits. Not given: at any time.")]
    [Length(0, RoutingProblem.MaxWindows)]
    public WindowInput[]? Windows { get; init; }

    [Description("Id of the pickup stop that the same vehicle visits before; each pickup has one delivery.")]
    public string? DeliversFor { get; init; }

    [Description(
        "What leaving it out costs; null: it must be served. A pickup and its delivery both have one, or neither."
    )]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double? SkipPenalty { get; init; }
}

public sealed record WindowInput
{
    [Range(0.0, RoutingInput.MaxNumber)]
    public double Earliest { get; init; }

    [Description("The last moment at which service may start; null: no end.")]
    [Range(0.0, RoutingInput.MaxNumber)]
    public double? Latest { get; init; }
}

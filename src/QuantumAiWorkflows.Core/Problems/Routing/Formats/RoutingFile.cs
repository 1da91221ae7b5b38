using System.Globalization;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>What these files can say: one depot, alike vehicles, one kind of load. A TSP has no capacity and one vehicle.</summary>
internal sealed class RoutingFile(int size, int firstId)
{
    /// <summary>Of depot and customers.</summary>
    public int Size => size;

    /// <summary>1-based in .vrp, 0-based in Solomon's files: the ids of locations and stops.</summary>
    public int FirstId => firstId;

    public DistanceMetric Metric { get; set; } = DistanceMetric.TsplibEuc2d;

    /// <summary>Row by row; null where distances follow from coordinates.</summary>
    public double[]? Matrix { get; set; }

    public double[]? X { get; set; }

    public double[]? Y { get; set; }

    /// <summary>Null of a TSP.</summary>
    public double? Capacity { get; set; }

    public int? Vehicles { get; set; }

    public int Depot { get; set; }

    public double[] Demands { get; set; } = new double[size];

    public double[] ServiceTimes { get; set; } = new double[size];

    /// <summary>Null where the file has none; the depot's is the vehicles' shift.</summary>
    public TimeWindow[]? Windows { get; set; }

    /// <summary>Of routes: a distance, or with service times a duration, service included.</summary>
    public double? Limit { get; set; }

    public RoutingProblem ToProblem(RoutingFileSettings settings)
    {
        var metric =
            Matrix is not null ? DistanceMetric.Matrix
            : settings.Metric is { } given ? given
            : Windows is not null && Metric == DistanceMetric.TsplibEuc2d ? DistanceMetric.TruncatedOneDecimal
            : Metric;
        var locations = new RoutingLocation[Size];
        for (var i = 0; i < Size; i++)
            locations[i] = new(Name(i), X?[i], Y?[i], null, null);
        var distances = Matrix is null
            ? TravelTable.OfLocations(locations, metric)
            : TravelTable.OfMatrix(Size, Matrix);
        return new(locations, metric, distances, distances, null, [Vehicle(settings)], Stops());
    }

    private RoutingVehicle Vehicle(RoutingFileSettings settings)
    {
        var isTimed = Array.Exists(ServiceTimes, t => t > 0);
        var shift = Windows?[Depot] ?? new(0, double.PositiveInfinity);
        return new(
            "vehicle",
            Capacity is null ? 1 : settings.Vehicles ?? Vehicles ?? Size - 1,
            Depot,
            Depot,
            Capacity is { } capacity ? [capacity] : [],
            shift.Earliest,
            isTimed && Limit is { } duration ? Math.Min(shift.Latest, shift.Earliest + duration) : shift.Latest,
            isTimed ? null : Limit,
            0,
            1
        );
    }

    private RoutingStop[] Stops()
    {
        var stops = new List<RoutingStop>(Size - 1);
        for (var i = 0; i < Size; i++)
            if (i != Depot)
                stops.Add(
                    new(
                        Name(i),
                        i,
                        Capacity is null ? [] : [Demands[i]],
                        ServiceTimes[i],
                        Windows is { } windows ? [windows[i]] : [],
                        null,
                        null
                    )
                );
        return [.. stops];
    }

    private string Name(int node) => (node + FirstId).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Why a problem is not of this shape, as the end of a sentence: one kind of vehicle from one depot and back, one stop at each
    /// other location, ids that count from <paramref name="firstId"/>, and nothing that such files have no place for.
    /// </summary>
    public static string? Refusal(RoutingProblem problem, int firstId)
    {
        if (problem.Vehicles is not [{ } vehicle])
            return $"it has one kind of vehicle, the problem has {problem.Vehicles.Count}";
        if (vehicle.End != vehicle.Start)
            return "its vehicles end where they start, the problem's do not";
        if (vehicle.FixedCost != 0 || vehicle.CostPerDistance != 1)
            return "its routes cost their length, the problem's have a rate or a fixed cost";
        if (problem.Durations != problem.Distances)
            return "it has no durations beside the distances";
        if (problem.Dimensions > 1)
            return $"it has one kind of load, the problem has {problem.Dimensions}";
        if (problem.Stops.Any(s => s.SkipPenalty is not null || s.DeliversFor is not null || s.Windows.Length > 1))
            return "it has neither optional stops nor deliveries nor several windows for a stop, the problem has";
        string Id(int node) => (node + firstId).ToString(CultureInfo.InvariantCulture);
        var counts = problem.Locations.Select((l, i) => l.Id == Id(i)).All(isSo => isSo);
        var nodes = Enumerable.Range(0, problem.Locations.Count).Where(i => i != vehicle.Start);
        var isPlain =
            problem.Stops.Select(s => s.Location).SequenceEqual(nodes)
            && problem.Stops.All(s => s.Id == Id(s.Location));
        return counts && isPlain
            ? null
            : $"it has one stop at each location but the depot, both with ids that count from {firstId}; the problem's are others";
    }
}

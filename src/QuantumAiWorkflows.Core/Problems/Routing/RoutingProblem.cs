using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Routing.Drawings;
using QuantumAiWorkflows.Problems.Routing.Encodings;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Stops to visit with vehicles that set out from depots, at the least cost: what routes cost, and what it costs to leave stops
/// out. From the travelling salesman (one vehicle, nothing limits it) to pickups and deliveries with time windows from several
/// depots.
/// </summary>
public sealed class RoutingProblem : Problem
{
    public const int MaxStops = 5_000;

    /// <summary>Kinds; of each there may be many.</summary>
    public const int MaxVehicles = 1_000;

    /// <summary>Capacities of a vehicle.</summary>
    public const int MaxDimensions = 10;

    /// <summary>Time windows of a stop.</summary>
    public const int MaxWindows = 100;

    private readonly int?[] _deliveries;
    private RoutingUnits? _units;

    internal RoutingProblem(
        IReadOnlyList<RoutingLocation> locations,
        DistanceMetric metric,
        TravelTable distances,
        TravelTable durations,
        double? speed,
        IReadOnlyList<RoutingVehicle> vehicles,
        IReadOnlyList<RoutingStop> stops
    )
    {
        (Locations, Metric, Distances, Durations, Speed) = (locations, metric, distances, durations, speed);
        (Vehicles, Stops) = (vehicles, stops);
        _deliveries = new int?[stops.Count];
        for (var s = 0; s < stops.Count; s++)
            if (stops[s].DeliversFor is { } pickup)
                _deliveries[pickup] = s;
    }

    public IReadOnlyList<RoutingLocation> Locations { get; }

    public DistanceMetric Metric { get; }

    /// <summary>Between locations, by their indices.</summary>
    public TravelTable Distances { get; }

    /// <summary>Between locations; the same table as <see cref="Distances"/> where none were given.</summary>
    public TravelTable Durations { get; }

    /// <summary>Distance per time, where durations follow from distances by it; else null.</summary>
    public double? Speed { get; }

    public IReadOnlyList<RoutingVehicle> Vehicles { get; }

    public IReadOnlyList<RoutingStop> Stops { get; }

    /// <summary>How many capacities each vehicle has, and demands each stop; 0 where nothing limits loads.</summary>
    public int Dimensions => Vehicles[0].Capacities.Length;

    /// <summary>The stop that delivers what this one picks up; null when it is no pickup.</summary>
    public int? DeliveryOf(int stop) => _deliveries[stop];

    /// <summary>
    /// 10^d, so that every objective times it is a whole number below 2^53, and objectives are the doubles nearest to such numbers;
    /// null where costs or distances have more decimals than that.
    /// </summary>
    public double? ObjectiveScale => Units.Cost.IsExact ? Units.Cost.Factor : null;

    /// <summary>In which the referee adds.</summary>
    internal RoutingUnits Units => _units ??= RoutingUnits.Of(this);

    public override ProblemFamily Family => RoutingFamily.Instance;

    public override Sense Sense => Sense.Minimize;

    /// <summary>Stops.</summary>
    public override int NumVariables => Stops.Count;

    /// <summary>Pairs of stops, each of which one may follow the other.</summary>
    public override long NumInteractions => (long)Stops.Count * (Stops.Count - 1) / 2;

    public override JsonObject Summary => RoutingSummary.Of(this);

    public override double Magnitude => Units.LargestCost;

    public override bool HasExactObjectives => Units.Cost.IsExact;

    public override Problem? Lookalike(long seed) => RoutingLookalike.Of(this, seed);

    public override Evaluation Evaluate(Solution solution) => RoutingReferee.Evaluate(this, (RoutingSolution)solution);

    public override EncodingResult Encode(EncodingRequest request) => RoutingEncoding.Of(this, request);

    public override JsonObject SolutionToJson(Solution solution) => ((RoutingSolution)solution).ToJson(this);

    public override JsonObject? Details(Solution? solution) => RoutingDetails.Of(this, (RoutingSolution?)solution);

    public override IReadOnlyDictionary<string, string> Drawings => RoutingDrawings.Of(this);

    public override string Draw(Solution solution, string format) =>
        RoutingDrawings.Draw(this, (RoutingSolution)solution, format);

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) =>
        RoutingSolution.Read(element, this, pointer, faults);

    protected override byte[] WriteCanonical() => RoutingCanonical.Write(this);
}

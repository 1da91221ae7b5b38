using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Input;

/// <summary>Brings what a client sent to a <see cref="RoutingProblem"/>, or names everything that is wrong with it.</summary>
internal sealed partial class RoutingReader
{
    private readonly RoutingInput _input;
    private readonly string _at;
    private readonly FaultList _faults;
    private readonly Dictionary<string, int> _locations;

    private RoutingReader(RoutingInput input, string pointer, FaultList faults)
    {
        (_input, _at, _faults) = (input, pointer, faults);
        _locations = Ids(input.Locations.Select(l => l.Id), "locations");
    }

    public static RoutingProblem? Read(RoutingInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var reader = new RoutingReader(input, pointer, faults);
        var ways = new WaysReader(input, pointer, faults).Read();
        var vehicles = reader.Vehicles();
        var stops = new StopReader(reader).Read(vehicles[0].Capacities.Length);
        if (faults.Count > before)
            return null;
        var locations = input
            .Locations.Select(l => new RoutingLocation(l.Id, l.X, l.Y, l.Latitude, l.Longitude))
            .ToArray();
        return ways!.ToProblem(locations, vehicles, stops);
    }

    private RoutingVehicle[] Vehicles()
    {
        _ = Ids(_input.Vehicles.Select(v => v.Id), "vehicles");
        var dimensions = _input.Vehicles[0].Capacities?.Length ?? 0;
        var vehicles = new RoutingVehicle[_input.Vehicles.Length];
        for (var v = 0; v < vehicles.Length; v++)
        {
            var given = _input.Vehicles[v];
            var at = $"{_at}/vehicles/{v}";
            var capacities = given.Capacities ?? [];
            if (capacities.Length != dimensions)
                Refuse(
                    FaultCode.LengthMismatch,
                    $"{at}/capacities",
                    $"Expected {dimensions} capacities as of the first vehicle, got {capacities.Length}.",
                    capacities.Length,
                    dimensions
                );
            CheckNumbers(capacities, 0, $"{at}/capacities", "a capacity");
            if (given.Latest < given.Earliest)
                Refuse(
                    FaultCode.OutOfRange,
                    $"{at}/latest",
                    $"Expected latest >= earliest = {Show(given.Earliest)}, got {Show(given.Latest.Value)}.",
                    given.Latest,
                    given.Earliest
                );
            vehicles[v] = new(
                given.Id,
                given.Count,
                Location(given.Start, $"{at}/start"),
                given.End is { } end ? Location(end, $"{at}/end") : null,
                capacities,
                given.Earliest,
                given.Latest ?? double.PositiveInfinity,
                given.MaxDistance,
                given.FixedCost,
                given.CostPerDistance
            );
        }
        return vehicles;
    }

    /// <summary>The index of each id; a fault for every one that is there twice.</summary>
    private Dictionary<string, int> Ids(IEnumerable<string> ids, string member)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var index = 0;
        foreach (var id in ids)
        {
            if (!indices.TryAdd(id, index))
                Refuse(
                    FaultCode.DuplicateEntry,
                    $"{_at}/{member}/{index}/id",
                    $"Expected ids that differ, got \"{id}\" as at {member}/{indices[id]}.",
                    id
                );
            index++;
        }
        return indices;
    }

    private int Location(string id, string pointer)
    {
        if (_locations.TryGetValue(id, out var index))
            return index;
        var name = JsonScalars.Short(id);
        Refuse(FaultCode.IndexOutOfRange, pointer, $"No location has the id \"{name}\".", name);
        return 0;
    }

    private void CheckNumbers(double[] values, double low, string pointer, string what)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] < low || values[i] > RoutingInput.MaxNumber)
                Refuse(
                    FaultCode.OutOfRange,
                    $"{pointer}/{i}",
                    $"Expected {what} from {Show(low)} to {Show(RoutingInput.MaxNumber)}, got {Show(values[i])}.",
                    values[i],
                    values[i] < low ? low : RoutingInput.MaxNumber
                );
    }

    private void Refuse(
        FaultCode code,
        string pointer,
        string detail,
        JsonNode? value = null,
        JsonNode? limit = null
    ) => _faults.Add(code, pointer, detail, value, limit);

    private static string Show(double value) => CanonicalJson.Number(value);
}

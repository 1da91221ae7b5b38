using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Input;

/// <summary>Brings what a client sent to a <see cref="RoutingProblem"/>, or names everything that is wrong with it.</summary>
internal sealed class RoutingReader
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

    /// <summary>Stops need the locations, and of each other who picks up for whom.</summary>
    private sealed class StopReader(RoutingReader reader)
    {
        private readonly StopInput[] _given = reader._input.Stops;
        private readonly Dictionary<string, int> _ids = reader.Ids(reader._input.Stops.Select(s => s.Id), "stops");

        public RoutingStop[] Read(int dimensions)
        {
            var stops = new RoutingStop[_given.Length];
            var deliveries = new Dictionary<int, int>();
            for (var s = 0; s < stops.Length; s++)
            {
                var given = _given[s];
                var at = $"{reader._at}/stops/{s}";
                var pickup = Pickup(s, at, deliveries);
                stops[s] = new(
                    given.Id,
                    reader.Location(given.Location, $"{at}/location"),
                    Demands(given, pickup, dimensions, $"{at}/demands"),
                    given.ServiceTime,
                    Windows(given.Windows ?? [], $"{at}/windows"),
                    pickup,
                    given.SkipPenalty
                );
            }
            return stops;
        }

        private int? Pickup(int s, string at, Dictionary<int, int> deliveries)
        {
            if (_given[s].DeliversFor is not { } id)
                return null;
            at += "/deliversFor";
            var name = JsonScalars.Short(id);
            if (!_ids.TryGetValue(id, out var pickup))
                reader.Refuse(FaultCode.IndexOutOfRange, at, $"No stop has the id \"{name}\".", name);
            else if (pickup == s)
                reader.Refuse(FaultCode.Conflict, at, "A stop cannot deliver what it picks up itself.", name);
            else if (_given[pickup].DeliversFor is not null)
                reader.Refuse(FaultCode.Conflict, at, $"\"{name}\" is a delivery, not a pickup.", name);
            else if (!deliveries.TryAdd(pickup, s))
                reader.Refuse(
                    FaultCode.DuplicateEntry,
                    at,
                    $"\"{name}\" has its delivery at stops/{deliveries[pickup]} already.",
                    name
                );
            else if (_given[pickup].SkipPenalty is null != _given[s].SkipPenalty is null)
                reader.Refuse(
                    FaultCode.Conflict,
                    $"{reader._at}/stops/{s}/skipPenalty",
                    $"A delivery and its pickup \"{name}\" can both be left out, or neither: one of them has a skipPenalty."
                );
            else
                return pickup;
            return null;
        }

        private double[] Demands(StopInput given, int? pickup, int dimensions, string at)
        {
            // Of a pickup with the wrong length another fault tells.
            var taken =
                pickup is { } p && _given[p].Demands is { } demands && demands.Length == dimensions ? demands : null;
            if (given.Demands is null)
                return taken is null ? new double[dimensions] : Array.ConvertAll(taken, d => -d);
            if (given.Demands.Length != dimensions)
                reader.Refuse(
                    FaultCode.LengthMismatch,
                    at,
                    $"Expected {dimensions} demands, one for each of a vehicle's capacities, got {given.Demands.Length}.",
                    given.Demands.Length,
                    dimensions
                );
            else if (given.DeliversFor is null)
                reader.CheckNumbers(given.Demands, 0, at, "a demand");
            else if (pickup is not null)
                for (var d = 0; d < dimensions; d++)
                    if (given.Demands[d] != -(taken?[d] ?? 0))
                        reader.Refuse(
                            FaultCode.Conflict,
                            $"{at}/{d}",
                            $"A delivery gives back what its pickup took: expected {Show(-(taken?[d] ?? 0))}, got {Show(given.Demands[d])}.",
                            given.Demands[d],
                            -(taken?[d] ?? 0)
                        );
            return given.Demands;
        }

        /// <summary>Ascending; those that touch or overlap are one.</summary>
        private TimeWindow[] Windows(WindowInput[] given, string at)
        {
            for (var w = 0; w < given.Length; w++)
                if (given[w].Latest < given[w].Earliest)
                    reader.Refuse(
                        FaultCode.OutOfRange,
                        $"{at}/{w}/latest",
                        $"Expected latest >= earliest = {Show(given[w].Earliest)}, got {Show(given[w].Latest!.Value)}.",
                        given[w].Latest,
                        given[w].Earliest
                    );
            var windows = new List<TimeWindow>(given.Length);
            foreach (
                var next in given
                    .Select(w => new TimeWindow(w.Earliest, w.Latest ?? double.PositiveInfinity))
                    .OrderBy(w => w.Earliest)
            )
                if (windows.Count > 0 && next.Earliest <= windows[^1].Latest)
                    windows[^1] = windows[^1] with { Latest = Math.Max(windows[^1].Latest, next.Latest) };
                else
                    windows.Add(next);
            // A window over all of time is none.
            return windows is [{ Earliest: 0, Latest: double.PositiveInfinity }] ? [] : [.. windows];
        }
    }
}

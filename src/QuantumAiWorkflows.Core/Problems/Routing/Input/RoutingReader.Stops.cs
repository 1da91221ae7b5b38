using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Input;

/// <summary>The stops: with demands, windows, and who delivers for whom.</summary>
internal sealed partial class RoutingReader
{
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

using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Which vehicle visits which stops in which order. Routes without stops are dropped and the others sorted, so that one plan is
/// one answer. A stop in no route is left out.
/// </summary>
public sealed record RoutingSolution(IReadOnlyList<Route> Routes) : Solution
{
    public IReadOnlyList<Route> Routes { get; } = [.. Routes.Where(r => r.Stops.Count > 0).Order()];

    public override int CompareTo(Solution? other)
    {
        if (other is not RoutingSolution o)
            return 1;
        for (var i = 0; i < Math.Min(Routes.Count, o.Routes.Count); i++)
            if (Routes[i].CompareTo(o.Routes[i]) is not 0 and var order)
                return order;
        return Routes.Count.CompareTo(o.Routes.Count);
    }

    public bool Equals(RoutingSolution? other) => other is not null && Routes.SequenceEqual(other.Routes);

    public override int GetHashCode() => Routes.Aggregate(Routes.Count, HashCode.Combine);

    /// <summary><c>{"routes": [{"vehicle": "van", "stops": ["a", "b"]}]}</c>.</summary>
    internal JsonObject ToJson(RoutingProblem problem) =>
        new()
        {
            ["routes"] = new JsonArray([
                .. Routes.Select(route => new JsonObject
                {
                    ["vehicle"] = problem.Vehicles[route.Vehicle].Id,
                    ["stops"] = new JsonArray([.. route.Stops.Select(s => JsonValue.Create(problem.Stops[s].Id))]),
                }),
            ]),
        };

    internal static RoutingSolution? Read(JsonElement element, RoutingProblem problem, string pointer, FaultList faults)
    {
        var before = faults.Count;
        if (StrictJson.Read<Wire>(element, pointer, faults) is not { } wire)
            return null;
        var vehicles = problem.Vehicles.Select((v, index) => (v.Id, index)).ToDictionary(v => v.Id, v => v.index);
        var stops = problem.Stops.Select((s, index) => (s.Id, index)).ToDictionary(s => s.Id, s => s.index);
        var routes = new List<Route>(wire.Routes.Length);
        for (var r = 0; r < wire.Routes.Length && !faults.IsFull; r++)
        {
            var route = wire.Routes[r];
            var vehicle = Find(vehicles, route.Vehicle, "vehicle", $"{pointer}/routes/{r}/vehicle", faults);
            var visits = new int[route.Stops.Length];
            for (var k = 0; k < visits.Length; k++)
                visits[k] = Find(stops, route.Stops[k], "stop", $"{pointer}/routes/{r}/stops/{k}", faults);
            routes.Add(new(vehicle, visits));
        }
        return faults.Count == before ? new(routes) : null;
    }

    private static int Find(Dictionary<string, int> ids, string id, string what, string pointer, FaultList faults)
    {
        if (ids.TryGetValue(id, out var index))
            return index;
        faults.Add(
            FaultCode.IndexOutOfRange,
            pointer,
            $"No {what} of the problem has the id \"{JsonScalars.Short(id)}\".",
            JsonScalars.Short(id)
        );
        return -1;
    }

    private sealed record Wire
    {
        public required WireRoute[] Routes { get; init; }
    }

    private sealed record WireRoute
    {
        public required string Vehicle { get; init; }

        public required string[] Stops { get; init; }
    }
}

/// <summary>What one vehicle does.</summary>
/// <param name="Vehicle">Index of its kind.</param>
/// <param name="Stops">Indices, in the order of the visits.</param>
public sealed record Route(int Vehicle, IReadOnlyList<int> Stops) : IComparable<Route>
{
    /// <summary>By vehicle, then stop by stop.</summary>
    public int CompareTo(Route? other)
    {
        if (other is null)
            return 1;
        if (Vehicle != other.Vehicle)
            return Vehicle.CompareTo(other.Vehicle);
        for (var i = 0; i < Math.Min(Stops.Count, other.Stops.Count); i++)
            if (Stops[i] != other.Stops[i])
                return Stops[i].CompareTo(other.Stops[i]);
        return Stops.Count.CompareTo(other.Stops.Count);
    }

    public bool Equals(Route? other) => other is not null && CompareTo(other) == 0;

    public override int GetHashCode() => Stops.Aggregate(Vehicle, HashCode.Combine);

    public static bool operator <(Route left, Route right) => left.CompareTo(right) < 0;

    public static bool operator >(Route left, Route right) => left.CompareTo(right) > 0;

    public static bool operator <=(Route left, Route right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Route left, Route right) => left.CompareTo(right) >= 0;
}

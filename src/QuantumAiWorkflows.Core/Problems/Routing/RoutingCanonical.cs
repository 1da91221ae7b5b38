using System.Buffers;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// The normalized record: what a client may post, with schema 1, demands written out, windows sorted and merged, and without
/// members that say nothing. The order of locations, vehicles and stops is kept. Members in JCS order.
/// </summary>
internal static class RoutingCanonical
{
    public static byte[] Write(RoutingProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        buffer.Write("{\"distance\":{");
        if (problem.Metric == DistanceMetric.Matrix)
        {
            WriteMatrix(buffer, problem.Distances);
            buffer.Write(",");
        }
        buffer.Write($"\"metric\":\"{JsonNames.Of(problem.Metric)}\"}},");
        if (problem.Speed is { } speed)
            buffer.Write($"\"duration\":{{\"speed\":{Number(speed)}}},");
        else if (problem.Durations != problem.Distances)
        {
            buffer.Write("\"duration\":{");
            WriteMatrix(buffer, problem.Durations);
            buffer.Write("},");
        }
        buffer.Write("\"family\":\"routing\",\"locations\":[");
        WriteAll(buffer, problem.Locations, Location);
        buffer.Write("],\"schema\":1,\"stops\":[");
        WriteAll(buffer, problem.Stops, stop => Stop(problem, stop));
        buffer.Write("],\"vehicles\":[");
        WriteAll(buffer, problem.Vehicles, vehicle => Vehicle(problem, vehicle));
        buffer.Write("]}");
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMatrix(ArrayBufferWriter<byte> buffer, TravelTable table)
    {
        buffer.Write("\"matrix\":[");
        for (var i = 0; i < table.Size; i++)
        {
            buffer.Write(i == 0 ? "[" : ",[");
            for (var j = 0; j < table.Size; j++)
            {
                if (j > 0)
                    buffer.Write(",");
                buffer.Write(Number(table[i, j]));
            }
            buffer.Write("]");
        }
        buffer.Write("]");
    }

    private static void WriteAll<T>(ArrayBufferWriter<byte> buffer, IReadOnlyList<T> items, Func<T, string> text)
    {
        for (var i = 0; i < items.Count; i++)
            buffer.Write($"{(i == 0 ? "" : ",")}{text(items[i])}");
    }

    private static string Location(RoutingLocation location)
    {
        var id = Text(location.Id);
        if (location.X is { } x)
            return $"{{\"id\":{id},\"x\":{Number(x)},\"y\":{Number(location.Y!.Value)}}}";
        return location.Latitude is { } latitude
            ? $"{{\"id\":{id},\"latitude\":{Number(latitude)},\"longitude\":{Number(location.Longitude!.Value)}}}"
            : $"{{\"id\":{id}}}";
    }

    private static string Stop(RoutingProblem problem, RoutingStop stop)
    {
        var deliversFor = stop.DeliversFor is { } pickup ? $"\"deliversFor\":{Text(problem.Stops[pickup].Id)}," : "";
        var penalty = stop.SkipPenalty is { } skip ? $",\"skipPenalty\":{Number(skip)}" : "";
        var windows = stop.Windows.Length > 0 ? $",\"windows\":[{string.Join(',', stop.Windows.Select(Window))}]" : "";
        return $"{{{deliversFor}\"demands\":[{Numbers(stop.Demands)}],\"id\":{Text(stop.Id)},"
            + $"\"location\":{Text(problem.Locations[stop.Location].Id)},\"serviceTime\":{Number(stop.ServiceTime)}{penalty}{windows}}}";
    }

    private static string Window(TimeWindow window) =>
        $"{{\"earliest\":{Number(window.Earliest)}{Latest(window.Latest)}}}";

    private static string Vehicle(RoutingProblem problem, RoutingVehicle vehicle)
    {
        var end = vehicle.End is { } location ? Text(problem.Locations[location].Id) : "null";
        var longest = vehicle.MaxDistance is { } most ? $",\"maxDistance\":{Number(most)}" : "";
        return $"{{\"capacities\":[{Numbers(vehicle.Capacities)}],\"costPerDistance\":{Number(vehicle.CostPerDistance)},"
            + $"\"count\":{Number(vehicle.Count)},\"earliest\":{Number(vehicle.Earliest)},\"end\":{end},"
            + $"\"fixedCost\":{Number(vehicle.FixedCost)},\"id\":{Text(vehicle.Id)}{Latest(vehicle.Latest)}{longest},"
            + $"\"start\":{Text(problem.Locations[vehicle.Start].Id)}}}";
    }

    private static string Latest(double value) => double.IsFinite(value) ? $",\"latest\":{Number(value)}" : "";

    private static string Numbers(double[] values) => string.Join(',', values.Select(Number));

    private static string Number(double value) => CanonicalJson.Number(value);

    private static string Text(string value) => CanonicalJson.Text(value);
}

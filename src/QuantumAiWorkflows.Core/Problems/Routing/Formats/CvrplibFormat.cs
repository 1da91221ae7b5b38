using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>
/// CVRPLIB's .vrp, TSPLIB's dialect for vehicles with loads (types CVRP, VRPTW, CVRPTW): one depot, alike vehicles. Ids are node
/// numbers. With TIME_WINDOW_SECTION, EUC_2D distances are cut after one decimal as in the DIMACS challenge of 2021, and the
/// depot's window is the vehicles' shift. DISTANCE limits a route's length, with service times its duration.
/// </summary>
public sealed class CvrplibFormat : RoutingFormat
{
    public override string Id => "cvrplib";

    public override string Title => "Vehicle routing (CVRPLIB .vrp)";

    public override string Extension => ".vrp";

    private protected override RoutingFile? ReadFile(
        ReadOnlyMemory<byte> content,
        RoutingFileSettings settings,
        FaultList faults
    ) => new TsplibReader(new TextLines(content, faults), faults, ["CVRP", "VRPTW", "CVRPTW"]).Read();

    protected override string? Refusal(RoutingProblem problem)
    {
        if (RoutingFile.Refusal(problem, 1) is { } reason)
            return reason;
        var vehicle = problem.Vehicles[0];
        if (problem.Dimensions == 0)
            return "its vehicles have a capacity, the problem's have none";
        if (HasWindows(problem))
        {
            if (vehicle.MaxDistance is not null || !AreFinite(problem))
                return "with time windows it has one for every stop and an end of the shift, and no longest route";
            // Cut lengths have no name in the file: they are what EUC_2D means beside time windows.
            return problem.Metric == DistanceMetric.TsplibEuc2d
                    ? "with time windows it has lengths cut after one decimal, the problem's are rounded"
                : problem.Metric == DistanceMetric.TruncatedOneDecimal ? null
                : TsplibWriter.Refusal(problem);
        }
        var isTimed = problem.Stops.Any(s => s.ServiceTime > 0);
        if (vehicle.Earliest != 0 || (isTimed ? vehicle.MaxDistance is not null : double.IsFinite(vehicle.Latest)))
            return "without time windows it has a longest route, which with service times is a duration, and no shift";
        return TsplibWriter.Refusal(problem);
    }

    private protected override string WriteText(RoutingProblem problem)
    {
        var vehicle = problem.Vehicles[0];
        var depot = problem.Locations[vehicle.Start].Id;
        var text = new StringBuilder(TsplibWriter.Header(problem, HasWindows(problem) ? "VRPTW" : "CVRP"));
        text.Append(CultureInfo.InvariantCulture, $"CAPACITY : {Number(vehicle.Capacities[0])}\n");
        if (vehicle.Count != problem.Stops.Count)
            text.Append(CultureInfo.InvariantCulture, $"VEHICLES : {vehicle.Count}\n");
        if (!HasWindows(problem) && (vehicle.MaxDistance ?? vehicle.Latest) is var limit && double.IsFinite(limit))
            text.Append(CultureInfo.InvariantCulture, $"DISTANCE : {Number(limit)}\n");
        text.Append(TsplibWriter.Nodes(problem));
        // Every section has a line for the depot, at its place: files are read by people, too.
        var stops = problem.Stops.ToDictionary(s => s.Location);
        void Section(string name, Func<RoutingStop?, double[]> values)
        {
            text.Append(name).Append('\n');
            for (var i = 0; i < problem.Locations.Count; i++)
                text.Append(TsplibWriter.Line(problem.Locations[i].Id, values(stops.GetValueOrDefault(i))));
        }
        Section("DEMAND_SECTION", stop => [stop?.Demands[0] ?? 0]);
        if (HasWindows(problem))
            Section(
                "TIME_WINDOW_SECTION",
                stop =>
                    stop is null
                        ? [vehicle.Earliest, vehicle.Latest]
                        : [stop.Windows[0].Earliest, stop.Windows[0].Latest]
            );
        if (problem.Stops.Any(s => s.ServiceTime > 0))
            Section("SERVICE_TIME_SECTION", stop => [stop?.ServiceTime ?? 0]);
        return text.Append(CultureInfo.InvariantCulture, $"DEPOT_SECTION\n{depot}\n-1\nEOF\n").ToString();
    }

    private static bool HasWindows(RoutingProblem problem) => problem.Stops.Any(s => s.Windows.Length > 0);

    private static bool AreFinite(RoutingProblem problem) =>
        double.IsFinite(problem.Vehicles[0].Latest)
        && problem.Stops.All(s => s.Windows is [{ } window] && double.IsFinite(window.Latest));
}

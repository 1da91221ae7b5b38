using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>
/// TSPLIB's .tsp and .atsp (Reinelt, "TSPLIB 95", 1995): one vehicle, which starts and ends at node 1; every other node is a stop.
/// Ids are node numbers.
/// </summary>
public sealed class TsplibFormat : RoutingFormat
{
    public override string Id => "tsplib";

    public override string Title => "Travelling salesman (TSPLIB)";

    public override string Extension => ".tsp";

    protected override bool HoldsFleet => false;

    private protected override RoutingFile? ReadFile(
        ReadOnlyMemory<byte> content,
        RoutingFileSettings settings,
        FaultList faults
    ) => new TsplibReader(new TextLines(content, faults), faults, ["TSP", "ATSP"]).Read();

    protected override string? Refusal(RoutingProblem problem)
    {
        if (RoutingFile.Refusal(problem, 1) is { } reason)
            return reason;
        var vehicle = problem.Vehicles[0];
        if (vehicle.Start != 0 || vehicle.Count != 1)
            return "it has one vehicle that starts at node 1";
        if (problem.Dimensions > 0 || vehicle.MaxDistance is not null)
            return "it has no loads and no longest route, the problem has";
        if (vehicle.Earliest != 0 || double.IsFinite(vehicle.Latest))
            return "it has no times, the problem has a shift";
        if (problem.Stops.Any(s => s.Windows.Length > 0 || s.ServiceTime > 0))
            return "it has no times, the problem has windows or service times";
        return TsplibWriter.Refusal(problem);
    }

    private protected override string WriteText(RoutingProblem problem) =>
        TsplibWriter.Header(problem, problem.Distances.IsSymmetric ? "TSP" : "ATSP")
        + TsplibWriter.Nodes(problem)
        + "EOF\n";
}

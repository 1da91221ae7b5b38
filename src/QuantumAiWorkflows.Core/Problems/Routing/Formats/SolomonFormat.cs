using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>
/// The text of Solomon (Operations Research 35, 1987), and of Gehring and Homberger: number and capacity of vehicles, then rows
/// <c>number x y demand ready due service</c>, 0 the depot. Distances are cut after one decimal unless the settings say
/// otherwise. Ids are the numbers of the rows.
/// </summary>
public sealed class SolomonFormat : RoutingFormat
{
    public override string Id => "solomon";

    public override string Title => "Vehicle routing with time windows (Solomon, Gehring and Homberger)";

    public override string Extension => ".txt";

    private protected override RoutingFile? ReadFile(
        ReadOnlyMemory<byte> content,
        RoutingFileSettings settings,
        FaultList faults
    )
    {
        var before = faults.Count;
        var lines = new TextLines(content, faults);
        if (!lines.NextLine())
            lines.Refuse("Expected the instance's name in the first line; the file is empty.");
        if (
            faults.Count > before
            || !Expect(lines, "VEHICLE")
            || !Expect(lines, "NUMBER")
            || !ReadFleet(lines, out var vehicles, out var capacity)
            || !Expect(lines, "CUSTOMER")
            || !Expect(lines, "CUST")
        )
            return null;
        var rows = new List<double[]>();
        while (lines.NextLine() && !faults.IsFull)
            if (ReadRow(lines, rows.Count) is { } row)
                rows.Add(row);
        if (faults.Count == before && rows.Count < 2)
            lines.Refuse("Expected the depot and a customer; the file ends.");
        return faults.Count > before ? null : ToFile(rows, vehicles, capacity);
    }

    private static bool Expect(TextLines lines, string word)
    {
        if (!lines.NextLine())
            return lines.Refuse($"Expected a line that begins with {word}; the file ends.");
        return lines.Token().SequenceEqual(word) || lines.Refuse($"Expected a line that begins with {word}.");
    }

    private static bool ReadFleet(TextLines lines, out int vehicles, out double capacity)
    {
        (vehicles, capacity) = (0, 0);
        if (!lines.NextLine())
            return lines.Refuse("Expected the number of vehicles and their capacity; the file ends.");
        return lines.TryInt("the number of vehicles", 1, 100_000, out vehicles)
            && lines.TryNumber("a capacity", out capacity)
            && InRange(lines, "a capacity", capacity, 0, RoutingInput.MaxNumber)
            && lines.TryEnd();
    }

    /// <summary>Null when a fault was added; the next rows are read all the same.</summary>
    private static double[]? ReadRow(TextLines lines, int expected)
    {
        if (expected >= TravelTable.MaxLocations)
        {
            lines.Refuse($"Expected at most {TravelTable.MaxLocations} rows.", null, TravelTable.MaxLocations);
            return null;
        }
        var row = new double[6];
        if (!lines.TryInt("a customer", 0, TravelTable.MaxLocations - 1, out var number))
            return null;
        if (number != expected)
            lines.Refuse($"Expected customer {expected}, as rows count from 0, got {number}.");
        for (var k = 0; k < row.Length; k++)
        {
            var (what, low, high) = Columns[k];
            // The depot takes nothing; the due date is a time that is not before the ready time.
            (low, high) = (k == 4 ? row[3] : low, k == 2 && expected == 0 ? 0 : high);
            if (!lines.TryNumber(what, out row[k]) || !InRange(lines, what, row[k], low, high))
                return null;
        }
        return lines.TryEnd() ? row : null;
    }

    private static (string What, double Low, double High)[] Columns { get; } =
    [
        ("x", -RoutingInput.MaxCoordinate, RoutingInput.MaxCoordinate),
        ("y", -RoutingInput.MaxCoordinate, RoutingInput.MaxCoordinate),
        ("a demand", 0, RoutingInput.MaxNumber),
        ("a ready time", 0, RoutingInput.MaxNumber),
        ("a due date", 0, RoutingInput.MaxNumber),
        ("a service time", 0, RoutingInput.MaxNumber),
    ];

    private static bool InRange(TextLines lines, string what, double value, double low, double high) =>
        (value >= low && value <= high)
        || lines.Refuse(
            $"Expected {what} from {Number(low)} to {Number(high)}, got {Number(value)}.",
            value,
            value < low ? low : high
        );

    private static RoutingFile ToFile(List<double[]> rows, int vehicles, double capacity) =>
        new(rows.Count, 0)
        {
            X = [.. rows.Select(r => r[0])],
            Y = [.. rows.Select(r => r[1])],
            Demands = [.. rows.Select(r => r[2])],
            Windows = [.. rows.Select(r => new TimeWindow(r[3], r[4]))],
            ServiceTimes = [.. rows.Select((r, i) => i == 0 ? 0 : r[5])],
            Capacity = capacity,
            Vehicles = vehicles,
        };

    protected override string? Refusal(RoutingProblem problem)
    {
        if (RoutingFile.Refusal(problem, 0) is { } reason)
            return reason;
        var vehicle = problem.Vehicles[0];
        if (vehicle.Start != 0 || problem.Dimensions == 0 || vehicle.MaxDistance is not null)
            return "it has the depot first, a capacity and no longest route";
        if (problem.Metric != DistanceMetric.TruncatedOneDecimal)
            return "its lengths are cut after one decimal, the problem has another metric";
        return
            double.IsFinite(vehicle.Latest)
            && problem.Stops.All(s => s.Windows is [{ } window] && double.IsFinite(window.Latest))
            ? null
            : "it has a window for every stop and an end of the shift";
    }

    private protected override string WriteText(RoutingProblem problem)
    {
        var vehicle = problem.Vehicles[0];
        var text = new StringBuilder("routing\n\nVEHICLE\nNUMBER CAPACITY\n");
        text.Append(CultureInfo.InvariantCulture, $"{vehicle.Count} {Number(vehicle.Capacities[0])}\n\n");
        text.Append("CUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME\n\n");
        var depot = problem.Locations[0];
        text.Append(TsplibWriter.Line("0", depot.X!.Value, depot.Y!.Value, 0, vehicle.Earliest, vehicle.Latest, 0));
        foreach (var stop in problem.Stops)
        {
            var (place, window) = (problem.Locations[stop.Location], stop.Windows[0]);
            text.Append(
                TsplibWriter.Line(
                    stop.Id,
                    place.X!.Value,
                    place.Y!.Value,
                    stop.Demands[0],
                    window.Earliest,
                    window.Latest,
                    stop.ServiceTime
                )
            );
        }
        return text.ToString();
    }
}

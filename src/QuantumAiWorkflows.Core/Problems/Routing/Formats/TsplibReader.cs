using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>
/// Reads the text of TSPLIB and of CVRPLIB: lines <c>KEYWORD : value</c>, then sections. Reinelt, "TSPLIB 95", 1995. Lines that
/// begin with # are comments. Whatever a file announces, nothing is allocated before the file has as much text.
/// </summary>
internal sealed partial class TsplibReader(TextLines lines, FaultList faults, string[] types)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private RoutingFile? _file;
    private string? _weights;
    private string? _format;
    private double? _serviceTime;
    private double? _capacity;
    private int? _vehicles;
    private double? _limit;
    private bool _hasDepot;

    /// <summary>Null when a fault was added.</summary>
    public RoutingFile? Read()
    {
        var before = faults.Count;
        while (Next())
        {
            var keyword = lines.Before(':') ?? lines.Token().ToString();
            if (keyword == "EOF")
                break;
            if (!Known(keyword))
                return null;
            if (!_seen.Add(keyword) && keyword != "COMMENT")
            {
                lines.Refuse($"{keyword} is there twice.");
                return null;
            }
            var section = keyword.EndsWith("_SECTION", StringComparison.Ordinal);
            if (section ? !ReadSection(keyword) : !ReadKeyword(keyword))
                return null;
        }
        return faults.Count == before && IsComplete() ? Finished() : null;
    }

    private bool Next()
    {
        while (lines.NextLine())
            if (lines.Content.TrimStart()[0] != '#')
                return true;
        return false;
    }

    private bool Known(string keyword)
    {
        if (!types.Contains("TSP"))
            return IsKeyword(keyword);
        return
            keyword
                is not (
                    "CAPACITY"
                    or "VEHICLES"
                    or "DISTANCE"
                    or "SERVICE_TIME"
                    or "DEMAND_SECTION"
                    or "TIME_WINDOW_SECTION"
                    or "SERVICE_TIME_SECTION"
                    or "DEPOT_SECTION"
                )
            ? IsKeyword(keyword)
            : lines.Refuse($"{keyword} is no part of a travelling salesman problem; the format cvrplib has it.");
    }

    private bool IsKeyword(string keyword) =>
        keyword
            is "NAME"
                or "COMMENT"
                or "TYPE"
                or "DIMENSION"
                or "CAPACITY"
                or "VEHICLES"
                or "DISTANCE"
                or "SERVICE_TIME"
                or "EDGE_WEIGHT_TYPE"
                or "EDGE_WEIGHT_FORMAT"
                or "NODE_COORD_TYPE"
                or "DISPLAY_DATA_TYPE"
                or "NODE_COORD_SECTION"
                or "DISPLAY_DATA_SECTION"
                or "EDGE_WEIGHT_SECTION"
                or "DEMAND_SECTION"
                or "TIME_WINDOW_SECTION"
                or "SERVICE_TIME_SECTION"
                or "DEPOT_SECTION"
        || lines.Refuse(
            keyword.Length > 0 && (char.IsAsciiDigit(keyword[0]) || keyword[0] == '-')
                ? "Expected a keyword, got a number: the section before has more than the dimension says."
                : $"Expected a keyword of TSPLIB that is known here, got \"{JsonScalars.Short(keyword)}\"."
        );

    private bool ReadKeyword(string keyword)
    {
        switch (keyword)
        {
            case "TYPE":
                var type = lines.Token().ToString();
                // Some files name the author behind it.
                return types.Contains(type)
                    || lines.Refuse(
                        $"Expected the type {string.Join(" or ", types)}, got \"{JsonScalars.Short(type)}\"."
                    );
            case "DIMENSION":
                if (!lines.TryInt("the number of nodes", 2, TravelTable.MaxLocations, out var size) || !lines.TryEnd())
                    return false;
                _file = new(size, 1);
                return true;
            case "CAPACITY":
                return TryAmount("a capacity", out _capacity);
            case "DISTANCE":
                return TryAmount("a longest route", out _limit);
            case "SERVICE_TIME":
                return TryAmount("a service time", out _serviceTime);
            case "VEHICLES":
                var isCount = lines.TryInt("the number of vehicles", 1, 100_000, out var vehicles) && lines.TryEnd();
                _vehicles = vehicles;
                return isCount;
            case "EDGE_WEIGHT_TYPE":
                _weights = lines.Token().ToString();
                return (
                        _weights is "EUC_2D" or "CEIL_2D" or "ATT" or "GEO" or "EXPLICIT"
                        || lines.Refuse(
                            $"Expected EUC_2D, CEIL_2D, ATT, GEO or EXPLICIT, got \"{JsonScalars.Short(_weights)}\"."
                        )
                    ) && lines.TryEnd();
            case "EDGE_WEIGHT_FORMAT":
                _format = lines.Token().ToString();
                return lines.TryEnd();
            case "NODE_COORD_TYPE":
                return lines.Token() is "TWOD_COORDS" || lines.Refuse("Only TWOD_COORDS are known here.");
            default:
                return true;
        }
    }

    private bool TryAmount(string what, out double? value)
    {
        var isAmount = TryAmount(what, 0, RoutingInput.MaxNumber, out var number) && lines.TryEnd();
        value = number;
        return isAmount;
    }

    private bool TryAmount(string what, double low, double high, out double value) =>
        lines.TryNumber(what, out value)
        && (
            (value >= low && value <= high)
            || lines.Refuse(
                $"Expected {what} from {CanonicalJson.Number(low)} to {CanonicalJson.Number(high)}, got {CanonicalJson.Number(value)}.",
                value,
                value < low ? low : high
            )
        );

    private bool IsComplete()
    {
        if (!_seen.Contains("TYPE"))
            return lines.Refuse("Expected TYPE; the file ends.");
        if (_file is null)
            return lines.Refuse("Expected DIMENSION; the file ends.");
        if (_weights is null)
            return lines.Refuse("Expected EDGE_WEIGHT_TYPE; the file ends.");
        if (_weights == "EXPLICIT" && _file.Matrix is null)
            return lines.Refuse("Expected EDGE_WEIGHT_SECTION, as weights are EXPLICIT; the file ends.");
        if (_weights != "EXPLICIT" && !_seen.Contains("NODE_COORD_SECTION"))
            return lines.Refuse("Expected NODE_COORD_SECTION; the file ends.");
        if (types.Contains("TSP"))
            return true;
        if (_capacity is null)
            return lines.Refuse("Expected CAPACITY; the file ends.");
        if (!_seen.Contains("DEMAND_SECTION"))
            return lines.Refuse("Expected DEMAND_SECTION; the file ends.");
        if (!_hasDepot)
            return lines.Refuse("Expected DEPOT_SECTION with the depot's node; the file ends.");
        return _file.Demands[_file.Depot] == 0
            || lines.Refuse(
                $"Expected no demand of the depot, node {_file.Depot + 1}, got {CanonicalJson.Number(_file.Demands[_file.Depot])}."
            );
    }

    private RoutingFile Finished()
    {
        var file = _file!;
        (file.Capacity, file.Vehicles, file.Limit) = (_capacity, _vehicles, _limit);
        file.Metric = _weights switch
        {
            "EUC_2D" => DistanceMetric.TsplibEuc2d,
            "CEIL_2D" => DistanceMetric.TsplibCeil2d,
            "ATT" => DistanceMetric.TsplibAtt,
            "GEO" => DistanceMetric.TsplibGeo,
            _ => DistanceMetric.Matrix,
        };
        if (_serviceTime is { } time && !_seen.Contains("SERVICE_TIME_SECTION"))
            file.ServiceTimes.AsSpan().Fill(time);
        file.ServiceTimes[file.Depot] = 0;
        return file;
    }
}

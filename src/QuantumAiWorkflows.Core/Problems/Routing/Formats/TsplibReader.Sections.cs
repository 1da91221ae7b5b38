using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>The parts behind a line <c>..._SECTION</c>.</summary>
internal sealed partial class TsplibReader
{
    private bool ReadSection(string keyword)
    {
        if (!lines.TryEnd())
            return false;
        if (_file is null)
            return lines.Refuse($"Expected DIMENSION before {keyword}.");
        if (_weights is null && keyword is ("NODE_COORD_SECTION" or "EDGE_WEIGHT_SECTION"))
            return lines.Refuse($"Expected EDGE_WEIGHT_TYPE before {keyword}.");
        return keyword switch
        {
            "NODE_COORD_SECTION" or "DISPLAY_DATA_SECTION" => ReadCoordinates(keyword, _file),
            "EDGE_WEIGHT_SECTION" => ReadWeights(_file),
            "DEMAND_SECTION" => ReadNodes(
                keyword,
                node => TryAmount("a demand", 0, RoutingInput.MaxNumber, out _file.Demands[node])
            ),
            "SERVICE_TIME_SECTION" => ReadNodes(
                keyword,
                node => TryAmount("a service time", 0, RoutingInput.MaxNumber, out _file.ServiceTimes[node])
            ),
            "TIME_WINDOW_SECTION" => ReadWindows(keyword, _file),
            _ => ReadDepot(_file),
        };
    }

    /// <summary>One line for each node, in any order; a line that does not read leaves the rest to be read.</summary>
    private bool ReadNodes(string section, Func<int, bool> readRest)
    {
        var before = faults.Count;
        var size = _file!.Size;
        var seen = new bool[size];
        for (var k = 0; k < size; k++)
        {
            if (!Next())
                return lines.Refuse($"Expected {size} lines in {section}, one for each node, got {k}; the file ends.");
            if (char.IsAsciiLetter(lines.Content.TrimStart()[0]))
                return lines.Refuse($"Expected {size} lines in {section}, one for each node, got {k}.");
            if (!lines.TryInt("a node", 1, size, out var node))
                continue;
            if (seen[node - 1])
                lines.Refuse($"Node {node} is there twice in {section}.");
            else if (readRest(node - 1) && lines.TryEnd())
                seen[node - 1] = true;
        }
        return faults.Count == before;
    }

    private bool ReadCoordinates(string section, RoutingFile file)
    {
        // A section for the display beside coordinates for the distances has nothing new to say.
        var keep = file.X is null || section == "NODE_COORD_SECTION";
        var (x, y) = (new double[file.Size], new double[file.Size]);
        var (mostX, mostY) =
            _weights == "GEO" ? (90.0, 180.0) : (RoutingInput.MaxCoordinate, RoutingInput.MaxCoordinate);
        var isRead = ReadNodes(
            section,
            node =>
                TryAmount("a coordinate", -mostX, mostX, out x[node])
                && TryAmount("a coordinate", -mostY, mostY, out y[node])
        );
        if (keep)
            (file.X, file.Y) = (x, y);
        return isRead;
    }

    private bool ReadWindows(string section, RoutingFile file)
    {
        var windows = new TimeWindow[file.Size];
        file.Windows = windows;
        return ReadNodes(
            section,
            node =>
            {
                if (
                    !TryAmount("an earliest time", 0, RoutingInput.MaxNumber, out var earliest)
                    || !TryAmount("a latest time", earliest, RoutingInput.MaxNumber, out var latest)
                )
                    return false;
                windows[node] = new(earliest, latest);
                return true;
            }
        );
    }

    private bool ReadDepot(RoutingFile file)
    {
        var depots = 0;
        while (Next())
        {
            if (!lines.TryInt("a depot, or -1 for the end", -1, file.Size, out var node))
                return false;
            if (node == -1)
                return ((_hasDepot = depots == 1) || lines.Refuse($"Expected one depot, got {depots}."))
                    && lines.TryEnd();
            if (node == 0)
                return lines.Refuse($"Expected a depot from 1 to {file.Size}, got 0.");
            if (!lines.TryEnd())
                return false;
            file.Depot = node - 1;
            depots++;
        }
        return lines.Refuse("Expected -1 at the end of DEPOT_SECTION; the file ends.");
    }

    private bool ReadWeights(RoutingFile file)
    {
        if (_weights != "EXPLICIT")
            return lines.Refuse($"Weights of the type {_weights} are computed, not listed.");
        if (ExplicitWeights.CellsOf(_format, file.Size) is not { } cells)
            return lines.Refuse(
                $"Expected an EDGE_WEIGHT_FORMAT before, one of {ExplicitWeights.Known}, got \"{JsonScalars.Short(_format ?? "")}\"."
            );
        var values = new List<double>();
        while (values.Count < cells)
        {
            if (!Next())
                return lines.Refuse($"Expected {cells} weights, got {values.Count}; the file ends.");
            while (values.Count < cells && !lines.IsAtEnd)
            {
                if (!TryAmount($"a weight, one of {cells},", 0, RoutingInput.MaxNumber, out var value))
                    return false;
                values.Add(value);
            }
        }
        file.Matrix = ExplicitWeights.ToMatrix(_format!, file.Size, values);
        return lines.TryEnd();
    }
}

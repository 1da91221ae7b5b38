using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>The parts that .tsp and .vrp share.</summary>
internal static class TsplibWriter
{
    /// <summary>Null where the distances can be written.</summary>
    public static string? Refusal(RoutingProblem problem)
    {
        if (
            problem.Metric is DistanceMetric.Euclidean or DistanceMetric.TruncatedOneDecimal or DistanceMetric.Haversine
        )
            return "it has TSPLIB's rounding rules and matrices, the problem has another metric";
        var placed = problem.Locations.Count(l => l.X is not null);
        return problem.Locations.Any(l => l.Latitude is not null) || (placed > 0 && placed < problem.Locations.Count)
            ? "it has x and y for all nodes or for none"
            : null;
    }

    public static string Header(RoutingProblem problem, string type)
    {
        var size = problem.Locations.Count.ToString(CultureInfo.InvariantCulture);
        var isMatrix = problem.Metric == DistanceMetric.Matrix;
        var text = new StringBuilder($"NAME : routing\nTYPE : {type}\nDIMENSION : {size}\nEDGE_WEIGHT_TYPE : ");
        text.Append(
            problem.Metric switch
            {
                DistanceMetric.TsplibCeil2d => "CEIL_2D",
                DistanceMetric.TsplibAtt => "ATT",
                DistanceMetric.TsplibGeo => "GEO",
                DistanceMetric.Matrix => "EXPLICIT",
                _ => "EUC_2D",
            }
        );
        text.Append('\n');
        if (isMatrix)
            text.Append("EDGE_WEIGHT_FORMAT : FULL_MATRIX\n");
        if (isMatrix && problem.Locations[0].X is not null)
            text.Append("DISPLAY_DATA_TYPE : TWOD_DISPLAY\n");
        return text.ToString();
    }

    /// <summary>Coordinates or weights, and with weights the coordinates for a display where there are any.</summary>
    public static string Nodes(RoutingProblem problem)
    {
        var text = new StringBuilder();
        if (problem.Metric == DistanceMetric.Matrix)
        {
            text.Append("EDGE_WEIGHT_SECTION\n");
            for (var i = 0; i < problem.Locations.Count; i++)
                text.AppendJoin(' ', problem.Distances.Row(i).ToArray().Select(CanonicalJson.Number)).Append('\n');
        }
        if (problem.Locations[0].X is not null)
        {
            text.Append(problem.Metric == DistanceMetric.Matrix ? "DISPLAY_DATA_SECTION\n" : "NODE_COORD_SECTION\n");
            foreach (var location in problem.Locations)
                text.Append(Line(location.Id, location.X!.Value, location.Y!.Value));
        }
        return text.ToString();
    }

    public static string Line(string id, params IEnumerable<double> values) =>
        $"{id} {string.Join(' ', values.Select(CanonicalJson.Number))}\n";
}

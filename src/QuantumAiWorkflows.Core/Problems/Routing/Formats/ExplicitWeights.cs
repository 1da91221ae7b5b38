namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>The ways in which TSPLIB lists a matrix. A column of one triangle is a row of the other.</summary>
internal static class ExplicitWeights
{
    public const string Known =
        "FULL_MATRIX, UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, UPPER_COL, LOWER_COL, UPPER_DIAG_COL, LOWER_DIAG_COL";

    /// <summary>How many numbers there are; null for another format.</summary>
    public static int? CellsOf(string? format, int size) =>
        format switch
        {
            "FULL_MATRIX" => size * size,
            "UPPER_ROW" or "LOWER_ROW" or "UPPER_COL" or "LOWER_COL" => size * (size - 1) / 2,
            "UPPER_DIAG_ROW" or "LOWER_DIAG_ROW" or "UPPER_DIAG_COL" or "LOWER_DIAG_COL" => size * (size + 1) / 2,
            _ => null,
        };

    /// <summary>Row by row. The diagonal is 0 whatever the file has there: some have 9999 for "never".</summary>
    public static double[] ToMatrix(string format, int size, List<double> values)
    {
        var matrix = new double[size * size];
        var next = 0;
        var isUpper = format is "UPPER_ROW" or "UPPER_DIAG_ROW" or "LOWER_COL" or "LOWER_DIAG_COL";
        var hasDiagonal = format.Contains("DIAG", StringComparison.Ordinal);
        for (var i = 0; i < size; i++)
        {
            var (from, to) =
                format == "FULL_MATRIX" ? (0, size)
                : isUpper ? (hasDiagonal ? i : i + 1, size)
                : (0, hasDiagonal ? i + 1 : i);
            for (var j = from; j < to; j++)
            {
                var value = values[next++];
                if (i == j)
                    continue;
                matrix[i * size + j] = value;
                if (format != "FULL_MATRIX")
                    matrix[j * size + i] = value;
            }
        }
        return matrix;
    }
}

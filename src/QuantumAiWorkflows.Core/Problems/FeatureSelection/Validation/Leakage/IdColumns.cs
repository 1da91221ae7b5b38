using System.Globalization;
using System.Text.RegularExpressions;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>Columns that number or name the rows.</summary>
internal static partial class IdColumns
{
    /// <summary>Share of different values among the rows of a column of words.</summary>
    public const double Threshold = 0.99;

    private const int MinRows = 20;

    /// <summary>Why the column is like an id; null when it is not.</summary>
    public static string? Reason(TableColumn column, ValueGroups groups)
    {
        var rows = column.Length - groups.Missing;
        if (rows < MinRows || 2 * rows < column.Length)
            return null;
        var distinct = groups.DistinctValues;
        if (column.Numbers is not { } numbers)
            return distinct >= Threshold * rows ? Text($"{distinct} different values in {rows} rows") : null;
        if (groups.Missing == 0 && IsMonotone(numbers))
            return "it rises or falls from every row to the next";
        if (distinct < rows || !Array.TrueForAll(numbers, v => double.IsNaN(v) || v == Math.Floor(v)))
            return null;
        var range = numbers.Where(v => !double.IsNaN(v)).Max() - numbers.Where(v => !double.IsNaN(v)).Min() + 1;
        // Whole numbers drawn from a range repeat sooner or later: rows²/(2·range) times on average.
        return range <= 2.0 * rows ? Text($"{rows} different whole numbers within a range of {range:R}")
            : (double)rows * rows / (2 * range) >= 8
                ? Text($"none of {rows} whole numbers repeats, though their range of {range:R} would make some")
            : IdName().IsMatch(column.Name) ? Text($"{rows} different whole numbers in a column of this name")
            : null;
    }

    private static bool IsMonotone(double[] values)
    {
        for (var at = 1; at < values.Length; at++)
            if (values[at] == values[at - 1] || values[at] > values[at - 1] != values[1] > values[0])
                return false;
        return true;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(^|[\W_])(id|uuid|guid|key|number|nr|no|index|row)$|[a-z]I[dD]$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100
    )]
    private static partial Regex IdName();
}

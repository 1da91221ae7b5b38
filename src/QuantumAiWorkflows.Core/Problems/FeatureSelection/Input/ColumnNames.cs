using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Checks that lists of names and coordinate arrays of tables and scores share.</summary>
internal static class ColumnNames
{
    private const int MaxLength = 200;

    /// <summary>A fault for each name that is empty, too long or there before.</summary>
    public static void Check(IReadOnlyList<string> names, Func<int, string> pointer, FaultList faults)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
            if (names[i].Length is 0 or > MaxLength)
                faults.Add(
                    names[i].Length == 0 ? FaultCode.Empty : FaultCode.OverLimit,
                    pointer(i),
                    $"Expected a name of 1 to {MaxLength} characters, got {names[i].Length}.",
                    names[i].Length,
                    MaxLength
                );
            else if (!seen.Add(names[i]))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    pointer(i),
                    $"The name \"{NameReader.Short(names[i])}\" is given twice."
                );
    }

    public static bool HaveOneLength(int[] row, int[] column, double[] value, string pointer, FaultList faults)
    {
        foreach (var (name, length) in ((string, int)[])[("col", column.Length), ("value", value.Length)])
            if (length != row.Length)
                faults.Add(
                    FaultCode.LengthMismatch,
                    $"{pointer}/{name}",
                    $"Expected {row.Length} entries as in row, got {length}.",
                    length,
                    row.Length
                );
        return column.Length == row.Length && value.Length == row.Length;
    }

    /// <summary>What a cell holds, for a fault's text.</summary>
    public static string Show(JsonElement cell) => NameReader.Short(cell.GetRawText());
}

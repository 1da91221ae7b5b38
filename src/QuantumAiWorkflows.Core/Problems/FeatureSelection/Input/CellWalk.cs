using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Goes through the cells of rows that are arrays, or objects with some columns by name.</summary>
internal sealed class CellWalk(IReadOnlyList<ColumnInput> columns, string pointer, FaultList faults)
{
    private readonly NameReader _names = new([.. columns.Select(c => c.Name)]);
    private readonly int _before = faults.Count;

    /// <param name="byName">The row is an object: for <see cref="PointerTo"/>.</param>
    public delegate void Visit(int row, int column, JsonElement cell, bool byName);

    /// <summary>True when a walk or what it called has added a fault.</summary>
    public bool HasFault => faults.Count > _before;

    public string PointerTo(int row, int column, bool byName) =>
        byName ? StrictJson.Append($"{pointer}/{row}", columns[column].Name) : $"{pointer}/{row}/{column}";

    /// <summary>Visits the cells that are given; a sparse row's others are not.</summary>
    public void Walk(JsonElement rows, Visit visit)
    {
        var row = 0;
        foreach (var given in rows.EnumerateArray())
        {
            if (faults.IsFull)
                return;
            var at = row;
            if (given.ValueKind == JsonValueKind.Array)
                WalkArray(given, at, visit);
            else if (given.ValueKind == JsonValueKind.Object)
                WalkObject(given, at, visit);
            else
                faults.Add(FaultCode.WrongType, $"{pointer}/{at}", "Expected a row: an array or an object.");
            row++;
        }
    }

    private void WalkArray(JsonElement given, int row, Visit visit)
    {
        var length = given.GetArrayLength();
        if (length != columns.Count)
        {
            faults.Add(
                FaultCode.Ragged,
                $"{pointer}/{row}",
                $"Expected {columns.Count} values, one per column, got {length}.",
                length,
                columns.Count
            );
            return;
        }
        var column = 0;
        foreach (var cell in given.EnumerateArray())
        {
            visit(row, column, cell, byName: false);
            column++;
        }
    }

    private void WalkObject(JsonElement given, int row, Visit visit)
    {
        var seen = new HashSet<int>();
        foreach (var member in given.EnumerateObject())
        {
            var at = StrictJson.Append($"{pointer}/{row}", member.Name);
            if (_names.Find(member.Name) is not { } column)
                faults.Add(
                    FaultCode.IndexOutOfRange,
                    at,
                    $"The table has no column \"{NameReader.Short(member.Name)}\"."
                );
            else if (!seen.Add(column))
                faults.Add(
                    FaultCode.DuplicateMember,
                    at,
                    $"Column \"{NameReader.Short(member.Name)}\" is given twice."
                );
            else
                visit(row, column, member.Value, byName: true);
        }
    }
}

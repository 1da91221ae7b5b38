using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Reads the dense, the sparse and the coordinate form of a table into columns. Linear in the cells.</summary>
internal static class TableReader
{
    public static IReadOnlyList<TableColumn>? Read(TableInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        ColumnNames.Check([.. input.Columns.Select(c => c.Name)], i => $"{pointer}/columns/{i}/name", faults);
        if (input.Rows is null == input.Coo is null)
            faults.Add(
                input.Rows is null ? FaultCode.MissingMember : FaultCode.Conflict,
                input.Rows is null ? pointer : $"{pointer}/coo",
                "Expected exactly one of rows, coo."
            );
        if (faults.Count > before)
            return null;
        var columns = input.Coo is { } coo
            ? ReadCoo(coo, input.Columns, $"{pointer}/coo", faults)
            : ReadRows(input.Rows!.Value, input.Columns, $"{pointer}/rows", faults);
        return faults.Count == before ? columns : null;
    }

    private static TableColumn[]? ReadRows(
        JsonElement rows,
        IReadOnlyList<ColumnInput> columns,
        string pointer,
        FaultList faults
    )
    {
        if (rows.ValueKind != JsonValueKind.Array)
        {
            faults.Add(FaultCode.WrongType, pointer, "Expected an array of rows.");
            return null;
        }
        var numRows = rows.GetArrayLength();
        if (!FitsOrFaults(numRows, columns.Count, pointer, faults))
            return null;
        var cells = new CellWalk(columns, pointer, faults);
        // Once to see what the columns are, and once to fill them.
        var isNumeric = columns.Select(c => c.Type != ColumnType.Categorical).ToArray();
        cells.Walk(
            rows,
            (row, column, cell, byName) =>
            {
                switch (cell.ValueKind)
                {
                    case JsonValueKind.Null:
                        break;
                    case JsonValueKind.Number when double.IsFinite(cell.GetDouble()):
                        break;
                    case JsonValueKind.Number:
                        faults.Add(
                            FaultCode.NotFinite,
                            cells.PointerTo(row, column, byName),
                            $"{ColumnNames.Show(cell)} is beyond the range of a double (1.8e308)."
                        );
                        break;
                    case JsonValueKind.Array or JsonValueKind.Object:
                        // What stands in the cells is content, like a word in a numeric column: the schema leaves it open.
                        faults.Add(
                            FaultCode.NotApplicable,
                            cells.PointerTo(row, column, byName),
                            $"A cell is a number, a string, true, false or null; got an {(cell.ValueKind == JsonValueKind.Array ? "array" : "object")}."
                        );
                        break;
                    default:
                        if (columns[column].Type == ColumnType.Numeric)
                            faults.Add(
                                FaultCode.Conflict,
                                cells.PointerTo(row, column, byName),
                                $"Column \"{NameReader.Short(columns[column].Name)}\" is numeric; got {ColumnNames.Show(cell)}."
                            );
                        isNumeric[column] = false;
                        break;
                }
            }
        );
        if (cells.HasFault)
            return null;

        // What a sparse row does not name stays 0, or missing in a categorical column.
        var numbers = new double[columns.Count][];
        var texts = new string?[columns.Count][];
        for (var c = 0; c < columns.Count; c++)
            if (isNumeric[c])
                numbers[c] = new double[numRows];
            else
                texts[c] = new string?[numRows];
        cells.Walk(
            rows,
            (row, column, cell, _) =>
            {
                if (isNumeric[column])
                    numbers[column][row] = cell.ValueKind == JsonValueKind.Null ? double.NaN : cell.GetDouble();
                else
                    texts[column][row] = cell.ValueKind == JsonValueKind.Null ? null : CanonicalJson.Value(cell);
            }
        );
        return
        [
            .. columns.Select(
                (c, i) =>
                    isNumeric[i] ? TableColumn.Numeric(c.Name, numbers[i]) : TableColumn.Categorical(c.Name, texts[i])
            ),
        ];
    }

    private static TableColumn[]? ReadCoo(
        TableCooInput coo,
        IReadOnlyList<ColumnInput> columns,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        for (var c = 0; c < columns.Count; c++)
            if (columns[c].Type == ColumnType.Categorical)
                faults.Add(
                    FaultCode.Conflict,
                    $"{pointer[..pointer.LastIndexOf('/')]}/columns/{c}/type",
                    "The coordinate form holds numbers only; give rows for a table with categories."
                );
        if (
            !FitsOrFaults(coo.NumRows, columns.Count, $"{pointer}/numRows", faults)
            || !ColumnNames.HaveOneLength(coo.Row, coo.Col, coo.Value, pointer, faults)
            || faults.Count > before
        )
            return null;
        var numbers = columns.Select(_ => new double[coo.NumRows]).ToArray();
        var given = new HashSet<long>();
        for (var k = 0; k < coo.Value.Length; k++)
            if (coo.Row[k] < 0 || coo.Row[k] >= coo.NumRows)
                Outside("row", k, coo.Row[k], coo.NumRows - 1);
            else if (coo.Col[k] < 0 || coo.Col[k] >= columns.Count)
                Outside("col", k, coo.Col[k], columns.Count - 1);
            else if (!given.Add(coo.Row[k] * (long)columns.Count + coo.Col[k]))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    $"{pointer}/row/{k}",
                    $"Cell ({coo.Row[k]}, {coo.Col[k]}) is given twice."
                );
            else
                numbers[coo.Col[k]][coo.Row[k]] = coo.Value[k];
        return [.. columns.Select((c, i) => TableColumn.Numeric(c.Name, numbers[i]))];

        void Outside(string member, int k, int value, int limit) =>
            faults.Add(
                FaultCode.IndexOutOfRange,
                $"{pointer}/{member}/{k}",
                $"Expected an index from 0 to {limit}, got {value}.",
                value,
                value < 0 ? 0 : limit
            );
    }

    private static bool FitsOrFaults(int rows, int columns, string pointer, FaultList faults)
    {
        if (rows < 2)
            faults.Add(FaultCode.Empty, pointer, $"Expected at least 2 rows, got {rows}.", rows, 2);
        else if (!FeatureTable.IsWithin(rows, columns, out var refusal, out var value, out var limit))
            faults.Add(FaultCode.OverLimit, pointer, refusal, value, limit);
        else
            return true;
        return false;
    }
}

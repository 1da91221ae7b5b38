using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Formats;

/// <summary>The columns of a CSV file: numeric where every field that is not missing is a finite number, else categorical.</summary>
internal static class CsvCells
{
    public static IReadOnlyList<TableColumn>? Read(
        ReadOnlyMemory<byte> content,
        CsvSettings settings,
        string settingsPointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        var text = Encoding.UTF8.GetString(content.Span);
        if (!Utf8.IsValid(content.Span))
        {
            // Words that differ in such characters only would become one category.
            var line = 1 + text.AsSpan(0, text.IndexOf('\uFFFD')).Count('\n');
            Add(faults, line, 1, "The file is not UTF-8; this is the first line with other bytes.");
            return null;
        }
        if (settings.Delimiter[0] is '"' or '\r' or '\n')
        {
            faults.Add(
                FaultCode.OutOfRange,
                $"{settingsPointer}/delimiter",
                "A quote or the end of a line cannot part fields."
            );
            return null;
        }
        var from = SkipLines(text, settings.SkipLines);
        if (Flaw(text, from, settings.Delimiter[0]) is { } flaw)
        {
            faults.Add(flaw with { Line = flaw.Line + settings.SkipLines });
            return null;
        }
        using var reader = new StringReader(text[from..]);
        using var csv = new CsvParser(
            reader,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = settings.Delimiter,
                IgnoreBlankLines = true,
                // Nothing is trimmed, and a space may be the delimiter.
                WhiteSpaceChars = [],
                // A quote inside a field that is not quoted is a character like any other.
                BadDataFound = null,
            }
        );
        var rows = ReadRows(csv, settings, faults);
        if (rows is null || faults.Count > before)
            return null;
        return ToColumns(rows, settings, settingsPointer, faults);
    }

    /// <summary>A cell as it stands in a file.</summary>
    public static string Text(TableColumn column, int row)
    {
        if (column.Numbers is { } numbers)
            return double.IsNaN(numbers[row]) ? "" : CanonicalJson.Number(numbers[row]);
        if (column.Codes![row] < 0)
            return "";
        var level = column.Levels[column.Codes[row]];
        return level.StartsWith('"') ? JsonSerializer.Deserialize<string>(level)! : level;
    }

    /// <param name="Cells">Per row, with the line it begins at.</param>
    private sealed record Rows(string[] Names, List<(int Line, string[] Fields)> Cells, int FirstLine);

    private static Rows? ReadRows(CsvParser csv, CsvSettings settings, FaultList faults)
    {
        string[]? names = null;
        var headerLine = settings.SkipLines + 1;
        var cells = new List<(int, string[])>();
        while (!faults.IsFull && csv.Read())
        {
            var line = settings.SkipLines + csv.RawRow - LinesWithin(csv);
            var record = csv.Record!;
            if (names is null)
            {
                headerLine = line;
                names = settings.Header ? record : [.. record.Select((_, i) => $"column{i + 1}")];
                if (record.Length < 2)
                {
                    Add(faults, line, 1, $"Expected at least 2 columns, got {record.Length}; is the delimiter right?");
                    return null;
                }
                if (settings.Header)
                    continue;
            }
            if (record.Length != names.Length)
                Add(
                    faults,
                    line,
                    record.Length,
                    $"Expected {names.Length} fields as in line {headerLine}, got {record.Length}."
                );
            else if (
                !FeatureTable.IsWithin(cells.Count + 1, names.Length, out var refusal, out var value, out var limit)
            )
            {
                faults.Add(
                    new Fault(FaultCode.OverLimit, refusal)
                    {
                        Line = line,
                        Column = 1,
                        Value = value,
                        Limit = limit,
                    }
                );
                return null;
            }
            else
                cells.Add((line, record));
        }
        if (names is null || cells.Count < 2)
        {
            Add(faults, headerLine, 1, $"Expected at least 2 rows, got {cells.Count}.");
            return null;
        }
        return new(names, cells, headerLine);
    }

    private static TableColumn[]? ToColumns(Rows rows, CsvSettings settings, string settingsPointer, FaultList faults)
    {
        var before = faults.Count;
        var named = new FaultList();
        ColumnNames.Check(rows.Names, i => $"{i + 1}", named);
        foreach (var fault in named.Items)
            Add(faults, rows.FirstLine, int.Parse(fault.Pointer!, CultureInfo.InvariantCulture), fault.Detail);
        var categorical = new HashSet<int>(
            new NameReader(rows.Names).FindAll(settings.Categorical ?? [], $"{settingsPointer}/categorical", faults)
        );
        if (faults.Count > before)
            return null;
        var missing = settings.Missing.ToHashSet(StringComparer.Ordinal);
        var columns = new TableColumn[rows.Names.Length];
        for (var c = 0; c < columns.Length && !faults.IsFull; c++)
            columns[c] = (categorical.Contains(c) ? null : Numbers(rows.Cells, c, missing, faults)) is { } numbers
                ? TableColumn.Numeric(rows.Names[c], numbers)
                : TableColumn.Categorical(
                    rows.Names[c],
                    [
                        .. rows.Cells.Select(r =>
                            IsMissing(r.Fields[c], missing) ? null : CanonicalJson.Text(r.Fields[c])
                        ),
                    ]
                );
        return faults.Count == before ? columns : null;
    }

    /// <summary>Null when a field is a word. A number that is not finite is no word but a fault.</summary>
    private static double[]? Numbers(
        List<(int Line, string[] Fields)> cells,
        int column,
        HashSet<string> missing,
        FaultList faults
    )
    {
        var numbers = new double[cells.Count];
        var infinite = -1;
        for (var row = 0; row < numbers.Length; row++)
        {
            var field = cells[row].Fields[column];
            if (IsMissing(field, missing))
                numbers[row] = double.NaN;
            else if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[row]))
                return null;
            else if (!double.IsFinite(numbers[row]) && infinite < 0)
                infinite = row;
        }
        if (infinite >= 0)
            Add(
                faults,
                cells[infinite].Line,
                column + 1,
                $"Expected a finite number, got \"{NameReader.Short(cells[infinite].Fields[column])}\"."
            );
        return numbers;
    }

    private static bool IsMissing(string field, HashSet<string> missing) =>
        string.IsNullOrWhiteSpace(field) || missing.Contains(field.Trim());

    private static int SkipLines(string text, int count)
    {
        var at = 0;
        for (; count > 0 && at < text.Length; count--)
        {
            var end = text.AsSpan(at).IndexOf('\n');
            at = end < 0 ? text.Length : at + end + 1;
        }
        return at;
    }

    /// <summary>
    /// What the parser would see when all of it is in memory: an opening quote that nothing closes, a row of more fields than a
    /// table may have. Null when there is neither.
    /// </summary>
    private static Fault? Flaw(string text, int from, char delimiter)
    {
        const int mostFields = FeatureTable.MaxFeatures + 1;
        var (line, opened, inside, atStart, fields) = (1, 0, false, true, 1);
        for (var i = from; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && inside && i + 1 < text.Length && text[i + 1] == '"')
                i++;
            else if (c == '"' && (inside || atStart))
            {
                inside = !inside;
                opened = line;
            }
            var isEnd = !inside && c is '\n' or '\r';
            fields =
                isEnd ? 1
                : !inside && c == delimiter ? fields + 1
                : fields;
            if (fields > mostFields)
                return new(
                    FaultCode.OverLimit,
                    $"Expected at most {mostFields} fields in a row, the features and the target; there are more."
                )
                {
                    Line = line,
                    Column = fields,
                    Value = fields,
                    Limit = mostFields,
                };
            if (c == '\n')
                line++;
            atStart = isEnd || (!inside && c == delimiter);
        }
        return inside
            ? new(FaultCode.FileContent, "A quoted field that begins here is not closed.") { Line = opened, Column = 1 }
            : null;
    }

    /// <summary>Line ends inside the quoted fields of the record read last: the parser names the line at which it ended.</summary>
    private static int LinesWithin(CsvParser csv) => csv.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');

    private static void Add(FaultList faults, long line, long column, string detail) =>
        faults.Add(new Fault(FaultCode.FileContent, detail) { Line = line, Column = column });
}

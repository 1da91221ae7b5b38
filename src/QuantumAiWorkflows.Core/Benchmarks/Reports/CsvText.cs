using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>Rows of RFC 4180 that a spreadsheet can open without running anything.</summary>
internal sealed class CsvText : IDisposable
{
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly CsvWriter _csv;

    public CsvText() =>
        _csv = new(
            _text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                NewLine = "\r\n",
                ShouldQuote = args => NeedsQuotes(args.Field),
            }
        );

    /// <summary>
    /// Of a field between commas. The library's own answer leaves a lone CR or LF without quotes where the other ends its rows:
    /// then the rest of a name begins a row of its own.
    /// </summary>
    public static bool NeedsQuotes(string? field) =>
        !string.IsNullOrEmpty(field) && (field[0] == ' ' || field[^1] == ' ' || field.AsSpan().ContainsAny(",\"\r\n"));

    public void Row(IEnumerable<string> fields)
    {
        foreach (var field in fields)
            _csv.WriteField(Guarded(VisibleText.Of(field)));
        _csv.NextRecord();
    }

    public override string ToString()
    {
        _csv.Flush();
        return _text.ToString();
    }

    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }

    /// <summary>
    /// A leading apostrophe keeps spreadsheets from running a client's name as a formula. The library's own guard would
    /// also catch negative numbers, which are no longer numbers then.
    /// </summary>
    private static string Guarded(string value) =>
        value.Length > 0 && (value[0] is '=' or '+' or '@' or '\t' or '\r' || (value[0] == '-' && !IsNumber(value)))
            ? $"'{value}"
            : value;

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}

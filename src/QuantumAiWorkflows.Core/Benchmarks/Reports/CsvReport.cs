using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// The report for spreadsheets: one row per instance, entrant and metric (RFC 4180). The verdict and its limitations
/// stand in rows of their own, so that the numbers do not travel without them.
/// </summary>
public static class CsvReport
{
    public static string Of(BenchmarkSummary summary)
    {
        var text = new StringBuilder();
        Row(text, "benchmark", "instance", "entrant", "metric", "value", "unit", "low", "high", "interval", "note");
        var units = summary.Metrics.ToDictionary(m => m.Id, m => m.Unit);
        foreach (var instance in summary.Instances)
        foreach (var (entrant, metrics) in instance.Entrants)
        foreach (var (metric, measured) in metrics)
        {
            var interval = measured.Intervals.Count == 0 ? null : measured.Intervals[^1];
            Row(
                text,
                summary.Name,
                instance.Name,
                entrant,
                metric,
                Number(measured.Value),
                units[metric],
                Number(interval?.Low),
                Number(interval?.High),
                interval?.Method ?? "",
                measured.Note ?? ""
            );
        }
        EconomicsReport.AppendRows(summary, fields => Row(text, fields));
        foreach (var verdict in summary.Verdicts)
            Row(
                text,
                summary.Name,
                "",
                verdict.Candidate,
                "verdict",
                System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(verdict.Outcome.ToString()),
                "",
                "",
                "",
                verdict.Procedure,
                verdict.Summary
            );
        foreach (var limitation in summary.Limitations)
            Row(text, summary.Name, "", "", "limitation", "", "", "", "", "", limitation);
        return text.ToString();
    }

    private static void Row(StringBuilder text, params string[] fields) =>
        text.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    /// <summary>Quoted where RFC 4180 asks for it; a leading apostrophe keeps spreadsheets from running a client's name as a formula.</summary>
    private static string Field(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '@' or '\t' || (value.StartsWith('-') && !IsNumber(value)))
            value = $"'{value}";
        return value.AsSpan().IndexOfAny("\",\r\n") < 0
            ? value
            : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

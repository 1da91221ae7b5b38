using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// The report for spreadsheets: one row per instance, entrant and metric (RFC 4180). The verdict and its limitations
/// stand in rows of their own, so that the numbers do not travel without them.
/// </summary>
public static class CsvReport
{
    public static string Of(BenchmarkSummary summary)
    {
        using var text = new CsvText();
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
                JsonNames.Of(verdict.Outcome),
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

    private static void Row(CsvText text, params string[] fields) => text.Row(fields);

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

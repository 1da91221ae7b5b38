using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// The report for a page of documentation: for every instance the entrants side by side, best first, with what they
/// reached, how often they met the target and how soon. Markdown.
/// </summary>
public static class TableReport
{
    public static string Of(BenchmarkSummary summary)
    {
        var text = new StringBuilder();
        foreach (var instance in summary.Instances)
            Append(text, summary, instance);
        MarkdownReport.Line(
            text,
            $"Seeds {string.Join(", ", summary.Seeds)}; budget of a run `{JsonSerializer.Serialize(summary.Budget, StrictJson.Options)}`; a run succeeds within {MarkdownReport.Number(summary.Comparison.TargetGapPercent)} % of the reference; the time is the median over all seeds, of the {(summary.Budget.CpuSeconds is null ? "wall" : "CPU")} clock. Suite hash `{summary.SuiteHash}`."
        );
        foreach (var e in summary.Environments)
            MarkdownReport.Line(
                text,
                $"{MarkdownReport.Cell(e.CpuModel)}, {e.Cores} cores, {MarkdownReport.Cell(e.DotNet)}, {MarkdownReport.Cell(e.Simd)}, build {MarkdownReport.Cell(e.Build)}."
            );
        return text.ToString();
    }

    private static void Append(StringBuilder text, BenchmarkSummary summary, InstanceSummary instance)
    {
        var reference = instance.Reference is { } known
            ? $", reference {Exact(known.Objective)}{(known.Optimal ? ", proven" : "")}"
            : "";
        MarkdownReport.Section(text, $"{instance.Name} ({instance.NumVariables} variables{reference})");
        MarkdownReport.Row(text, "solver", "best", "mean", "success, %", "time to target, s", "without a result");
        MarkdownReport.Row(text, [.. Enumerable.Repeat("---", 6)]);
        var ranked = summary
            .Entrants.OrderByDescending(e => Value(instance, e, "successRate"))
            .ThenBy(e => Value(instance, e, "gapToReference") ?? double.PositiveInfinity)
            .ThenBy(e => Value(instance, e, "timeToTarget") ?? double.PositiveInfinity)
            .ThenBy(e => e.Name, StringComparer.Ordinal);
        foreach (var entrant in ranked)
            MarkdownReport.Row(
                text,
                entrant.Name,
                Exact(Value(instance, entrant, "objectiveBest")),
                Mean(Value(instance, entrant, "objectiveMean")),
                MarkdownReport.Number(100 * Value(instance, entrant, "successRate")),
                MarkdownReport.Number(Value(instance, entrant, "timeToTarget")),
                Why(summary, instance, entrant)
            );
        MarkdownReport.Line(text, "");
    }

    /// <summary>Every reason, with the number of seeds where some have a result.</summary>
    private static string Why(BenchmarkSummary summary, InstanceSummary instance, EntrantSummary entrant) =>
        string.Join(
            " ",
            instance
                .Uncovered.GetValueOrDefault(entrant.Name, [])
                .GroupBy(u => u.Reason.Length > 0 || u.State is not { } state ? u.Reason : $"{JsonNames.Of(state)}.")
                .Select(g => (Reason: g.Key, Runs: g.Sum(u => u.Runs)))
                .Select(w =>
                    w.Runs == summary.Seeds.Count ? w.Reason : $"{w.Runs} of {summary.Seeds.Count}: {w.Reason}"
                )
        );

    private static double? Value(InstanceSummary instance, EntrantSummary entrant, string metric) =>
        instance.Entrants[entrant.Name][metric].Value;

    private static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "-";

    private static string Mean(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? "-";
}

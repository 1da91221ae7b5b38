using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using Spectre.Console;

namespace QuantumAiWorkflows.Gateway.Demo;

/// <summary>A finished benchmark on the console: one row per entrant, what was refused, and the verdict in a sentence.</summary>
internal static class DemoTable
{
    public static void Print(BenchmarkSummary summary)
    {
        var sizes = summary.Instances.Select(i => i.NumVariables).Distinct().Order().ToList();
        var range = sizes.Count == 1 ? $"n = {sizes[0]}" : $"n = {sizes[0]} to {sizes[^1]}";
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]{summary.Name}[/]: {summary.Instances.Count} instance(s), {range}, {summary.Seeds.Count} seeds, {summary.Budget.CpuSeconds} CPU s a run; success = gap of at most {summary.Comparison.TargetGapPercent} %"
        );
        // Narrow enough for 80 columns: what does not fit a row stands in the report.
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("solver").NoWrap().Padding(0, 1));
        foreach (
            var column in new[]
            {
                "gap %",
                "success %",
                "TTS99 s",
                "wall s",
                "CPU s",
                "peak MB",
                $"10^-6 {summary.Currency}",
            }
        )
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap().Padding(0, 1));
        foreach (var entrant in summary.Entrants)
            table.AddRow([.. Row(entrant).Select(Markup.Escape)]);
        AnsiConsole.Write(table);

        foreach (var entrant in summary.Entrants)
        foreach (var uncovered in entrant.Uncovered)
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  {entrant.Name}: {uncovered.Runs} run(s) {State(uncovered)}: {uncovered.Reason}"
            );
        foreach (var verdict in summary.Verdicts)
        {
            var colour = verdict.Outcome switch
            {
                VerdictOutcome.Adopt => "green",
                VerdictOutcome.KeepClassical => "blue",
                _ => "yellow",
            };
            AnsiConsole.MarkupLine($"[bold {colour}]Verdict:[/] {Markup.Escape(verdict.Summary)}");
        }
        AnsiConsole.WriteLine();
    }

    private static string[] Row(EntrantSummary entrant) =>
        [
            entrant.Name,
            Number(entrant.MeanGapPercent, "0.000"),
            entrant.SuccessRate.Value is { } success ? $"{Number(100 * success, "0")} {Interval(entrant)}" : "-",
            Number(entrant.Tts99Seconds, "0.0000"),
            Number(entrant.WallSeconds, "0.000"),
            Number(entrant.CpuSeconds, "0.000"),
            Number(entrant.PeakMemoryBytes / 1e6, "0"),
            Number(entrant.Cost * 1e6, "0.00"),
        ];

    private static string Interval(EntrantSummary entrant) =>
        entrant.SuccessRate.Intervals.FirstOrDefault(i => i.Method == "wilson") is { } interval
            ? $"[{Number(100 * interval.Low, "0")}-{Number(100 * interval.High, "0")}]"
            : "";

    private static string State(UncoveredRuns uncovered) =>
        uncovered.State is { } state ? JsonNames.Of(state) : "missing";

    private static string Number(double? value, string format) =>
        value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : "-";
}

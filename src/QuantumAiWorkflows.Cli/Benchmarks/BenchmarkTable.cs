using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>A finished benchmark in a terminal or a log: entrants, what was refused, verdicts, and the gate.</summary>
internal static class BenchmarkTable
{
    public static void Print(IAnsiConsole console, BenchmarkReport report)
    {
        var sizes = report.Instances.Select(i => i.NumVariables).ToList();
        var range = sizes.Min() == sizes.Max() ? $"n = {sizes[0]}" : $"n = {sizes.Min()} to {sizes.Max()}";
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]{report.Name}[/]: {report.Instances.Count} instance(s), {range}, {report.Seeds.Count} seed(s), {Words(report.Budget)} a run; success = gap of at most {report.Comparison.TargetGapPercent} %"
        );
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
                $"10^-6 {report.Currency}",
            }
        )
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap().Padding(0, 1));
        foreach (var entrant in report.Entrants)
            table.AddRow([.. Row(entrant).Select(Markup.Escape)]);
        console.Write(table);
        foreach (var entrant in report.Entrants)
        foreach (var uncovered in entrant.Uncovered)
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  {entrant.Name}: {uncovered.Runs} run(s) {uncovered.State ?? "missing"}: {uncovered.Reason}"
            );
        foreach (var entrant in report.Entrants)
            if (entrant.ReplayRate?.Value is { } rate)
                console.MarkupLineInterpolated(
                    CultureInfo.InvariantCulture,
                    $"  {entrant.Name}: {100 * rate:0.#} % of the replayed runs came out the same"
                );
        foreach (var verdict in report.Verdicts)
        {
            var colour = verdict.Outcome switch
            {
                "adopt" => "green",
                "keepClassical" => "blue",
                _ => "yellow",
            };
            // The sentence itself names the baseline only, and several candidates' sentences look alike.
            var of = report.Verdicts.Count > 1 ? $" for {verdict.Candidate}" : "";
            console.MarkupLine($"[bold {colour}]Verdict{Markup.Escape(of)}:[/] {Markup.Escape(verdict.Summary)}");
        }
    }

    /// <summary>Every check with its figures, then the answer.</summary>
    public static void Print(IAnsiConsole console, GateView gate)
    {
        foreach (var check in gate.Checks)
        {
            var (sign, colour) = Sign(check.Passed);
            var entrant = check.Entrant is null ? "" : $" {check.Entrant}";
            var note = check.Note is null ? "" : $" ({check.Note})";
            console.MarkupLine(
                $"  [{colour}]{sign}[/] {Markup.Escape($"{check.Name}{entrant}: {Figure(check.Observed) ?? "not observed"}, limit {check.Limit?.ToString() ?? "none"}{note}")}"
            );
        }
        var (_, tone) = Sign(gate.Passed);
        console.MarkupLine($"[bold {tone}]Gate:[/] {Markup.Escape(Words(gate))}");
    }

    /// <summary>Four digits, as in the reports: the JSON has them all.</summary>
    private static string? Figure(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<double>().ToString("G4", CultureInfo.InvariantCulture)
            : value?.ToString();

    private static string Words(GateView gate) =>
        gate.Passed switch
        {
            true => $"passed, {gate.Checks.Count} check(s).",
            false => $"failed, {gate.Checks.Count(c => c.Passed == false)} of {gate.Checks.Count} check(s).",
            null when gate.Checks.Count == 0 => "nothing was checked.",
            null =>
                $"could not be told: {gate.Checks.Count(c => c.Passed is null)} of {gate.Checks.Count} check(s) have nothing to go by.",
        };

    private static (string Sign, string Colour) Sign(bool? passed) =>
        passed switch
        {
            true => ("pass", "green"),
            false => ("FAIL", "red"),
            null => ("open", "yellow"),
        };

    private static string Words(BudgetView budget)
    {
        string?[] limits =
        [
            Words(budget.CpuSeconds, "CPU s"),
            Words(budget.TimeSeconds, "s"),
            Words(budget.Evaluations, "evaluations"),
            Words(budget.Shots, "shots"),
        ];
        var given = string.Join(", ", limits.OfType<string>());
        return given.Length == 0 ? "the server's default budget" : given;
    }

    private static string? Words(double? limit, string unit) =>
        limit is { } known ? $"{known.ToString(CultureInfo.InvariantCulture)} {unit}" : null;

    private static string[] Row(EntrantView entrant) =>
        [
            entrant.Name,
            Number(entrant.MeanGapPercent, "0.000"),
            entrant.SuccessRate.Value is { } success ? $"{Number(100 * success, "0")}{Interval(entrant)}" : "-",
            Number(entrant.Tts99Seconds, "0.0000"),
            Number(entrant.WallSeconds, "0.000"),
            Number(entrant.CpuSeconds, "0.000"),
            Number(entrant.PeakMemoryBytes / 1e6, "0"),
            Number(entrant.Cost * 1e6, "0.00"),
        ];

    private static string Interval(EntrantView entrant) =>
        entrant.SuccessRate.Intervals?.FirstOrDefault(i => i.Method == "wilson") is { } interval
            ? $" [{Number(100 * interval.Low, "0")}-{Number(100 * interval.High, "0")}]"
            : "";

    private static string Number(double? value, string format) =>
        value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : "-";
}

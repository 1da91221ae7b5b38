using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary>A job in a few lines.</summary>
internal static class JobLines
{
    /// <summary>Variables of an answer that are printed; --json has them all.</summary>
    private const int ShownValues = 64;

    public static string Incumbent(JsonNode data)
    {
        var bound = data["bound"] is { } known ? $", bound {Number(known)}" : "";
        var feasible = data["feasible"]?.GetValue<bool>() == false ? ", not feasible" : "";
        return $"{data["elapsedSeconds"]!.GetValue<double>().ToString("0.000", CultureInfo.InvariantCulture), 10} s  {Number(data["objective"])}{bound}{feasible}";
    }

    public static void Print(IAnsiConsole console, JsonNode job)
    {
        var (result, metrics, cost) = (job["result"], job["metrics"], job["cost"]);
        var grid = new Grid().AddColumn(new GridColumn().PadRight(2)).AddColumn();
        void Add(string name, string? text)
        {
            if (text is not null)
                grid.AddRow(name, Markup.Escape(text));
        }
        Add("job", $"{job["id"]}, {job["state"]}");
        Add(
            "solver",
            $"{job["solver"]!["id"]} {job["solver"]!["version"]} ({job["solver"]!["paradigm"]}), seed {job["seed"]}"
        );
        Add(
            "fallback",
            job["fallback"] is { } fallback ? $"instead of {fallback["from"]}: {fallback["reason"]}" : null
        );
        Add(
            "status",
            result is null ? null : $"{result["status"]}, stopped by {result["stoppedBy"]?.ToString() ?? "nothing"}"
        );
        Add("objective", Number(result?["objective"]));
        Add("bound", Number(result?["bound"]));
        Add(
            "gap",
            result?["gap"] is { } gap
                ? $"{(100 * gap.GetValue<double>()).ToString("0.####", CultureInfo.InvariantCulture)} %"
                : null
        );
        Add("values", Values(result?["solution"]?["values"] as JsonArray));
        Add(
            "time",
            metrics is null ? null : $"{Number(metrics["wallSeconds"])} s wall, {Number(metrics["cpuSeconds"])} s CPU"
        );
        Add(
            "cost",
            cost is null
                ? null
                : $"{Number(cost["total"])} {cost["currency"]}{(cost["estimated"]?.GetValue<bool>() == true ? " (estimated prices)" : "")}"
        );
        console.Write(grid);
    }

    private static string? Values(JsonArray? values) =>
        values is null ? null
        : values.Count <= ShownValues ? string.Join(' ', values.Select(v => v!.ToString()))
        : $"{values.Count} of them; --json prints them";

    private static string? Number(JsonNode? value) =>
        value?.GetValue<double>().ToString("G10", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;
using Spectre.Console;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary><c>qaiw suites</c> and <c>qaiw solvers</c>: what the server has.</summary>
internal static class ListCommands
{
    private static readonly JsonSerializerOptions Indented = new(Server.Json) { WriteIndented = true };

    public static Command Suites(Screen screen) =>
        Build(
            "suites",
            "List the built-in suites that bench takes by name.",
            "/v1/suites",
            ["suite", "purpose", "instances", "solvers", "seeds", "runs", "CPU s at most"],
            suite =>
            {
                var (instances, solvers, seeds) = (
                    Count(suite, "instances"),
                    Count(suite, "solvers"),
                    Count(suite, "seeds")
                );
                var seconds = suite["budget"]!["cpuSeconds"]?.GetValue<double>();
                return
                [
                    $"{suite["name"]}",
                    $"{suite["purpose"]}",
                    $"{instances}",
                    $"{solvers}",
                    $"{seeds}",
                    $"{instances * solvers * seeds}",
                    seconds is { } known ? $"{known * instances * solvers * seeds:0}" : "-",
                ];
            },
            screen
        );

    public static Command Solvers(Screen screen) =>
        Build(
            "solvers",
            "List the solvers, and why one is not available.",
            "/v1/solvers",
            ["solver", "version", "paradigm", "families", "available", "what it is"],
            solver =>
                [
                    $"{solver["id"]}",
                    $"{solver["version"]}",
                    $"{solver["paradigm"]}",
                    string.Join(", ", solver["families"]!.AsArray().Select(f => $"{f}")),
                    solver["available"]!.GetValue<bool>() ? "yes" : $"no: {solver["reason"]}",
                    $"{solver["summary"]}",
                ],
            screen
        );

    private static Command Build(
        string name,
        string description,
        string path,
        string[] columns,
        Func<JsonNode, string[]> row,
        Screen screen
    )
    {
        var json = new Option<bool>("--json") { Description = "Print the server's JSON." };
        var connection = new ConnectionOptions();
        var command = new Command(name, description) { json };
        connection.AddTo(command);
        command.SetAction(
            async (arguments, cancellation) =>
            {
                await using var open = await connection.OpenAsync(arguments, screen, cancellation);
                var items = (await open.Server.GetAsync(path, $"to list {name}", cancellation))["items"]!.AsArray();
                if (arguments.GetValue(json))
                    Screen.Raw(items.ToJsonString(Indented));
                else
                {
                    var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
                    foreach (var item in items)
                        table.AddRow([.. row(item!).Select(Markup.Escape)]);
                    screen.Out.Write(table);
                }
                return ExitCode.Pass;
            }
        );
        return command;
    }

    private static int Count(JsonNode suite, string member) => suite[member]!.AsArray().Count;
}

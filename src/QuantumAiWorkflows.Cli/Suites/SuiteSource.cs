using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>A suite as the user names it: a file, standard input, or one that the server has built in.</summary>
internal static class SuiteSource
{
    /// <summary>Built-in names are words with hyphens; what looks like a path is one, there or not.</summary>
    public static bool IsBuiltIn(string argument) =>
        argument != "-" && argument.IndexOfAny(['.', '/', '\\']) < 0 && !File.Exists(argument);

    public static Task<JsonObject> ReadAsync(string path, CancellationToken cancellation) =>
        Files.ReadJsonAsync(path, cancellation);

    public static async Task<JsonObject> FindBuiltInAsync(Server server, string name, CancellationToken cancellation)
    {
        var suites = await server.GetAsync("/v1/suites", "to list its suites", cancellation);
        var items = suites["items"]!.AsArray();
        return items.FirstOrDefault(s => s!["name"]!.GetValue<string>() == name)?.DeepClone().AsObject()
            ?? throw StopException.Usage(
                $"{name} is neither a file nor a built-in suite; built in are {string.Join(", ", items.Select(s => s!["name"]))}."
            );
    }
}

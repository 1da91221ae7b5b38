using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>
/// What an index file says of a data file: <c>instances[]</c> with <c>file</c>, <c>best_known</c>, <c>proven_optimal</c>,
/// <c>best_known_source</c>, <c>sense</c> (min or minimize, max or maximize, or other words) and <c>sha256</c>.
/// </summary>
/// <param name="Reference">As a suite has it.</param>
/// <param name="Sense">minimize or maximize: of the function that the value belongs to; null when the index has other words.</param>
internal sealed record KnownValue(JsonObject Reference, string? Sense);

internal sealed class ReferenceIndex(string path, JsonObject index)
{
    public static async Task<ReferenceIndex> ReadAsync(string path, CancellationToken cancellation) =>
        new(path, await Files.ReadJsonAsync(path, cancellation));

    /// <param name="file">As the index writes it.</param>
    /// <exception cref="StopException">The index does not have it, has no single value for it, or means another file.</exception>
    public KnownValue Of(string file, byte[] content)
    {
        var entry =
            (index["instances"] as JsonArray)?.FirstOrDefault(i => Text(i, "file") == file)
            ?? throw StopException.Usage($"{path} has no entry for {file}.");
        if (Text(entry, "sha256") is { } expected && expected != Convert.ToHexStringLower(SHA256.HashData(content)))
            throw StopException.Usage($"{file} is not the file that {path} describes: its SHA-256 differs.");
        if (entry["best_known"] is not JsonValue best || !best.TryGetValue<double>(out var objective))
            throw StopException.Usage($"{path} has no single best_known for {file}.");
        var reference = new JsonObject
        {
            ["objective"] = objective,
            ["optimal"] = entry["proven_optimal"] is JsonValue proven && proven.TryGetValue<bool>(out var flag) && flag,
        };
        if (Text(entry, "best_known_source") is { Length: > 0 } source)
            reference["source"] = source.Length <= 500 ? source : source[..500];
        return new(
            reference,
            Text(entry, "sense") switch
            {
                "min" or "minimize" => "minimize",
                "max" or "maximize" => "maximize",
                _ => null,
            }
        );
    }

    private static string? Text(JsonNode? node, string member) =>
        node?[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli;

/// <summary>Input files; one that cannot be read is the user's to mend, with its name and the reason.</summary>
internal static class Files
{
    /// <summary>As strict as the server: a member that stands twice has no meaning.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    public static async Task<JsonObject> ReadJsonAsync(string path, CancellationToken cancellation)
    {
        var text =
            path == "-" ? await Console.In.ReadToEndAsync(cancellation) : await ReadTextAsync(path, cancellation);
        var name = path == "-" ? "Standard input" : path;
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject
                ?? throw StopException.Usage($"{name}: expected a JSON object.");
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine + 1})" : "";
            throw StopException.Usage($"{name} is not JSON{place}: {e.Message.Split(" LineNumber:")[0]}");
        }
    }

    public static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StopException.Usage($"{path} cannot be read: {e.Message}");
        }
    }

    private static async Task<string> ReadTextAsync(string path, CancellationToken cancellation)
    {
        using var reader = new StreamReader(new MemoryStream(await ReadBytesAsync(path, cancellation)));
        return await reader.ReadToEndAsync(cancellation);
    }
}

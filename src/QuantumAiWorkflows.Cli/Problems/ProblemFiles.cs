using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Problems;

/// <param name="Name">For messages.</param>
/// <param name="Format">An exchange format of the server; null: a family's JSON.</param>
internal sealed record ProblemFile(string Name, byte[] Content, string? Format)
{
    public string? Family { get; init; }

    /// <summary>Of the format, such as the sense.</summary>
    public JsonObject? Settings { get; init; }
}

internal sealed record StoredProblem(string Id, string Family, JsonObject Summary);

/// <summary>Uploads problems; the same file twice is one problem, so that a retry does no harm.</summary>
internal static class ProblemFiles
{
    /// <returns>One, or as many as the file holds.</returns>
    public static async Task<IReadOnlyList<StoredProblem>> UploadAsync(
        Server server,
        ProblemFile file,
        bool validateOnly,
        CancellationToken cancellation
    )
    {
        var query = new List<string>();
        if (file.Format is { } format)
            query.Add($"format={Uri.EscapeDataString(format)}");
        if (file.Family is { } family)
            query.Add($"family={Uri.EscapeDataString(family)}");
        if (validateOnly)
            query.Add("validateOnly=true");
        var path = query.Count == 0 ? "/v1/problems" : $"/v1/problems?{string.Join('&', query)}";
        var reply = await server.UploadAsync(path, () => Body(file), file.Name, cancellation);
        return reply["items"] is JsonArray items
            ? [.. items.Select(i => i.Deserialize<StoredProblem>(Server.Json)!)]
            : [reply.Deserialize<StoredProblem>(Server.Json)!];
    }

    private static HttpContent Body(ProblemFile file)
    {
        var content = new ByteArrayContent(file.Content);
        if (file.Settings is null)
        {
            content.Headers.ContentType = new(file.Format is null ? "application/json" : "text/plain");
            return content;
        }
        return new MultipartFormDataContent
        {
            { content, "file", Path.GetFileName(file.Name) },
            { new StringContent(file.Settings.ToJsonString(), Encoding.UTF8), "settings" },
        };
    }
}

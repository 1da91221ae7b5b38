using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Http;

/// <summary>Turns a refused request (RFC 9457 problem details) into a message with every pointer and the exit code that fits.</summary>
internal static class Refusal
{
    public static async Task<StopException> ReadAsync(
        HttpResponseMessage reply,
        string what,
        CancellationToken cancellation
    )
    {
        var status = (int)reply.StatusCode;
        var text = await reply.Content.ReadAsStringAsync(cancellation);
        var problem = Parse(text);
        var detail = problem?["detail"]?.GetValue<string>() ?? problem?["title"]?.GetValue<string>() ?? Short(text);
        var errors = problem?["errors"]?.AsArray().Select(e => Line(e!)).ToArray() ?? [];
        var message =
            errors.Length > 0
                ? $"The server refused {what} ({status}):"
                : $"The server refused {what} ({status}): {detail}";
        if (status >= 500 && problem?["traceId"]?.GetValue<string>() is { } trace)
            message += $" Its log has more under the trace id {trace}.";
        return new(CodeOf(reply.StatusCode), message, errors);
    }

    /// <summary>What the caller can mend is usage; a state or a fault of the server is not.</summary>
    private static int CodeOf(HttpStatusCode status) =>
        (int)status is >= 400 and < 500
        && status is not (HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            ? ExitCode.Usage
            : ExitCode.CouldNotRun;

    private static string Line(JsonNode error)
    {
        var place =
            error["pointer"]?.GetValue<string>() is { } pointer ? $"{(pointer.Length == 0 ? "/" : pointer)}: "
            : error["line"] is { } line ? $"line {line}, column {error["column"]}: "
            : "";
        return $"{place}{error["detail"]} [{error["code"]}]";
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            // A proxy answered, not the service.
            return null;
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : $"{text[..197]}...";
}

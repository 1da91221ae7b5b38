using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

public sealed class BadRequestTests(SharedService service, Scene scene) : IClassFixture<Scene>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, BadRequest> Cases = new[]
    {
        BadBodies.All,
        BadProblems.All,
        BadJobs.All,
        BadEncodings.All,
        BadBenchmarks.All,
        BadEconomics.All,
        BadEstimates.All,
        BadAddresses.All,
        BadTables.All,
    }
        .SelectMany(part => part)
        .ToDictionary(bad => bad.Name);

    public static TheoryData<string> Names { get; } = new(Cases.Keys);

    /// <summary>The closed list: a title for each code of a refusal.</summary>
    private static readonly Dictionary<string, string> Titles = new()
    {
        ["invalidRequest"] = "The request does not have the expected form.",
        ["notAcceptable"] = "The request is well-formed, but cannot be accepted.",
        ["methodNotAllowed"] = "This address does not take this method.",
        ["alreadyEnded"] = "The resource is not in a state that allows this.",
        ["stillRunning"] = "The resource is not in a state that allows this.",
        ["bodyTooLarge"] = "The request body is too large.",
        ["unsupportedMediaType"] = "The body's media type is not understood.",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_refused_with_whole_problem_details(string name)
    {
        var bad = Cases[name];
        var began = Stopwatch.GetTimestamp();
        var reply = await SendAsync(bad.Sent);
        Stopwatch.GetElapsedTime(began).Should().BeLessThan(Patience);
        ((int)reply.Status).Should().Be(bad.Status, "the reply was {0}", reply.Text);
        reply.MediaType.Should().Be("application/problem+json");
        reply.Text.Should().NotContainAny("Exception", "   at ", ".cs:line", "System.");
        var details = reply.Json.AsObject();
        Shown(reply).Should().Be(scene.Fill(bad.Expected));

        var code = details["code"]!.GetValue<string>();
        details["type"]!.GetValue<string>().Should().Be($"urn:qaiw:problem:{code}");
        if (code == "notFound")
            details["title"]!.GetValue<string>().Should().StartWith("There is no");
        else
            details["title"]!.GetValue<string>().Should().Be(Titles[code]);
        details["status"]!.GetValue<int>().Should().Be(bad.Status);
        details["instance"]!.GetValue<string>().Should().Be(scene.Fill(bad.Sent.Path).Split('?')[0]);
        details["traceId"]!
            .GetValue<string>()
            .Should()
            .MatchRegex("^[0-9a-f]{32}$")
            .And.Be(reply.Headers["X-Trace-Id"]);
        if (details["errors"] is JsonArray errors)
            details["detail"]!.GetValue<string>().Should().Be(Summary(errors));
    }

    private Task<Reply> SendAsync(Sent sent)
    {
        var content = sent.Body is null ? null : new ByteArrayContent(sent.Body);
        if (sent.MediaType is not null)
            content!.Headers.ContentType = MediaTypeHeaderValue.Parse(sent.MediaType);
        return service.Client.SendAsync(
            new HttpMethod(sent.Method),
            scene.Fill(sent.Path),
            content,
            [.. sent.Headers.Select(h => (h.Name, scene.Fill(h.Value)))]
        );
    }

    private static string Shown(Reply reply)
    {
        if (reply.MediaType != "application/problem+json")
            return reply.Text;
        var details = reply.Json;
        return details["errors"] is JsonArray errors
            ? string.Join('\n', errors.Select(e => Shown(e!)))
            : $"{details["code"]}: {details["detail"]}";
    }

    private static string Shown(JsonNode error)
    {
        var place =
            error["pointer"] is { } pointer ? $" {pointer}"
            : error["line"] is { } line ? $" {line}:{error["column"]}"
            : "";
        var value = error["value"] is { } given ? $" | {given.ToJsonString()}" : "";
        var limit = error["limit"] is { } bound ? $" | {bound.ToJsonString()}" : "";
        return $"{error["code"]}{place}: {error["detail"]}{value}{limit}";
    }

    /// <summary>The first error in words, and how many more there are.</summary>
    private static string Summary(JsonArray errors)
    {
        var first = errors[0]!;
        var place = first["pointer"]?.GetValue<string>() is { Length: > 0 } pointer ? $"{pointer}: " : "";
        var more = errors.Count > 1 ? $" ({errors.Count - 1} more in errors.)" : "";
        return $"{place}{first["detail"]}{more}";
    }
}

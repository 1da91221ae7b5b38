using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>A refusal, compared as a whole.</summary>
internal static class ProblemReply
{
    public static void Assert(Reply reply, int status, string code, string title, string detail, string? errors = null)
    {
        reply.MediaType.Should().Be("application/problem+json");
        ((int)reply.Status).Should().Be(status, reply.Text);
        var expected = new JsonObject
        {
            ["type"] = $"urn:qaiw:problem:{code}",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["instance"] = reply.Json["instance"]!.GetValue<string>(),
            ["traceId"] = reply.Headers["X-Trace-Id"],
            ["code"] = code,
        };
        if (errors is not null)
            expected["errors"] = JsonNode.Parse(errors);
        reply.Json.ToJsonString().Should().Be(expected.ToJsonString());
        reply.Json["instance"]!.GetValue<string>().Should().StartWith("/v1/jobs");
    }
}

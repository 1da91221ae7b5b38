using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests;

public sealed record StreamedEvent(string Kind, long Id, JsonNode Data);

public static class Events
{
    /// <summary>The events of a stream until the service ends it; heartbeats are left out.</summary>
    public static async IAsyncEnumerable<StreamedEvent> EventsAsync(this Client client, string path, long? after = null)
    {
        using var response = await client.OpenAsync(
            path,
            after is { } id ? [("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture))] : []
        );
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        var cancellation = TestContext.Current.CancellationToken;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
            if (item.EventType != "log")
                yield return new(
                    item.EventType,
                    long.Parse(item.EventId!, CultureInfo.InvariantCulture),
                    JsonNode.Parse(item.Data)!
                );
    }
}

using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Http;

/// <summary>The server-sent events of a job or a benchmark, read to their end over as many connections as it takes.</summary>
internal static class EventStream
{
    /// <summary>The server says something every 15 seconds; after this long the connection is dead without knowing.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    /// <summary>Hands every event to <paramref name="see"/>, each once; returns after <c>done</c>.</summary>
    public static async Task FollowAsync(
        Server server,
        string path,
        Screen screen,
        Action<string, JsonNode> see,
        CancellationToken cancellation
    )
    {
        string? last = null;
        var heard = Stopwatch.GetTimestamp();
        while (true)
        {
            string reason;
            using var dead = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            try
            {
                dead.CancelAfter(Silence);
                using var reply = await server.OpenAsync(path, "to send events", dead.Token, last);
                await using var stream = await reply.Content.ReadAsStreamAsync(dead.Token);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(dead.Token))
                {
                    dead.CancelAfter(Silence);
                    heard = Stopwatch.GetTimestamp();
                    last = item.EventId ?? last;
                    see(item.EventType, JsonNode.Parse(item.Data)!);
                    if (item.EventType == "done")
                        return;
                }
                reason = "The event stream ended early.";
            }
            catch (Exception e)
                when (Server.IsConnection(e, cancellation)
                    || (e is OperationCanceledException && !cancellation.IsCancellationRequested)
                )
            {
                reason = $"The event stream broke: {e.Message}";
            }
            if (Stopwatch.GetElapsedTime(heard) > Silence + Server.Patience)
                throw StopException.CouldNotRun(
                    $"{reason} The service at {server.Address} did not come back within {Server.Patience.TotalSeconds} s; ask it later for {path[..path.LastIndexOf('/')]}."
                );
            screen.Warn($"{reason} Connecting again{(last is null ? "" : $" after event {last}")}.");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }
}

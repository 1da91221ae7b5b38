using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>The stored events of a job or a benchmark as a stream that can be resumed.</summary>
internal static class JobEvents
{
    /// <summary>Longest silence; proxies close connections that say nothing.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> StreamAsync(
        HttpContext context,
        string id,
        JobReader reader,
        Store store,
        Signals signals
    )
    {
        var (job, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        return job is null ? refusal! : Stream(context, id, store, signals);
    }

    public static IResult Stream(HttpContext context, string subject, Store store, Signals signals)
    {
        var faults = new FaultList();
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var after = 0L;
        if (header.Length > 0 && !long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            faults.Add(new Fault(FaultCode.BadHeader, "Last-Event-ID: expected the id of an event of this stream."));
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return TypedResults.ServerSentEvents(
            ReadAsync(subject, after, store, signals, stopping, context.RequestAborted)
        );
    }

    /// <param name="stopping">Ends the stream: the web server would wait for it, and everything else for the web server.</param>
    private static async IAsyncEnumerable<SseItem<JsonElement>> ReadAsync(
        string subject,
        long after,
        Store store,
        Signals signals,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        while (true)
        {
            var change = signals.Next(subject);
            List<EventRow> fresh;
            bool isOver;
            await using (var db = store.Open())
            {
                fresh = await db
                    .Events.Where(e => e.Tenant == Tenants.Default && e.Subject == subject && e.Sequence > after)
                    .OrderBy(e => e.Sequence)
                    .Take(1000)
                    .ToListAsync(cancellation);
                // Resumed after its end, or erased meanwhile: nothing will ever come.
                var all = db.Events.Where(e => e.Tenant == Tenants.Default && e.Subject == subject);
                isOver =
                    fresh.Count == 0
                    && (
                        await all.AnyAsync(e => e.Kind == "done" && e.Sequence <= after, cancellation)
                        || !await all.AnyAsync(cancellation)
                    );
            }
            if (isOver)
            {
                signals.Raise(subject);
                yield break;
            }
            foreach (var row in fresh)
            {
                after = row.Sequence;
                yield return Item(row.Kind, JsonElement.Parse(row.Data), row.Sequence);
                if (row.Kind != "done")
                    continue;
                signals.Raise(subject);
                yield break;
            }
            if (fresh.Count > 0)
                continue;

            var quiet = Task.Delay(Heartbeat, over.Token);
            var first = await Task.WhenAny(change, quiet);
            if (stopping.IsCancellationRequested)
                yield break;
            if (first == quiet)
            {
                await quiet;
                yield return Item("log", JsonElement.Parse("""{"message":"still there"}"""), null);
            }
        }
    }

    private static SseItem<JsonElement> Item(string kind, JsonElement data, long? sequence) =>
        new(data, kind) { EventId = sequence?.ToString(CultureInfo.InvariantCulture) };
}

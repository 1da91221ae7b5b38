using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Reads jobs for clients, and waits for them.</summary>
internal sealed class JobReader(
    Store store,
    Signals signals,
    SolverCatalog catalog,
    Pricing pricing,
    IHostApplicationLifetime lifetime
)
{
    /// <summary>The job, or the refusal that says why not.</summary>
    public async Task<(JobView? Job, Refusal? Refusal)> FindAsync(
        string tenant,
        string id,
        CancellationToken cancellation,
        string? priceList = null
    )
    {
        await using var db = store.Open();
        var job = await db.Jobs.SingleOrDefaultAsync(j => j.Tenant == tenant && j.Id == id, cancellation);
        if (job is null)
            return (null, Refusal.NotFound("job", id));
        if (job.ErasedAt is { } erasedAt)
            return (null, Refusal.Erased("job", id, erasedAt));
        var views = await ToViewsAsync(db, [job], priceList, cancellation);
        // Erased between the two queries.
        return views is [var view] ? (view, null) : (null, Refusal.Erased("job", id, store.Now));
    }

    /// <summary>The job once it has ended, or as it stands when the time is up or the service stops.</summary>
    public async Task<(JobView? Job, Refusal? Refusal)> WaitAsync(
        string tenant,
        string id,
        TimeSpan atMost,
        CancellationToken cancellation,
        string? priceList = null
    )
    {
        if (atMost > TimeSpan.Zero)
            await WaitForEndAsync(tenant, id, atMost, cancellation);
        return await FindAsync(tenant, id, cancellation, priceList);
    }

    /// <summary>Views of the jobs that have not been erased meanwhile, in the order given.</summary>
    /// <param name="listed">Leaves out answers: hundreds of jobs may have megabytes of them each.</param>
    public async Task<List<JobView>> ToViewsAsync(
        QaiwDbContext db,
        IReadOnlyList<JobRow> jobs,
        string? priceList,
        CancellationToken cancellation,
        bool listed = false
    )
    {
        var tenant = jobs.Count == 0 ? "" : jobs[0].Tenant;
        var ids = jobs.Select(j => j.Id).ToList();
        var runIds = jobs.Select(j => j.RunId).OfType<string>().ToList();
        var problemIds = jobs.Select(j => j.ProblemId).Distinct().ToList();
        var json = listed ? ListedJson : StrictJson.Options;
        // Row by row: only one text is in memory beside what was read from it.
        var requests = new Dictionary<string, StoredRequest>(StringComparer.Ordinal);
        var payloads = db.Payloads.Where(p => p.Tenant == tenant && ids.Contains(p.JobId));
        await foreach (var payload in payloads.AsAsyncEnumerable().WithCancellation(cancellation))
            requests.Add(payload.JobId, JsonSerializer.Deserialize<StoredRequest>(payload.Request, json)!);
        var runs = new Dictionary<string, RunRecord>(StringComparer.Ordinal);
        var rows = db.Runs.Where(r => r.Tenant == tenant && runIds.Contains(r.Id));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
            runs.Add(
                row.Id,
                JsonSerializer.Deserialize<RunRecord>(row.Record, json)! with
                {
                    BoundRefuted = row.BoundRefuted,
                }
            );
        // Not the canonical bytes: they may be a hundred megabytes, and a view needs none of them.
        var problems = await db
            .Problems.Where(p => p.Tenant == tenant && problemIds.Contains(p.Id))
            .Select(p => new ProblemRow
            {
                Tenant = p.Tenant,
                Id = p.Id,
                Family = p.Family,
                EvaluatorVersion = p.EvaluatorVersion,
                NumVariables = p.NumVariables,
                NumInteractions = p.NumInteractions,
                Summary = "",
                CreatedAt = p.CreatedAt,
            })
            .ToDictionaryAsync(p => p.Id, cancellation);
        var context = new JobContext(
            catalog,
            (priceList is null ? null : pricing.Find(priceList)) ?? pricing.Default,
            listed
        );
        return
        [
            .. jobs.Where(j => requests.ContainsKey(j.Id))
                .Select(j =>
                    JobViews.Of(
                        j,
                        requests[j.Id],
                        problems[j.ProblemId],
                        j.RunId is { } run ? runs.GetValueOrDefault(run) : null,
                        context
                    )
                ),
        ];
    }

    /// <summary>Reads records and requests past their answers, as a list needs them.</summary>
    private static readonly JsonSerializerOptions ListedJson = new(StrictJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutAnswers } },
    };

    private static void WithoutAnswers(JsonTypeInfo type)
    {
        string[] left =
            type.Type == typeof(RunRecord) ? ["initialSolution", "solution", "samples", "trace", "validation"]
            : type.Type == typeof(StoredRequest) ? ["initialSolution"]
            : [];
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (left.Contains(type.Properties[i].Name, StringComparer.Ordinal))
                type.Properties.RemoveAt(i);
    }

    private async Task WaitForEndAsync(string tenant, string id, TimeSpan atMost, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        timeout.CancelAfter(atMost);
        try
        {
            while (true)
            {
                var change = signals.Next(id);
                await using (var db = store.Open())
                {
                    var state = await db
                        .Jobs.Where(j => j.Tenant == tenant && j.Id == id)
                        .Select(j => j.State)
                        .SingleOrDefaultAsync(timeout.Token);
                    if (state is null || JobState.IsFinal(state))
                    {
                        signals.Raise(id);
                        return;
                    }
                }
                await change.WaitAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up, or no job ends here any more: the caller gets the job as it stands.
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>
/// Watches running benchmarks: publishes progress, and when the last job has ended, compares and closes. Holds no state,
/// so that a restart simply goes on.
/// </summary>
internal sealed partial class BenchmarkFinisher(
    Store store,
    BenchmarkReader reader,
    SolverCatalog catalog,
    Signals signals,
    ILogger<BenchmarkFinisher> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, int> _published = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                List<BenchmarkRow> open;
                await using (var db = store.Open())
                    open = await db.Benchmarks.Where(b => b.State == JobState.Running).ToListAsync(stoppingToken);
                foreach (var row in open)
                    await VisitAsync(row, stoppingToken);
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                StorageFailed(e);
            }
        }
    }

    private async Task VisitAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        var done = await reader.DoneAsync(row, cancellation);
        if (_published.GetValueOrDefault(row.Id, -1) != done)
        {
            await store.WriteAsync(
                async db =>
                {
                    var tracked = await db.Benchmarks.SingleAsync(b => b.Tenant == row.Tenant && b.Id == row.Id);
                    BenchmarkEvents.Append(
                        db,
                        tracked,
                        "progress",
                        new JsonObject { ["done"] = done, ["total"] = row.Total }
                    );
                },
                cancellation
            );
            _published[row.Id] = done;
            signals.Raise(row.Id);
        }
        if (done == row.Total)
            await CloseAsync(row, cancellation);
    }

    private async Task CloseAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        await RecordMissingAsync(row, cancellation);
        var benchmark = await reader.LoadAsync(row, cancellation);
        var (state, outcome) = await OutcomeAsync(row, benchmark, cancellation);
        await store.WriteAsync(
            async db =>
            {
                var tracked = await db.Benchmarks.SingleAsync(b => b.Tenant == row.Tenant && b.Id == row.Id);
                tracked.State = state;
                tracked.CompletedAt = store.Now;
                tracked.Outcome = outcome.ToJsonString(StrictJson.Options);
                BenchmarkEvents.Append(db, tracked, "state", new JsonObject { ["state"] = state });
                BenchmarkEvents.Append(db, tracked, "done", new JsonObject { ["state"] = state });
            },
            cancellation
        );
        _published.Remove(row.Id);
        signals.Raise(row.Id);
        Closed(row.Id, row.Name, state);
    }

    /// <summary>The state to close with and what is kept: the summary, or why there is none.</summary>
    private async Task<(string State, JsonObject Outcome)> OutcomeAsync(
        BenchmarkRow row,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        if (ComparisonGuard.Check(benchmark.Runs) is { } refusal)
            return (JobState.Failed, new JsonObject { ["conflict"] = refusal.Detail });
        var earlier = benchmark.Suite.Gate?.CompareWith is { } id
            ? (await reader.FindAsync(row.Tenant, id.ToString(), cancellation)).Row
            : null;
        var summary = BenchmarkSummary.Of(
            benchmark,
            earlier is null ? null : await reader.LoadAsync(earlier, cancellation)
        );
        return (
            row.CancelRequested ? JobState.Cancelled : JobState.Succeeded,
            new JsonObject { ["summary"] = JsonSerializer.SerializeToNode(summary, StrictJson.Options) }
        );
    }

    /// <summary>Jobs that ended without a run (cancelled in the queue, poison) get a record too: nothing drops out unseen.</summary>
    private Task RecordMissingAsync(BenchmarkRow row, CancellationToken cancellation) =>
        store.WriteAsync(
            async db =>
            {
                var jobs = await db
                    .Jobs.Where(j => j.Tenant == row.Tenant && j.BenchmarkId == row.Id && j.RunId == null)
                    .ToListAsync(cancellation);
                foreach (var job in jobs)
                {
                    var payload = await db.Payloads.SingleAsync(
                        p => p.Tenant == job.Tenant && p.JobId == job.Id,
                        cancellation
                    );
                    var problem = await db.Problems.SingleAsync(
                        p => p.Tenant == job.Tenant && p.Id == job.ProblemId,
                        cancellation
                    );
                    var request = JsonSerializer.Deserialize<StoredRequest>(payload.Request, StrictJson.Options)!;
                    var claim = new Work.Claim(job, job.Fence, payload.Request, problem);
                    var builder = new RunRecordBuilder(claim, request, catalog, MachineFacts.Now(0), job.SubmittedAt);
                    var error = job.ErrorCode is { } code ? new RunError(code, job.ErrorMessage ?? "") : null;
                    var record = builder.Unstarted(error, store.Now);
                    db.Runs.Add(JobLedger.ToRow(job.Tenant, record));
                    job.RunId = record.Id.ToString();
                }
            },
            cancellation
        );

    [LoggerMessage(Level = LogLevel.Information, Message = "Benchmark {Id} ({Name}) is {State}.")]
    private partial void Closed(string id, string name, string state);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused; benchmarks wait.")]
    private partial void StorageFailed(Exception exception);
}

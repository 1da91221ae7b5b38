using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Gateway.Hosting;
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
    JobControl control,
    Spending spending,
    Signals signals,
    IOptions<QaiwOptions> options,
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
            List<BenchmarkRow> open = [];
            try
            {
                await using var db = store.Open();
                open = await db.Benchmarks.Where(b => b.State == JobState.Running).ToListAsync(stoppingToken);
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                StorageFailed(e);
            }
            foreach (var row in open)
                await TryVisitAsync(row, stoppingToken);
        }
    }

    /// <summary>No benchmark may stop the service, nor keep another one from its end.</summary>
    private async Task TryVisitAsync(BenchmarkRow row, CancellationToken stopping)
    {
        try
        {
            await VisitAsync(row, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            VisitFailed(e, row.Id);
        }
    }

    private async Task VisitAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        if (row is { Calibration: not null, ReplayOf: null })
            await EndNeedlessReferencesAsync(row, cancellation);
        var done = await reader.DoneAsync(row, cancellation);
        if (_published.GetValueOrDefault(row.Id, -1) != done)
        {
            await spending.StopIfSpentAsync(row, cancellation);
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

    /// <summary>
    /// Where a solver has proved the optimum of a calibration instance, the others need not look for its reference: that
    /// saves most of the time a calibration takes.
    /// </summary>
    private async Task EndNeedlessReferencesAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        List<string> waiting;
        await using (var db = store.Open())
        {
            var jobs = db.Jobs.Where(j => j.Tenant == row.Tenant && j.BenchmarkId == row.Id && j.Calibration);
            var proved = jobs.Where(j =>
                    j.State == JobState.Succeeded
                    && db.Runs.Any(r =>
                        r.Tenant == j.Tenant && r.Id == j.RunId && r.Bound != null && r.Bound == r.Objective
                    )
                )
                .Select(j => j.Instance);
            waiting = await jobs.Where(j =>
                    j.State == JobState.Queued
                    && j.Entrant!.StartsWith(CalibrationPlanner.ReferencePrefix)
                    && proved.Contains(j.Instance)
                )
                .Select(j => j.Id)
                .ToListAsync(cancellation);
        }
        foreach (var job in waiting)
            await control.EndQueuedAsync(
                row.Tenant,
                job,
                JobState.Cancelled,
                null,
                "The optimum of this calibration instance is proved; no other reference is needed."
            );
    }

    private async Task CloseAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        var (state, outcome) = await TryOutcomeAsync(row, cancellation);
        await store.WriteAsync(
            async db =>
            {
                var tracked = await db.Benchmarks.SingleAsync(b => b.Tenant == row.Tenant && b.Id == row.Id);
                // The row was read before the runs were counted, and a cancel may have ended them in between.
                if (state == JobState.Succeeded && tracked.CancelRequested)
                    state = JobState.Cancelled;
                tracked.State = state;
                tracked.CompletedAt = store.Now;
                tracked.Outcome = outcome.ToJsonString(StrictJson.Options);
                BenchmarkEvents.Append(db, tracked, "state", new JsonObject { ["state"] = state });
                BenchmarkEvents.Append(db, tracked, "done", new JsonObject { ["state"] = state });
            },
            cancellation
        );
        _published.Remove(row.Id);
        spending.Forget(row.Id);
        signals.Raise(row.Id);
        Closed(row.Id, row.Name, state);
    }

    /// <summary>One try: what cannot be compared today cannot be tomorrow. Only an outage is worth another.</summary>
    private async Task<(string State, JsonObject Outcome)> TryOutcomeAsync(
        BenchmarkRow row,
        CancellationToken cancellation
    )
    {
        try
        {
            await RecordMissingAsync(row, cancellation);
            return await OutcomeAsync(row, await reader.LoadAsync(row, cancellation), cancellation);
        }
        catch (Exception e) when (!Store.IsOutage(e) && !cancellation.IsCancellationRequested)
        {
            VisitFailed(e, row.Id);
            return (
                JobState.Failed,
                new JsonObject
                {
                    ["conflict"] =
                        $"Our fault: the runs could not be compared. The service's log says why, under the id {row.Id}; the runs are kept.",
                }
            );
        }
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

    /// <summary>
    /// Jobs that ended without a run (cancelled in the queue, poison) get a record too: nothing drops out unseen. What
    /// they were asked for is in the suite.
    /// </summary>
    private Task RecordMissingAsync(BenchmarkRow row, CancellationToken cancellation) =>
        store.WriteAsync(
            async db =>
            {
                var jobs = await db
                    .Jobs.Where(j => j.Tenant == row.Tenant && j.BenchmarkId == row.Id && j.RunId == null)
                    .ToListAsync(cancellation);
                if (jobs.Count == 0)
                    return;
                var spec = BenchmarkSpec.Of(row);
                var problems = await ProblemsAsync(db, row, cancellation);
                foreach (var job in jobs)
                {
                    var request = spec.RequestOf(
                        job.Entrant!,
                        job.WarmUp,
                        job.Calibration,
                        options.Value.Limits.SecondsPerSolve
                    );
                    request = request with { Encoding = catalog.EncodingFor(job.Solver, job.Family, request.Encoding) };
                    var claim = new Work.Claim(job, job.Fence, "", problems[job.ProblemId]);
                    var builder = new RunRecordBuilder(claim, request, catalog, MachineFacts.Now(0), job.SubmittedAt);
                    var error = job.ErrorCode is { } code ? new RunError(code, job.ErrorMessage ?? "") : null;
                    var record = builder.Unstarted(error, store.Now);
                    if (job.State == JobState.Cancelled)
                        record = record with { State = RunState.Cancelled };
                    db.Runs.Add(RunRow.Of(job.Tenant, record));
                    job.RunId = record.Id.ToString();
                }
            },
            cancellation
        );

    /// <summary>The problems of the benchmark without their bytes: a record has only their figures.</summary>
    private static Task<Dictionary<string, ProblemRow>> ProblemsAsync(
        QaiwDbContext db,
        BenchmarkRow row,
        CancellationToken cancellation
    )
    {
        var ids = db.Jobs.Where(j => j.Tenant == row.Tenant && j.BenchmarkId == row.Id).Select(j => j.ProblemId);
        return db
            .Problems.Where(p => p.Tenant == row.Tenant && ids.Contains(p.Id))
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
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Benchmark {Id} ({Name}) is {State}.")]
    private partial void Closed(string id, string name, string state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Benchmark {Id} could not be taken further.")]
    private partial void VisitFailed(Exception exception, string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused; benchmarks wait.")]
    private partial void StorageFailed(Exception exception);
}

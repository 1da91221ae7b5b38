using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// What is done to jobs by others than their owner: lost ones are taken back, late ones ended, unwanted ones cancelled.
/// What the owner writes is in <see cref="JobLedger"/>.
/// </summary>
internal sealed class JobControl(Store store, Signals signals, SolverCatalog catalog)
{
    /// <summary>Owners that a job may lose before it is poison.</summary>
    public const int MaxFailures = 3;

    /// <summary>
    /// Takes back every running job whose owner is gone: all of them at start-up, when the data directory's lock proves
    /// that nobody else runs; else those whose lease has expired.
    /// </summary>
    /// <param name="mine">Jobs that run in this very process: its heartbeats may be late when the disk was full.</param>
    public async Task<int> RecoverAsync(bool everyone, IReadOnlyCollection<string> mine)
    {
        var now = store.Now;
        var lost = await ChangeAsync(
            db =>
                db.Jobs.Where(j =>
                    j.State == JobState.Running && (everyone || (j.LeaseUntil < now && !mine.Contains(j.Id)))
                ),
            async (db, job) =>
            {
                var run = await LostRunAsync(db, job);
                db.Runs.Add(RunRow.Of(job.Tenant, run));
                job.Failures++;
                if (!job.CancelRequested && job.Failures < MaxFailures)
                {
                    job.BackToQueue(db, "its worker was lost");
                    return;
                }
                // Nobody will run it again: what the lost run had found is the job's answer.
                job.RunId = run.Id.ToString();
                if (job.CancelRequested)
                    job.End(db, store.Now, JobState.Cancelled, null, "Cancelled while its worker was lost.");
                else
                    job.End(
                        db,
                        store.Now,
                        JobState.Failed,
                        RunErrors.Poison,
                        $"Its worker was lost {job.Failures} times while running it."
                    );
            }
        );
        return lost.Count;
    }

    private async Task<RunRecord> LostRunAsync(QaiwDbContext db, JobRow job)
    {
        var payload = await db.Payloads.SingleAsync(p => p.Tenant == job.Tenant && p.JobId == job.Id);
        var problem = await db.Problems.SingleAsync(p => p.Tenant == job.Tenant && p.Id == job.ProblemId);
        var request = JsonSerializer.Deserialize<StoredRequest>(payload.Request, StrictJson.Options)!;
        var claim = new Claim(job, job.Fence, payload.Request, problem);
        return new RunRecordBuilder(claim, request, catalog, MachineFacts.Now(0), job.StartedAt ?? store.Now).Lost(
            store.Now,
            payload.Newest is null ? null : JsonSerializer.Deserialize<Improvement>(payload.Newest, StrictJson.Options)
        );
    }

    /// <summary>Ends a job that never started; false when it is not in the queue any more.</summary>
    public async Task<bool> EndQueuedAsync(string tenant, string id, string state, string? code, string message) =>
        (
            await ChangeAsync(
                db => db.Jobs.Where(j => j.Tenant == tenant && j.Id == id && j.State == JobState.Queued),
                (db, job) => job.End(db, store.Now, state, code, message)
            )
        ).Count > 0;

    /// <summary>Ends queued jobs whose deadline has passed, whether or not anything could run them.</summary>
    public Task ExpireAsync()
    {
        var now = store.Now;
        return ChangeAsync(
            db => db.Jobs.Where(j => j.State == JobState.Queued && j.DeadlineAt < now),
            (db, job) =>
                job.End(
                    db,
                    store.Now,
                    JobState.Failed,
                    RunErrors.DeadlineExceeded,
                    "The deadline passed before the job could start."
                )
        );
    }

    /// <summary>Ends queued jobs of a solver that will not become available here.</summary>
    public Task EndUnavailableAsync(string solver, string reason) =>
        ChangeAsync(
            db => db.Jobs.Where(j => j.State == JobState.Queued && j.Solver == solver),
            (db, job) =>
                job.End(
                    db,
                    store.Now,
                    JobState.Failed,
                    RunErrors.Unsupported,
                    $"{solver} is not available here: {reason}"
                )
        );

    /// <summary>Cancels what a benchmark still has in the queue, and marks its running jobs.</summary>
    public Task CancelAllAsync(string tenant, string benchmarkId) =>
        ChangeAsync(
            db =>
                db.Jobs.Where(j =>
                    j.Tenant == tenant
                    && j.BenchmarkId == benchmarkId
                    && (j.State == JobState.Queued || j.State == JobState.Running)
                ),
            (db, job) =>
            {
                job.CancelRequested = true;
                if (job.State == JobState.Queued)
                    job.End(db, store.Now, JobState.Cancelled, null, "Its benchmark was cancelled.");
            }
        );

    /// <summary>Cancels what a benchmark still has in the queue, for a reason of the benchmark's own; running jobs go on.</summary>
    public async Task<int> CancelQueuedAsync(string tenant, string benchmarkId, string code, string reason) =>
        (
            await ChangeAsync(
                db =>
                    db.Jobs.Where(j =>
                        j.Tenant == tenant && j.BenchmarkId == benchmarkId && j.State == JobState.Queued
                    ),
                (db, job) => job.End(db, store.Now, JobState.Cancelled, code, reason)
            )
        ).Count;

    /// <summary>Marks a job for cancelling; the owner sees it through its token, a restart through the row.</summary>
    public Task RequestCancelAsync(string tenant, string id) =>
        store.WriteAsync(db =>
            db.Jobs.Where(j => j.Tenant == tenant && j.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.CancelRequested, true))
        );

    private Task<List<JobRow>> ChangeAsync(
        Func<QaiwDbContext, IQueryable<JobRow>> which,
        Action<QaiwDbContext, JobRow> change
    ) =>
        ChangeAsync(
            which,
            (db, job) =>
            {
                change(db, job);
                return Task.CompletedTask;
            }
        );

    /// <summary>
    /// Changes jobs in one transaction and tells waiters after it: told inside, they would read the old rows and sleep on.
    /// </summary>
    private async Task<List<JobRow>> ChangeAsync(
        Func<QaiwDbContext, IQueryable<JobRow>> which,
        Func<QaiwDbContext, JobRow, Task> change
    )
    {
        // Looked at outside first: a sweep that finds nothing, nearly every one, must not take the writer.
        await using (var db = store.Open())
            if (!await which(db).AnyAsync())
                return [];
        var changed = await store.WriteAsync(async db =>
        {
            var jobs = await which(db).ToListAsync();
            foreach (var job in jobs)
                await change(db, job);
            return jobs;
        });
        foreach (var job in changed)
        {
            signals.Raise(job.Id);
            if (job.BenchmarkId is { } benchmark)
                signals.Raise(benchmark);
        }
        return changed;
    }
}

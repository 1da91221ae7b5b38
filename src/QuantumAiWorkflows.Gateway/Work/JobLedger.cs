using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Every change of a job's row. An owner's writes carry the fence of its claim and touch nothing when the row has moved
/// on: each returns whether it was still the owner.
/// </summary>
internal sealed class JobLedger(Store store, Signals signals, SolverCatalog catalog)
{
    /// <summary>How long an owner is believed without a heartbeat.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Owners that a job may lose before it is poison.</summary>
    public const int MaxFailures = 3;

    /// <summary>
    /// Takes the job that is first in the queue among those whose solver is available and that <paramref name="mayRun"/>
    /// accepts. A head that may not run yet keeps later ones waiting: a benchmark's run needs the machine to itself, and
    /// would never get it if others could pass.
    /// </summary>
    public async Task<Claim?> ClaimAsync(
        string owner,
        IReadOnlyList<string> availableSolvers,
        Func<JobRow, bool> mayRun,
        CancellationToken cancellation
    )
    {
        await using (var db = store.Open())
        {
            var head = await Head(db, availableSolvers, cancellation);
            if (head is null || !mayRun(head))
                return null;
        }

        return await store.WriteAsync(
            async db =>
            {
                var job = await Head(db, availableSolvers, cancellation);
                if (job is null || !mayRun(job))
                    return null;
                db.Attach(job);
                job.State = JobState.Running;
                job.Owner = owner;
                job.Fence++;
                job.Attempt++;
                job.StartedAt = store.Now;
                job.LastProgressAt = store.Now;
                job.LeaseUntil = store.Now + Lease.Ticks / 10;
                AppendEvent(db, job, "state", new JsonObject { ["state"] = job.State, ["attempt"] = job.Attempt });
                var payload = await db
                    .Payloads.AsNoTracking()
                    .SingleAsync(p => p.Tenant == job.Tenant && p.JobId == job.Id);
                var problem = await db
                    .Problems.AsNoTracking()
                    .SingleAsync(p => p.Tenant == job.Tenant && p.Id == job.ProblemId);
                return new Claim(job, job.Fence, payload.Request, problem);
            },
            cancellation
        );
    }

    /// <summary>Adds incumbents, and what else there is to say, to the job's events and renews the lease.</summary>
    public Task<bool> ProgressAsync(
        Claim claim,
        IReadOnlyList<Improvement> points,
        IReadOnlyList<string>? messages = null
    ) =>
        AsOwnerAsync(
            claim,
            async (db, job) =>
            {
                job.LeaseUntil = store.Now + Lease.Ticks / 10;
                if (points.Count == 0 && messages is not { Count: > 0 })
                    return;
                job.LastProgressAt = store.Now;
                foreach (var message in messages ?? [])
                    AppendEvent(db, job, "log", new JsonObject { ["message"] = message });
                if (points.Count == 0)
                    return;
                foreach (var point in points)
                    AppendEvent(db, job, "incumbent", Incumbent(point.Point));
                var newest = JsonSerializer.Serialize(points[^1], StrictJson.Options);
                await db
                    .Payloads.Where(p => p.Tenant == job.Tenant && p.JobId == job.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Newest, newest));
            }
        );

    /// <summary>Ends the job with its run record: one transaction, so there is never one without the other.</summary>
    /// <param name="refutes">Whether an objective of this problem proves a bound wrong.</param>
    /// <param name="subProblems">Of a decomposition; null for any other run.</param>
    public async Task<bool> CompleteAsync(
        Claim claim,
        RunRecord run,
        string state,
        IReadOnlyList<Improvement> lastPoints,
        Func<double, double, bool> refutes,
        SubProblemTrace? subProblems = null
    )
    {
        var committed = await AsOwnerAsync(
            claim,
            async (db, job) =>
            {
                job.State = state;
                job.CompletedAt = store.Now;
                job.LastProgressAt = store.Now;
                job.RunId = run.Id.ToString();
                job.ErrorCode = run.Error?.Code;
                job.ErrorMessage = run.Error?.Message;
                job.Owner = null;
                job.LeaseUntil = null;
                foreach (var point in lastPoints)
                    AppendEvent(db, job, "incumbent", Incumbent(point.Point));
                AppendEvent(db, job, "state", new JsonObject { ["state"] = state });
                AppendEvent(db, job, "done", new JsonObject { ["state"] = state, ["status"] = Name(run.Status) });
                var row = ToRow(job.Tenant, run);
                await BoundChecks.ApplyAsync(db, row, refutes);
                db.Runs.Add(row);
                if (subProblems is not null)
                    db.SubProblems.Add(SubProblemsRow.Of(job, subProblems));
            }
        );
        if (committed && claim.Job.BenchmarkId is { } benchmark)
            signals.Raise(benchmark);
        return committed;
    }

    /// <summary>Gives a running job back, for a drain: someone else will run it from the start.</summary>
    public Task<bool> RequeueAsync(Claim claim) =>
        AsOwner(claim, (db, job) => BackToQueue(db, job, "its worker was shut down"));

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
                db.Runs.Add(ToRow(job.Tenant, run));
                job.Failures++;
                if (!job.CancelRequested && job.Failures < MaxFailures)
                {
                    BackToQueue(db, job, "its worker was lost");
                    return;
                }
                // Nobody will run it again: what the lost run had found is the job's answer.
                job.RunId = run.Id.ToString();
                if (job.CancelRequested)
                    End(db, job, JobState.Cancelled, null, "Cancelled while its worker was lost.");
                else
                    End(
                        db,
                        job,
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
                (db, job) => End(db, job, state, code, message)
            )
        ).Count > 0;

    /// <summary>Ends queued jobs whose deadline has passed, whether or not anything could run them.</summary>
    public Task ExpireAsync()
    {
        var now = store.Now;
        return ChangeAsync(
            db => db.Jobs.Where(j => j.State == JobState.Queued && j.DeadlineAt < now),
            (db, job) =>
                End(
                    db,
                    job,
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
                End(db, job, JobState.Failed, RunErrors.Unsupported, $"{solver} is not available here: {reason}")
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
                    End(db, job, JobState.Cancelled, null, "Its benchmark was cancelled.");
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
                (db, job) => End(db, job, JobState.Cancelled, code, reason)
            )
        ).Count;

    /// <summary>Marks a job for cancelling; the owner sees it through its token, a restart through the row.</summary>
    public Task RequestCancelAsync(string tenant, string id) =>
        store.WriteAsync(db =>
            db.Jobs.Where(j => j.Tenant == tenant && j.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.CancelRequested, true))
        );

    public async Task<bool> IsCancelRequestedAsync(Claim claim)
    {
        await using var db = store.Open();
        return await db.Jobs.AnyAsync(j => j.Tenant == claim.Job.Tenant && j.Id == claim.Job.Id && j.CancelRequested);
    }

    /// <summary>Appends to the events of a tracked job.</summary>
    public static void AppendEvent(QaiwDbContext db, JobRow job, string kind, JsonObject data) =>
        db.Events.Add(
            new EventRow
            {
                Tenant = job.Tenant,
                Subject = job.Id,
                Sequence = ++job.LastEvent,
                Kind = kind,
                Data = data.ToJsonString(StrictJson.Options),
            }
        );

    public static RunRow ToRow(string tenant, RunRecord run) =>
        new()
        {
            Tenant = tenant,
            Id = run.Id.ToString(),
            JobId = run.JobId?.ToString(),
            BenchmarkId = run.Cell?.BenchmarkId.ToString(),
            ProblemId = run.Problem.Id,
            Solver = run.Solver.Id,
            State = Name(run.State),
            CompletedAt = Store.Microseconds(run.CompletedAt),
            Objective = run is { Verified: true, Feasible: true } ? run.Objective : null,
            Bound = run.Bound,
            Record = JsonSerializer.Serialize(run, StrictJson.Options),
        };

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private Task<bool> AsOwner(Claim claim, Action<QaiwDbContext, JobRow> change) =>
        AsOwnerAsync(
            claim,
            (db, job) =>
            {
                change(db, job);
                return Task.CompletedTask;
            }
        );

    private async Task<bool> AsOwnerAsync(Claim claim, Func<QaiwDbContext, JobRow, Task> change)
    {
        var stillOwner = await store.WriteAsync(async db =>
        {
            var job = await db.Jobs.SingleOrDefaultAsync(j =>
                j.Tenant == claim.Job.Tenant
                && j.Id == claim.Job.Id
                && j.Fence == claim.Fence
                && j.State == JobState.Running
            );
            if (job is not null)
                await change(db, job);
            return job is not null;
        });
        if (stillOwner)
            signals.Raise(claim.Job.Id);
        return stillOwner;
    }

    private static Task<JobRow?> Head(
        QaiwDbContext db,
        IReadOnlyList<string> solvers,
        CancellationToken cancellation
    ) =>
        db
            .Jobs.AsNoTracking()
            .Where(j => j.State == JobState.Queued && solvers.Contains(j.Solver))
            .OrderByDescending(j => j.Priority)
            .ThenBy(j => j.Sequence)
            .FirstOrDefaultAsync(cancellation);

    private void BackToQueue(QaiwDbContext db, JobRow job, string reason)
    {
        job.State = JobState.Queued;
        job.Owner = null;
        job.LeaseUntil = null;
        job.StartedAt = null;
        // Never lowered, also here: a late commit of the old owner must not match the next claim.
        job.Fence++;
        AppendEvent(db, job, "state", new JsonObject { ["state"] = job.State, ["reason"] = reason });
    }

    private void End(QaiwDbContext db, JobRow job, string state, string? code, string message)
    {
        job.State = state;
        job.Fence++;
        job.CompletedAt = store.Now;
        job.Owner = null;
        job.LeaseUntil = null;
        job.ErrorCode = code;
        job.ErrorMessage = message;
        AppendEvent(db, job, "state", new JsonObject { ["state"] = state, ["reason"] = message });
        AppendEvent(db, job, "done", new JsonObject { ["state"] = state });
    }

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

    private static JsonObject Incumbent(TracePoint point)
    {
        var data = new JsonObject
        {
            ["elapsedSeconds"] = point.ElapsedSeconds,
            ["objective"] = point.Objective,
            ["feasible"] = point.Feasible,
        };
        if (point.Bound is { } bound)
            data["bound"] = bound;
        return data;
    }
}

/// <summary>A refereed answer that was better than all before it.</summary>
internal sealed record Improvement(TracePoint Point, JsonObject Solution);

/// <summary>A job taken by this worker.</summary>
/// <param name="Fence">Proves the ownership on every write.</param>
/// <param name="Request">The stored request, JSON.</param>
internal sealed record Claim(JobRow Job, long Fence, string Request, ProblemRow Problem);

using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// What the owner of a job writes to it, from its claim to its run record. Every write after the claim carries its fence and
/// touches nothing when the row has moved on: each returns whether it was still the owner. What others do to a job is in
/// <see cref="JobControl"/>.
/// </summary>
internal sealed class JobLedger(Store store, Signals signals)
{
    /// <summary>How long an owner is believed without a heartbeat.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

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
                job.Append(db, "state", new JsonObject { ["state"] = job.State, ["attempt"] = job.Attempt });
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

    /// <summary>Adds what there is to tell to the job's events and renews the lease.</summary>
    public Task<bool> ProgressAsync(Claim claim, Told told) =>
        AsOwnerAsync(
            claim,
            async (db, job) =>
            {
                job.LeaseUntil = store.Now + Lease.Ticks / 10;
                if (told.IsNothing)
                    return;
                job.LastProgressAt = store.Now;
                Append(db, job, told);
                if (told.Points.Count == 0)
                    return;
                var newest = JsonSerializer.Serialize(told.Points[^1], StrictJson.Options);
                await db
                    .Payloads.Where(p => p.Tenant == job.Tenant && p.JobId == job.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Newest, newest));
            }
        );

    /// <summary>Ends the job with its run record: one transaction, so there is never one without the other.</summary>
    /// <param name="last">What has not been told yet.</param>
    /// <param name="refutes">Whether an objective of this problem proves a bound wrong.</param>
    /// <param name="subProblems">Of a decomposition; null for any other run.</param>
    public async Task<bool> CompleteAsync(
        Claim claim,
        RunRecord run,
        string state,
        Told last,
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
                Append(db, job, last);
                job.Append(db, "state", new JsonObject { ["state"] = state });
                job.Append(db, "done", new JsonObject { ["state"] = state, ["status"] = JsonNames.Of(run.Status) });
                var row = RunRow.Of(job.Tenant, run);
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
        AsOwnerAsync(
            claim,
            (db, job) =>
            {
                job.BackToQueue(db, "its worker was shut down");
                return Task.CompletedTask;
            }
        );

    public async Task<bool> IsCancelRequestedAsync(Claim claim)
    {
        await using var db = store.Open();
        return await db.Jobs.AnyAsync(j => j.Tenant == claim.Job.Tenant && j.Id == claim.Job.Id && j.CancelRequested);
    }

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

    private static void Append(QaiwDbContext db, JobRow job, Told told)
    {
        foreach (var message in told.Messages)
            job.Append(db, "log", new JsonObject { ["message"] = message });
        foreach (var point in told.Points)
            job.Append(db, "incumbent", Incumbent(point.Point));
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

/// <summary>What a run has to tell and is not written yet.</summary>
/// <param name="Messages">Stages of a validation.</param>
internal sealed record Told(IReadOnlyList<Improvement> Points, IReadOnlyList<string> Messages)
{
    public static Told Nothing { get; } = new([], []);

    public bool IsNothing => Points.Count == 0 && Messages.Count == 0;
}

/// <summary>A job taken by this worker.</summary>
/// <param name="Fence">Proves the ownership on every write.</param>
/// <param name="Request">The stored request, JSON.</param>
internal sealed record Claim(JobRow Job, long Fence, string Request, ProblemRow Problem);

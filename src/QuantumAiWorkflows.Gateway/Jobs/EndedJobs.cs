using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Jobs that have ended, for what can only be made of an ended one.</summary>
internal static class EndedJobs
{
    /// <summary>The job, or the refusal of one that is unknown, erased or has not ended.</summary>
    /// <param name="what">What is wanted of it, with its verb, such as "circuit is".</param>
    public static async Task<(JobRow? Job, Refusal? Refusal)> FindAsync(
        QaiwDbContext db,
        string id,
        string what,
        CancellationToken cancellation
    )
    {
        var job = await db.Jobs.SingleOrDefaultAsync(j => j.Tenant == Tenants.Default && j.Id == id, cancellation);
        return job is null ? (null, Refusal.NotFound("job", id))
            : job.ErasedAt is { } erasedAt ? (null, Refusal.Erased("job", id, erasedAt))
            : JobState.IsFinal(job.State) ? (job, null)
            : (null, Refusal.Conflict("stillRunning", $"Job {id} is {job.State}; its {what} there when it has ended."));
    }

    /// <summary>The job's run, or the refusal; neither where the job ended before it began.</summary>
    /// <inheritdoc cref="FindAsync" path="/param"/>
    public static async Task<(RunRecord? Run, Refusal? Refusal)> RunAsync(
        HttpContext context,
        string id,
        Store store,
        string what
    )
    {
        await using var db = store.Open();
        var (job, refusal) = await FindAsync(db, id, what, context.RequestAborted);
        if (job is null)
            return (null, refusal);
        var row = await db.Runs.SingleOrDefaultAsync(
            r => r.Tenant == Tenants.Default && r.Id == job.RunId,
            context.RequestAborted
        );
        return (row is null ? null : RunEndpoints.Read(row), null);
    }
}

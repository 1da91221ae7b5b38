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
    /// <summary>The job's run, or why there is none to look at; neither where the job ended before it began.</summary>
    /// <param name="what">What is wanted of it: it stands in the refusal of a job that is still running.</param>
    public static async Task<(RunRecord? Run, Refusal? Refusal)> RunAsync(
        HttpContext context,
        string id,
        Store store,
        string what
    )
    {
        await using var db = store.Open();
        var job = await db.Jobs.SingleOrDefaultAsync(
            j => j.Tenant == Tenants.Default && j.Id == id,
            context.RequestAborted
        );
        if (job is null)
            return (null, Refusal.NotFound("job", id));
        if (job.ErasedAt is { } erasedAt)
            return (null, Refusal.Erased("job", id, erasedAt));
        if (!JobState.IsFinal(job.State))
            return (
                null,
                Refusal.Conflict("stillRunning", $"Job {id} is {job.State}; its {what} is there when it has ended.")
            );
        var row = await db.Runs.SingleOrDefaultAsync(
            r => r.Tenant == Tenants.Default && r.Id == job.RunId,
            context.RequestAborted
        );
        return (row is null ? null : RunEndpoints.Read(row), null);
    }
}

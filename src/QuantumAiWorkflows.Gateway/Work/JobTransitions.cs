using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Changes of a tracked job, each with its events.</summary>
internal static class JobTransitions
{
    /// <summary>Appends to its events.</summary>
    public static void Append(this JobRow job, QaiwDbContext db, string kind, JsonObject data) =>
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

    public static void BackToQueue(this JobRow job, QaiwDbContext db, string reason)
    {
        job.State = JobState.Queued;
        job.Owner = null;
        job.LeaseUntil = null;
        job.StartedAt = null;
        // Never lowered, also here: a late commit of the old owner must not match the next claim.
        job.Fence++;
        job.Append(db, "state", new() { ["state"] = job.State, ["reason"] = reason });
    }

    /// <summary>Ends it without a run of its own.</summary>
    public static void End(this JobRow job, QaiwDbContext db, long now, string state, string? code, string message)
    {
        job.State = state;
        job.Fence++;
        job.CompletedAt = now;
        job.Owner = null;
        job.LeaseUntil = null;
        job.ErrorCode = code;
        job.ErrorMessage = message;
        job.Append(db, "state", new() { ["state"] = state, ["reason"] = message });
        job.Append(db, "done", new() { ["state"] = state });
    }
}

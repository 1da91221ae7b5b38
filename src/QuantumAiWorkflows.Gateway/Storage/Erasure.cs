using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Storage;

/// <summary>
/// Removes what a client entrusted us with and keeps a tombstone: id, times, reason. Figures of a run stay, because a
/// benchmark without its bad runs would be a lie (H-12); answers, options and samples go.
/// </summary>
internal sealed class Erasure(Store store)
{
    public Task EraseJobAsync(string tenant, string id) =>
        store.WriteAsync(async db =>
        {
            await EraseAsync(db, db.Jobs.Where(j => j.Tenant == tenant && j.Id == id));
            foreach (var run in await db.Runs.Where(r => r.Tenant == tenant && r.JobId == id).ToListAsync())
                run.Record = Stripped(run.Record);
        });

    public Task EraseProblemAsync(string tenant, string id) =>
        store.WriteAsync(async db =>
        {
            var problem = await db.Problems.SingleAsync(p => p.Tenant == tenant && p.Id == id);
            problem.ErasedAt = store.Now;
            problem.Canonical = null;
            problem.Summary = "{}";
        });

    /// <summary>
    /// Suite and instances stay, because they count among the configurations tried; the outcome, the jobs and the answers
    /// go. The suite holds no problem, only ids.
    /// </summary>
    public Task EraseBenchmarkAsync(string tenant, string id) =>
        store.WriteAsync(async db =>
        {
            var benchmark = await db.Benchmarks.SingleAsync(b => b.Tenant == tenant && b.Id == id);
            benchmark.ErasedAt = store.Now;
            benchmark.Outcome = null;
            await db.Events.Where(e => e.Tenant == tenant && e.Subject == id).ExecuteDeleteAsync();
            await EraseAsync(db, db.Jobs.Where(j => j.Tenant == tenant && j.BenchmarkId == id));
            foreach (var run in await db.Runs.Where(r => r.Tenant == tenant && r.BenchmarkId == id).ToListAsync())
                run.Record = Stripped(run.Record);
        });

    private async Task EraseAsync(QaiwDbContext db, IQueryable<JobRow> jobs)
    {
        await db.Payloads.Where(p => jobs.Any(j => j.Tenant == p.Tenant && j.Id == p.JobId)).ExecuteDeleteAsync();
        await db.SubProblems.Where(s => jobs.Any(j => j.Tenant == s.Tenant && j.Id == s.JobId)).ExecuteDeleteAsync();
        await db.Events.Where(e => jobs.Any(j => j.Tenant == e.Tenant && j.Id == e.Subject)).ExecuteDeleteAsync();
        var now = store.Now;
        await jobs.Where(j => j.ErasedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.ErasedAt, now).SetProperty(j => j.Tags, (string?)null));
    }

    private static string Stripped(string record)
    {
        var run = JsonSerializer.Deserialize<RunRecord>(record, StrictJson.Options)!;
        return JsonSerializer.Serialize(
            run with
            {
                Options = null,
                InitialSolution = null,
                Solution = null,
                Samples = [],
                Violations = [],
                Details = null,
                Conflict = null,
                Validation = null,
            },
            StrictJson.Options
        );
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Puts an admitted job into the queue.</summary>
internal sealed class JobWriter(Store store, SolverCatalog catalog, WorkQueue queue, IOptions<QaiwOptions> options)
{
    /// <summary>The job or refusal that a key stands for; null when it was not used.</summary>
    public async Task<Admitted?> FindAsync(IdempotencyRow key, CancellationToken cancellation)
    {
        await using var db = store.Open();
        return await Idempotency.FindAsync(db, key, cancellation);
    }

    /// <summary>Job, baseline and key in one transaction: a repeated request finds all of them or none.</summary>
    public async Task<Admitted> WriteAsync(
        JobRequest request,
        Problem problem,
        SolveBudget budget,
        string tenant,
        IdempotencyRow? key,
        string? baseline,
        FallbackRef? fallback,
        CancellationToken cancellation
    )
    {
        var limit = options.Value.Limits.JobsPerTenant;
        var seed = request.Seed!.Value;
        var admitted = await store.WriteAsync(
            async db =>
            {
                if (key is not null)
                {
                    // Another request with the same key may have come in between.
                    if (await Idempotency.FindAsync(db, key, cancellation) is { } known)
                        return known;
                    await Idempotency.ForgetOldAsync(db, key.CreatedAt, cancellation);
                }
                var open = await db.Jobs.CountAsync(
                    j =>
                        j.Tenant == tenant
                        && (j.State == JobState.Queued || j.State == JobState.Running)
                        && j.Lane == 0,
                    cancellation
                );
                var added = baseline is null ? 1 : 2;
                if (open + added > limit)
                    return new Admitted(
                        Refusal.TooMany(
                            $"{open} jobs are queued or running and this request adds {added}; the limit is {limit}."
                        )
                    );

                await ProblemLibrary.AddAsync(db, tenant, problem, store.Now, cancellation);
                var job = NewJob(request, request.Solver, problem, budget, seed, tenant);
                var beside = baseline is null ? null : NewJob(request, baseline, problem, budget, seed, tenant);
                var samples = request.Return?.Samples ?? new ReturnRequest().Samples;
                if (beside is not null)
                    Add(
                        db,
                        beside,
                        new(null, budget, samples, false, null)
                        {
                            InitialSolution = catalog.HeadStartFor(baseline!, request.InitialSolution),
                            Encoding = catalog.EncodingFor(baseline!, problem.Family.Id, request.Encoding),
                        }
                    );
                Add(
                    db,
                    job,
                    new(
                        request.Options,
                        budget,
                        samples,
                        request.Return?.Trace ?? false,
                        beside is null ? null : new(beside.Id, beside.Solver)
                    )
                    {
                        InitialSolution = request.InitialSolution,
                        Encoding = request.Encoding,
                        Validate = request.Validate,
                        Fallback = fallback,
                    }
                );
                if (key is not null)
                {
                    key.Subject = job.Id;
                    db.IdempotencyKeys.Add(key);
                }
                return new Admitted(job.Id, Replayed: false);
            },
            cancellation
        );
        queue.Wake();
        return admitted;
    }

    private static void Add(QaiwDbContext db, JobRow job, StoredRequest request)
    {
        db.Jobs.Add(job);
        db.Payloads.Add(
            new PayloadRow
            {
                Tenant = job.Tenant,
                JobId = job.Id,
                Request = JsonSerializer.Serialize(request, StrictJson.Options),
            }
        );
        job.Append(db, "state", new JsonObject { ["state"] = job.State });
    }

    private JobRow NewJob(
        JobRequest request,
        string solver,
        Problem problem,
        SolveBudget budget,
        long seed,
        string tenant
    )
    {
        var now = store.Now;
        return new()
        {
            Tenant = tenant,
            Id = Guid.CreateVersion7().ToString(),
            State = JobState.Queued,
            Solver = solver,
            Family = problem.Family.Id,
            ProblemId = problem.Id,
            Priority = request.Priority,
            Sequence = now,
            Seed = seed,
            Tags = request.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
            SubmittedAt = now,
            DeadlineAt = budget.DeadlineSeconds is { } seconds ? now + (long)(seconds * 1e6) : null,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
            TraceParent = Activity.Current?.Id,
        };
    }
}

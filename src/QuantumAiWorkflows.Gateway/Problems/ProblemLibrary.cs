using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Problems;

/// <summary>Reads problems from requests and from storage, within the server's limits.</summary>
internal sealed class ProblemLibrary(Store store, ProblemCache cache, IOptions<QaiwOptions> options)
{
    /// <summary>Reads a family's JSON; null when a fault was added.</summary>
    public Problem? Read(JsonElement element, string pointer, FaultList faults)
    {
        var problem = ProblemFamily.ReadAny(element, pointer, faults);
        return problem is not null && Fits(problem, pointer, faults) ? problem : null;
    }

    /// <summary>Whether the problem is within the server's limits; adds a fault with the number when it is not.</summary>
    public bool Fits(Problem problem, string pointer, FaultList faults)
    {
        var limits = options.Value.Limits;
        return Within("variables", problem.NumVariables, limits.Variables)
            && Within("interactions", problem.NumInteractions, limits.Interactions);

        bool Within(string what, long count, long limit)
        {
            if (count <= limit)
                return true;
            faults.Add(FaultCode.OverLimit, pointer, $"This server takes {limit} {what}, got {count}.", count, limit);
            return false;
        }
    }

    public async Task<(Problem? Problem, Refusal? Refusal)> FindAsync(
        string tenant,
        string id,
        CancellationToken cancellation
    )
    {
        await using var db = store.Open();
        var row = await db.Problems.SingleOrDefaultAsync(p => p.Tenant == tenant && p.Id == id, cancellation);
        return row switch
        {
            null => (null, Refusal.NotFound("problem", id)),
            { ErasedAt: { } erasedAt } => (null, Refusal.Erased("problem", id, erasedAt)),
            _ => (cache.Read(row), null),
        };
    }

    /// <summary>Stores the problem unless it is there; an erased one comes back.</summary>
    public static async Task AddAsync(
        QaiwDbContext db,
        string tenant,
        Problem problem,
        long now,
        CancellationToken cancellation
    )
    {
        var id = problem.Id;
        var known = await db
            .Problems.Where(p => p.Tenant == tenant && p.Id == id)
            .Select(p => new { Erased = p.Canonical == null })
            .SingleOrDefaultAsync(cancellation);
        if (known is { Erased: false })
            return;
        var row = new ProblemRow
        {
            Tenant = tenant,
            Id = id,
            Family = problem.Family.Id,
            EvaluatorVersion = problem.Family.EvaluatorVersion,
            NumVariables = problem.NumVariables,
            NumInteractions = problem.NumInteractions,
            Summary = problem.Summary.ToJsonString(StrictJson.Options),
            Canonical = problem.CanonicalBytes.ToArray(),
            CreatedAt = now,
        };
        if (known is null)
            db.Problems.Add(row);
        else
            db.Problems.Update(row);
    }
}

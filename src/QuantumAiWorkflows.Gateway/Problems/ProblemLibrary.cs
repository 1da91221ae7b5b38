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

    /// <summary>The problem of a request that gives it or names a stored one; neither it nor a refusal when a fault was added.</summary>
    /// <param name="pointer">Of the object with the members <c>problem</c> and <c>problemId</c>.</param>
    public async Task<(Problem? Problem, Refusal? Refusal)> ProblemOfAsync(
        JsonElement? given,
        string? problemId,
        string pointer,
        string tenant,
        FaultList faults,
        CancellationToken cancellation
    )
    {
        if ((given is null) == (problemId is null))
        {
            faults.Add(
                given is null ? FaultCode.MissingMember : FaultCode.Conflict,
                $"{pointer}/problem",
                "Give exactly one of \"problem\" and \"problemId\"."
            );
            return (null, null);
        }
        if (problemId is null)
            return (Read(given!.Value, $"{pointer}/problem", faults), null);
        if (IsProblemId(problemId))
            return await FindAsync(tenant, problemId, cancellation);
        faults.Add(
            FaultCode.OutOfRange,
            $"{pointer}/problemId",
            "Expected a problem's id: sha256: and 64 hex digits, in lower case."
        );
        return (null, null);
    }

    private static bool IsProblemId(string id) =>
        id.Length == 71
        && id.StartsWith("sha256:", StringComparison.Ordinal)
        && id.Skip(7).All(char.IsAsciiHexDigitLower);

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

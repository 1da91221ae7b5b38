using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Reads benchmarks and their runs from storage.</summary>
internal sealed class BenchmarkReader(Store store, SolverCatalog catalog, Pricing pricing)
{
    public async Task<(BenchmarkRow? Row, Refusal? Refusal)> FindAsync(
        string tenant,
        string id,
        CancellationToken cancellation
    )
    {
        await using var db = store.Open();
        var row = await db.Benchmarks.SingleOrDefaultAsync(b => b.Tenant == tenant && b.Id == id, cancellation);
        return row switch
        {
            null => (null, Refusal.NotFound("benchmark", id)),
            { ErasedAt: { } erasedAt } => (null, Refusal.Erased("benchmark", id, erasedAt)),
            _ => (row, null),
        };
    }

    /// <summary>Runs of the plan that have ended, refused ones included.</summary>
    public async Task<int> DoneAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        await using var db = store.Open();
        return row.Total
            - await db.Jobs.CountAsync(
                j =>
                    j.Tenant == row.Tenant
                    && j.BenchmarkId == row.Id
                    && (j.State == JobState.Queued || j.State == JobState.Running),
                cancellation
            );
    }

    /// <summary>Runs that have not ended, by benchmark; none for those that have ended.</summary>
    public async Task<Dictionary<string, int>> OpenRunsAsync(
        string tenant,
        IReadOnlyList<string> benchmarks,
        CancellationToken cancellation
    )
    {
        await using var db = store.Open();
        return await db
            .Jobs.Where(j =>
                j.Tenant == tenant
                && benchmarks.Contains(j.BenchmarkId!)
                && (j.State == JobState.Queued || j.State == JobState.Running)
            )
            .GroupBy(j => j.BenchmarkId!)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
    }

    /// <summary>The benchmark with all its records, as statistics and reports read it.</summary>
    public async Task<Benchmark> LoadAsync(BenchmarkRow row, CancellationToken cancellation, PriceList? prices = null)
    {
        await using var db = store.Open();
        var runs = await db
            .Runs.Where(r => r.Tenant == row.Tenant && r.BenchmarkId == row.Id)
            .OrderBy(r => r.Id)
            .ToListAsync(cancellation);
        var suite = SuiteOf(row);
        return new()
        {
            Id = Guid.Parse(row.Id),
            Suite = suite,
            Instances = InstancesOf(row.Instances),
            Entrants = [.. suite.Solvers.Select(EntrantOf)],
            Runs = [.. runs.Select(RunEndpoints.Read)],
            Prices = prices ?? pricing.Default,
            CandidatesTried = await CandidatesTriedAsync(db, row, suite, cancellation),
        };
    }

    public static Suite SuiteOf(BenchmarkRow row) => SuiteOf(row.Suite);

    private static Suite SuiteOf(string json) => JsonSerializer.Deserialize<Suite>(json, StrictJson.Options)!;

    private static BenchmarkInstance[] InstancesOf(string json) =>
        JsonSerializer.Deserialize<BenchmarkInstance[]>(json, StrictJson.Options)!;

    private Entrant EntrantOf(SuiteSolver solver)
    {
        catalog.TryGet(solver.Id, out var known);
        return new()
        {
            Name = solver.Entrant,
            SolverId = solver.Id,
            Role = solver.Role,
            Paradigm = known?.Info.Paradigm ?? Paradigm.Classical,
            IgnoresSeed = known?.Info.IgnoresSeed ?? false,
        };
    }

    /// <summary>
    /// Distinct candidate configurations that this tenant has benchmarked on any of these instances; erased benchmarks
    /// count too, or a bad result could be deleted until a good one came.
    /// </summary>
    private static async Task<int> CandidatesTriedAsync(
        QaiwDbContext db,
        BenchmarkRow row,
        Suite suite,
        CancellationToken cancellation
    )
    {
        var problems = InstancesOf(row.Instances).Select(i => i.ProblemId).ToHashSet(StringComparer.Ordinal);
        var tried = Configurations(suite).ToHashSet(StringComparer.Ordinal);
        await foreach (
            var other in db
                .Benchmarks.Where(b => b.Tenant == row.Tenant && b.Id != row.Id)
                .Select(b => new { b.Instances, b.Suite })
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
            if (InstancesOf(other.Instances).Any(i => problems.Contains(i.ProblemId)))
                tried.UnionWith(Configurations(SuiteOf(other.Suite)));
        return Math.Max(1, tried.Count);

        static IEnumerable<string> Configurations(Suite of) =>
            of
                .Solvers.Where(s => s.Role == EntrantRole.Candidate)
                .Select(s => $"{s.Id} {(s.Options is { } options ? CanonicalJson.Value(options) : "{}")}");
    }
}

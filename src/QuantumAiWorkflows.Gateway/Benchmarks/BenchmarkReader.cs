using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
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
        var spec = BenchmarkSpec.Of(row);
        var instances = InstancesOf(row.Instances);
        var records = await RunsAsync(db, row, cancellation);
        var first = await FindReplayedAsync(db, row, cancellation);
        var replays = first is null ? [] : Pairs(await RunsAsync(db, first, cancellation), records);
        if (first is not null)
            records.AddRange(await CalibrationRunsAsync(db, first, cancellation));
        var strength = StrengthGate.Of(spec.Calibration, records, instances);
        return new()
        {
            Id = Guid.Parse(row.Id),
            Suite = spec.Suite,
            Instances = instances,
            Entrants = [.. spec.Entrants.Select(e => EntrantOf(e, strength))],
            Runs = records,
            Prices = prices ?? pricing.Default,
            Strength = strength,
            SentinelSeconds = Benchmark.SentinelsOf(instances, records),
            ReplayOf = first is null ? null : new(Guid.Parse(first.Id), OutcomesOf(first)),
            Replays = replays,
            CandidatesTried = await CandidatesTriedAsync(db, row, spec.Suite, cancellation),
        };
    }

    private static async Task<BenchmarkRow?> FindReplayedAsync(
        QaiwDbContext db,
        BenchmarkRow row,
        CancellationToken cancellation
    ) =>
        row.ReplayOf is { } id
            ? await db.Benchmarks.SingleOrDefaultAsync(b => b.Tenant == row.Tenant && b.Id == id, cancellation)
            : null;

    private static async Task<List<RunRecord>> RunsAsync(
        QaiwDbContext db,
        BenchmarkRow row,
        CancellationToken cancellation
    )
    {
        var runs = await db
            .Runs.Where(r => r.Tenant == row.Tenant && r.BenchmarkId == row.Id)
            .OrderBy(r => r.Id)
            .ToListAsync(cancellation);
        return [.. runs.Select(RunEndpoints.Read)];
    }

    /// <summary>A replay keeps what the calibration of the first benchmark said; a first one has it among its runs.</summary>
    private static async Task<IEnumerable<RunRecord>> CalibrationRunsAsync(
        QaiwDbContext db,
        BenchmarkRow replayed,
        CancellationToken cancellation
    )
    {
        var origin = replayed;
        while (await FindReplayedAsync(db, origin, cancellation) is { } earlier)
            origin = earlier;
        return origin.Calibration is null
            ? []
            : (await RunsAsync(db, origin, cancellation)).Where(r => r.Cell is { Calibration: true });
    }

    /// <summary>Runs that started then, with what became of the same cell now; one that is missing or erased now is in no pair.</summary>
    private static List<ReplayPair> Pairs(IEnumerable<RunRecord> stored, IEnumerable<RunRecord> rerun)
    {
        var again = Counted(rerun).ToDictionary(r => (r.Cell!.Instance, r.Cell.Entrant, r.Seed));
        return
        [
            .. Counted(stored)
                .Where(r => r.HasStarted() && again.ContainsKey((r.Cell!.Instance, r.Cell.Entrant, r.Seed)))
                .Select(r => new ReplayPair(r, again[(r.Cell!.Instance, r.Cell.Entrant, r.Seed)]))
                .Where(p => p.CanBeCompared),
        ];

        static IEnumerable<RunRecord> Counted(IEnumerable<RunRecord> runs) =>
            runs.Where(r => r.Cell is { IsCompared: true })
                .GroupBy(r => (r.Cell!.Instance, r.Cell.Entrant, r.Seed))
                .Select(QuantumAiWorkflows.Benchmarks.Results.Counted);
    }

    private static Dictionary<string, VerdictOutcome> OutcomesOf(BenchmarkRow row) =>
        row.Outcome is null
            ? []
            : (JsonNode.Parse(row.Outcome)?["summary"]?["verdicts"]?.AsArray() ?? []).ToDictionary(
                v => v!["candidate"]!.GetValue<string>(),
                v => v!["outcome"].Deserialize<VerdictOutcome>(StrictJson.Options)
            );

    private static BenchmarkInstance[] InstancesOf(string json) =>
        JsonSerializer.Deserialize<BenchmarkInstance[]>(json, StrictJson.Options)!;

    private Entrant EntrantOf(PlannedEntrant planned, StrengthGate? strength)
    {
        var solver = planned.Solver;
        catalog.TryGet(solver.Id, out var known);
        return new()
        {
            Name = solver.Entrant,
            SolverId = solver.Id,
            Options = solver.Options,
            Role = solver.Role,
            // What takes the place of a quantum step is classical, whatever the rest of the loop is called.
            Paradigm = planned.AblationOf is null ? catalog.ParadigmOf(solver.Id, solver.Options) : Paradigm.Classical,
            IgnoresSeed = known?.Info.IgnoresSeed ?? false,
            Strength = strength?[solver.Entrant] ?? BaselineStrength.Untested,
            Added = planned.Added,
            AblationOf = planned.AblationOf,
            Complexity = solver.Complexity,
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
                tried.UnionWith(Configurations(JsonSerializer.Deserialize<Suite>(other.Suite, StrictJson.Options)!));
        return Math.Max(1, tried.Count);

        static IEnumerable<string> Configurations(Suite of) =>
            of
                .Solvers.Where(s => s.Role == EntrantRole.Candidate)
                .Select(s =>
                    $"{s.Id} {(s.Options is { } options ? CanonicalJson.Value(options) : "{}")}{(s.Encoding is { } encoding ? $" {JsonSerializer.Serialize(encoding, StrictJson.Options)}" : "")}"
                );
    }
}

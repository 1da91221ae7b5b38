using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// What the regression gate needs of an earlier benchmark: a small file to keep beside the code. The same runs give the
/// same file whatever their order; it holds no ids and no times of day.
/// </summary>
public sealed record RegressionBaseline
{
    public const int Version = 1;

    [Description("Of this format.")]
    [Range(Version, Version)]
    public required int SchemaVersion { get; init; }

    [Description("Name of the suite that was run; information only.")]
    [Length(1, 100)]
    public required string Suite { get; init; }

    [Description("Its hash; information only, what is compared is checked piece by piece.")]
    [Length(1, 100)]
    public required string SuiteHash { get; init; }

    [Description("Build that made the runs; information only.")]
    [Length(1, 200)]
    public required string Build { get; init; }

    [Description("Where the runs were made; information only.")]
    public required BaselineMachine Machine { get; init; }

    [Description("Median seconds of the machine's sentinel kernel; null where it was not measured.")]
    [Range(0, 86400, MinimumIsExclusive = true)]
    public double? SentinelSeconds { get; init; }

    [Description("Around this gap, from a quarter to four times of it, the traces are complete.")]
    [Range(0, 1000)]
    public required double TargetGapPercent { get; init; }

    [Description("Of every run.")]
    public required SolveBudget Budget { get; init; }

    [Length(1, 1000)]
    public required IReadOnlyList<BaselineInstance> Instances { get; init; }

    [Length(1, 50)]
    public required IReadOnlyList<BaselineEntrant> Entrants { get; init; }

    [Description("One per instance, entrant and seed.")]
    [Length(1, 100_000)]
    public required IReadOnlyList<BaselineRun> Runs { get; init; }

    public static RegressionBaseline Of(Results results)
    {
        var benchmark = results.Benchmark;
        var environment = benchmark.Runs.OrderBy(r => r.Id).Select(r => r.Environment).FirstOrDefault();
        double[] sentinel = [.. benchmark.SentinelSeconds.OfType<double>()];
        return new()
        {
            SchemaVersion = Version,
            Suite = benchmark.Suite.Name,
            SuiteHash = benchmark.Suite.Hash,
            Build = environment?.Build is { Length: > 0 } build ? build : "unknown",
            Machine = new(environment?.CpuModel, environment?.Cores, environment?.Os, environment?.DotNet),
            SentinelSeconds = sentinel.Length == 0 ? null : Descriptive.Median(sentinel),
            TargetGapPercent = benchmark.Suite.Comparison.TargetGapPercent,
            Budget = BudgetOf(results),
            Instances = [.. benchmark.Instances.Select(i => BaselineInstance.Of(results, i))],
            Entrants = [.. benchmark.Entrants.Select(e => BaselineEntrant.Of(results, e))],
            Runs =
            [
                .. benchmark.Instances.SelectMany(
                    (instance, i) =>
                        benchmark.Entrants.SelectMany(
                            (entrant, k) =>
                                results[instance, entrant]
                                    .Runs.Select(r => BaselineRun.Of(results[instance, entrant], r, i, k))
                        )
                ),
            ],
        };
    }

    /// <summary>What the runs had; a suite's own budget may leave a clock to be filled in.</summary>
    internal static SolveBudget BudgetOf(Results results) =>
        results.Cells.SelectMany(c => c.Runs).OrderBy(r => r.Id).FirstOrDefault()?.Budget
        ?? results.Benchmark.Suite.Budget;
}

/// <summary>Null where a system does not say.</summary>
public sealed record BaselineMachine(string? CpuModel, int? Cores, string? Os, string? DotNet);

public sealed record BaselineInstance
{
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("What an instance is recognized by.")]
    [Length(1, 100)]
    public required string ProblemId { get; init; }

    [Length(1, 100)]
    public required string EvaluatorVersion { get; init; }

    [Description("The objective that gaps were measured from; null when no run had one.")]
    [Range(-1e150, 1e150)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Reference { get; init; }

    [Description("Of the sentinel kernel just before this instance's runs; null where it was not measured.")]
    [Range(0, 86400, MinimumIsExclusive = true)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SentinelSeconds { get; init; }

    /// <summary>Instances are the blocks that the sentinel is measured before.</summary>
    internal static double? SentinelOf(Benchmark benchmark, BenchmarkInstance instance) =>
        benchmark
            .SentinelSeconds.Cast<double?>()
            .ElementAtOrDefault(benchmark.Instances.TakeWhile(i => i.ProblemId != instance.ProblemId).Count());

    internal static BaselineInstance Of(Results results, BenchmarkInstance instance)
    {
        var cells = results.Benchmark.Entrants.Select(e => results[instance, e]).ToArray();
        return new()
        {
            Name = instance.Name,
            ProblemId = instance.ProblemId,
            EvaluatorVersion =
                cells.SelectMany(c => c.Runs).Select(r => r.Problem.EvaluatorVersion).FirstOrDefault() ?? "unknown",
            Reference = cells.Select(c => c.Reference?.Objective).FirstOrDefault(),
            SentinelSeconds = SentinelOf(results.Benchmark, instance),
        };
    }
}

public sealed record BaselineEntrant
{
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("Solver id.")]
    [Length(1, 100)]
    public required string Solver { get; init; }

    [Description("Of the solver; information only, another version is what a gate is for.")]
    [Length(1, 100)]
    public required string Version { get; init; }

    [Description("Hash of the options as the suite gave them: other options are another entrant.")]
    [Length(1, 100)]
    public required string OptionsHash { get; init; }

    internal static BaselineEntrant Of(Results results, Entrant entrant)
    {
        var options = results.Benchmark.Suite.Solvers.FirstOrDefault(s => s.Entrant == entrant.Name)?.Options;
        var canonical = CanonicalJson.Value(options ?? JsonElement.Parse("{}"));
        return new()
        {
            Name = entrant.Name,
            Solver = entrant.SolverId,
            Version = results.RunsOf(entrant).Select(r => r.Solver.Version).FirstOrDefault() ?? "unknown",
            OptionsHash = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}",
        };
    }
}

/// <summary>One counted run.</summary>
public sealed record BaselineRun
{
    [Description("Index into instances.")]
    [Range(0, 999)]
    public required int Instance { get; init; }

    [Description("Index into entrants.")]
    [Range(0, 49)]
    public required int Entrant { get; init; }

    [Range(0, 9007199254740991)]
    public required long Seed { get; init; }

    public required RunState State { get; init; }

    [Description("A verified feasible answer within the budget.")]
    public required bool Feasible { get; init; }

    [Description("Of that answer.")]
    [Range(-1e150, 1e150)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Objective { get; init; }

    [Description("Proven; equal to the objective when that is optimal.")]
    [Range(-1e150, 1e150)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Bound { get; init; }

    [Range(0, 1e9)]
    public required double WallSeconds { get; init; }

    [Description("Null when it was not measured or does not count: more than one thread, or work done elsewhere.")]
    [Range(0, 1e9)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CpuSeconds { get; init; }

    [Description("Improvements as [wall seconds, CPU seconds, objective].")]
    [Length(0, RegressionTrace.MaxPoints)]
    public IReadOnlyList<double[]> Trace { get; init; } = [];

    internal static BaselineRun Of(EntrantRuns side, RunRecord run, int instance, int entrant)
    {
        var feasible = run.IsFeasibleResult();
        var isLocal = run is { Budget.Threads: 1, Metrics.BytesToExternal: 0 };
        return new()
        {
            Instance = instance,
            Entrant = entrant,
            Seed = run.Seed,
            State = run.State,
            Feasible = feasible,
            Objective = feasible ? run.Objective : null,
            Bound = feasible ? run.Bound : null,
            WallSeconds = run.Metrics.WallSeconds,
            CpuSeconds = isLocal ? run.Metrics.CpuSeconds : null,
            Trace = feasible ? RegressionTrace.Of(side, run) : [],
        };
    }

    /// <summary>As much of a run record as scores are computed from.</summary>
    internal RunRecord ToRecord(BenchmarkInstance instance, BaselineEntrant entrant, SolveBudget budget) =>
        new()
        {
            Id = Guid.Empty,
            Problem = new(instance.ProblemId, instance.Family, "", instance.NumVariables, 0),
            Solver = new(entrant.Solver, entrant.Version, Paradigm.Classical),
            Seed = Seed,
            Budget = budget,
            State = State,
            Status =
                !Feasible ? ResultStatus.Unknown
                : Bound == Objective ? ResultStatus.Optimal
                : ResultStatus.Feasible,
            Verified = Feasible,
            Feasible = Feasible,
            Objective = Objective,
            Bound = Bound,
            Trace = [.. Trace.Select(p => new TracePoint(p[0], p[1], p[2], null, true))],
            Metrics = new() { WallSeconds = WallSeconds, CpuSeconds = CpuSeconds },
            Usage = new(),
            Environment = Elsewhere,
            StartedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
        };

    private static readonly RunEnvironment Elsewhere = new()
    {
        MachineName = "",
        CpuModel = "",
        Cores = 1,
        MemoryBytes = 0,
        Os = "",
        DotNet = "",
        Simd = "",
        Build = "",
    };
}

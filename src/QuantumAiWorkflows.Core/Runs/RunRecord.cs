using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Runs;

/// <summary>
/// One run: who, what, seed, budget, environment, usage and what the referee found. Written once, never changed. Holds
/// usage, not money: a cost is computed from it with a price list. Metrics, statistics and verdicts read only these.
/// </summary>
public sealed record RunRecord
{
    /// <summary>UUIDv7: sorts by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null for a planned benchmark run that a solver refused before a job was made.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Which claim of the job this was, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The place of this run in a benchmark; null for a plain job.</summary>
    public BenchmarkCell? Cell { get; init; }

    public required ProblemRef Problem { get; init; }

    public required SolverRef Solver { get; init; }

    public JsonObject? Options { get; init; }

    /// <summary>How the problem became a QUBO, as it was asked for; null for the default, and where it was taken as it is.</summary>
    public EncodingRequest? EncodingRequest { get; init; }

    /// <summary>The answer that the run was given to start from; null when there was none.</summary>
    public JsonObject? InitialSolution { get; init; }

    public required long Seed { get; init; }

    public required SolveBudget Budget { get; init; }

    public required RunState State { get; init; }

    public required ResultStatus Status { get; init; }

    /// <summary>Null when the run never started.</summary>
    public StoppedBy? StoppedBy { get; init; }

    /// <summary>True when the referee confirmed objective and feasibility.</summary>
    public bool Verified { get; init; }

    /// <summary>The referee's value of the best answer, in the problem's sense; null when there is no answer.</summary>
    public double? Objective { get; init; }

    /// <summary>Proven bound, in the problem's sense; null when none.</summary>
    public double? Bound { get; init; }

    /// <summary>Set later when a verified run of the same problem beats <see cref="Bound"/>.</summary>
    public bool BoundRefuted { get; init; }

    public bool? Feasible { get; init; }

    public IReadOnlyList<Violation> Violations { get; init; } = [];

    public JsonObject? Solution { get; init; }

    /// <summary>What follows from the solution, see <see cref="Problems.Problem.Details"/>; null where there is nothing to add.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>Of an infeasible problem: constraints that cannot hold together, where the solver looks for them.</summary>
    public Conflict? Conflict { get; init; }

    public IReadOnlyList<SampleRecord> Samples { get; init; } = [];

    /// <summary>Refereed incumbents over time, the parent's clocks; the last one is the result.</summary>
    public IReadOnlyList<TracePoint> Trace { get; init; } = [];

    public required RunMetrics Metrics { get; init; }

    public QuantumMetrics? Quantum { get; init; }

    /// <summary>The QUBO that stood for the problem; null for a solver that took it as it is.</summary>
    public EncodingMetrics? Encoding { get; init; }

    /// <summary>What was removed from the QUBO before the search; null for a run without a presolve.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresolveMetrics? Presolve { get; init; }

    /// <summary>What its sub-problems came to; null for a solver that makes none.</summary>
    public Decomposition? Decomposition { get; init; }

    /// <summary>Whom <c>auto</c> chose and why; null for every other solver.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AutoMetrics? Auto { get; init; }

    /// <summary>What training and validating the proposed subsets has shown; null where nobody asked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunValidation? Validation { get; init; }

    public required Usage Usage { get; init; }

    public RunError? Error { get; init; }

    public required RunEnvironment Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The machine was too busy during the run for its times to mean something.</summary>
    public bool Busy => Machine.IsBusy(this);

    /// <summary>
    /// |objective - bound| / max(|objective|, 1e-9); a fraction. Null without a bound, and where no double holds it: JSON
    /// has no infinity.
    /// </summary>
    public double? Gap =>
        Objective is { } f
        && Bound is { } b
        && Math.Abs(f - b) / Math.Max(Math.Abs(f), 1e-9) is var gap
        && double.IsFinite(gap)
            ? gap
            : null;
}

/// <param name="Entrant">The unique name of the solver entry in the suite.</param>
/// <param name="WarmUp">Run before the comparison to fill caches; counted nowhere, listed apart.</param>
/// <param name="Calibration">Run on a calibration instance, to tell how strong a baseline is; counted nowhere else.</param>
public sealed record BenchmarkCell(
    Guid BenchmarkId,
    string Instance,
    string Entrant,
    bool WarmUp = false,
    bool Calibration = false
)
{
    /// <summary>Part of the comparison.</summary>
    [JsonIgnore]
    public bool IsCompared => !WarmUp && !Calibration;
}

public sealed record ProblemRef(
    string Id,
    string Family,
    string EvaluatorVersion,
    int NumVariables,
    long NumInteractions
);

public sealed record SolverRef(string Id, string Version, Paradigm Paradigm)
{
    public string? ExecutionPath { get; init; }

    public EvidenceLevel? EvidenceLevel { get; init; }
}

public enum RunState
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>Refused before running; <see cref="RunRecord.Error"/> has reason and numbers.</summary>
    Unsupported,

    /// <summary>Its worker was lost; the job went back to the queue.</summary>
    Lost,
}

public enum ResultStatus
{
    Optimal,
    Feasible,
    Infeasible,
    Unknown,
}

public sealed record SampleRecord(JsonObject Solution, double Objective, long Occurrences, bool Feasible);

/// <param name="ElapsedSeconds">Wall seconds since the solver had the request.</param>
/// <param name="CpuSeconds">CPU seconds of the solver process since then.</param>
public sealed record TracePoint(
    double ElapsedSeconds,
    double CpuSeconds,
    double Objective,
    double? Bound,
    bool Feasible
);

/// <summary>Times in seconds, memory in bytes. What cannot be had on a system is null, never 0.</summary>
public sealed record RunMetrics
{
    public double QueueSeconds { get; init; }
    public double ParseSeconds { get; init; }
    public double EncodeSeconds { get; init; }
    public double CompileSeconds { get; init; }
    public bool? CompileCached { get; init; }
    public double SolveSeconds { get; init; }
    public double DecodeSeconds { get; init; }
    public double RepairSeconds { get; init; }
    public double VerifySeconds { get; init; }

    /// <summary>From the request's arrival in the child to its result.</summary>
    public double WallSeconds { get; init; }

    /// <summary>CPU time of the child over the run, by the parent's reading.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>How far the run went beyond its wall or CPU budget; 0 when it did not.</summary>
    public double OvershootSeconds { get; init; }

    /// <summary>Ended by a kill, at its budget or for another reason.</summary>
    public bool Killed { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>Resident before the run.</summary>
    public long? BaselineMemoryBytes { get; init; }

    public long Evaluations { get; init; }
    public long? Shots { get; init; }
    public long BytesIn { get; init; }
    public long BytesOut { get; init; }

    /// <summary>Bytes sent off this machine: 0 for every local solver.</summary>
    public long BytesToExternal { get; init; }

    public double? Scale { get; init; }

    /// <summary>Of the validation after the run, which the other figures leave out; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValidationMetrics? Validation { get; init; }
}

/// <summary>What a run consumed, by price dimension; null where it has none of it.</summary>
public sealed record Usage
{
    public double? CpuSecond { get; init; }
    public double? MemoryGibSecond { get; init; }
    public double? GpuSecond { get; init; }

    /// <summary>Circuits submitted to a quantum processor; null on a simulator.</summary>
    public long? QpuTask { get; init; }
    public long? Shot { get; init; }
    public double? QpuSecond { get; init; }
}

/// <param name="Code">From the closed list in docs/errors.md, such as <c>solverCrashed</c>.</param>
public sealed record RunError(string Code, string Message)
{
    public bool Retryable { get; init; }
    public double? Needed { get; init; }
    public double? Limit { get; init; }
    public string? Unit { get; init; }
}

/// <summary>Where a run was made; recorded so that differences can be explained (decision 9).</summary>
public sealed record RunEnvironment
{
    public required string MachineName { get; init; }
    public required string CpuModel { get; init; }
    public required int Cores { get; init; }
    public required long MemoryBytes { get; init; }
    public required string Os { get; init; }
    public required string DotNet { get; init; }

    /// <summary>Widest vector instruction set in use: results are bit-equal only within one.</summary>
    public required string Simd { get; init; }
    public required string Build { get; init; }
    public string? GitCommit { get; init; }

    /// <summary>Packages that take part in a solve, with their versions; null where the child's list cannot be read.</summary>
    public string? Packages { get; init; }

    /// <summary>One-minute load average before the run; null where the system has none.</summary>
    public double? LoadBefore { get; init; }

    /// <summary>
    /// Cores that everything but the solver's process kept busy during the run, on average; null where the system does
    /// not tell, and for runs below 0.2 s, which its clock ticks are too coarse for.
    /// </summary>
    public double? OthersLoad { get; init; }

    /// <summary>
    /// Seconds that a fixed kernel took just before this run; only the first run of a benchmark's block has it.
    /// </summary>
    public double? SentinelSeconds { get; init; }

    /// <summary>Solves that ran beside this one on the same gateway.</summary>
    public int OtherRuns { get; init; }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>What one run is asked to do.</summary>
/// <param name="Budget">As the client gave it, defaults filled in.</param>
/// <param name="MemoryBytes">Resident bytes that the run may add to its process.</param>
/// <param name="CostLimit">Given CPU seconds, wall seconds and resident bytes: is the cost budget spent? Null: none.</param>
internal sealed record RunRequest(
    string Solver,
    JsonElement? Options,
    SolveBudget Budget,
    RunLimits Limits,
    long Seed,
    int Samples,
    long MemoryBytes,
    Func<double, double, long, bool>? CostLimit
)
{
    /// <summary>An answer to start from; null without one.</summary>
    public JsonElement? InitialSolution { get; init; }

    /// <summary>How the problem becomes a QUBO; null for the default, where one is needed.</summary>
    public EncodingRequest? Encoding { get; init; }
}

/// <summary>What the parent measured.</summary>
internal sealed record RunMeasures(
    double WallSeconds,
    double? CpuSeconds,
    long? PeakMemoryBytes,
    long? BaselineMemoryBytes,
    bool Killed,
    long BytesIn
);

/// <summary>What came of a run.</summary>
internal sealed record RunResult(
    Ruling Ruling,
    IReadOnlyList<TracePoint> Trace,
    IReadOnlyDictionary<string, double> Stages,
    RunMeasures Measures
)
{
    public required StoppedBy StoppedBy { get; init; }
    public IReadOnlyList<SampleRecord> Samples { get; init; } = [];
    public QuantumMetrics? Quantum { get; init; }

    public Decomposition? Decomposition { get; init; }
    public SubProblemTrace? SubProblems { get; init; }
    public PresolveMetrics? Presolve { get; init; }
    public EncodingMetrics? Encoding { get; init; }
    public AutoMetrics? Auto { get; init; }

    /// <summary>What ran, where it is not what the solver is.</summary>
    public Paradigm? Ran { get; init; }
    public long Evaluations { get; init; }
    public long? Shots { get; init; }
    public double? Scale { get; init; }
    public string? Reason { get; init; }

    /// <summary>Cores that others kept busy meanwhile; null where that is not known.</summary>
    public double? OthersLoad { get; init; }

    /// <summary>Bytes of the child's reply.</summary>
    public long BytesOut { get; init; }
    public double VerifySeconds { get; init; }
    public RunError? Error { get; init; }

    /// <summary>What a crashed child printed; for the log only.</summary>
    public string? Printed { get; init; }

    /// <summary>The best distinct allowed answers, best first: the answer itself and samples, of which a killed run has none.</summary>
    public IReadOnlyList<JsonObject> Candidates(Problem problem, int most)
    {
        List<(JsonObject Solution, double Objective)> found = [];
        if (Ruling is { Refusal: null, Best: { } best, Evaluation: { IsFeasible: true } evaluation })
            found.Add((problem.SolutionToJson(best), evaluation.Objective));
        found.AddRange(Samples.Where(s => s.Feasible).Select(s => (s.Solution, s.Objective)));
        var sign = problem.Sense == Sense.Minimize ? 1 : -1;
        return
        [
            .. found
                .DistinctBy(c => c.Solution.ToJsonString())
                .OrderBy(c => sign * c.Objective)
                .Take(most)
                .Select(c => c.Solution),
        ];
    }
}

/// <summary>Codes of a job's <c>error</c>; the closed list is docs/errors.md.</summary>
internal static class RunErrors
{
    public const string SolverCrashed = "solverCrashed";
    public const string SolverError = "solverError";
    public const string MemoryExceeded = "memoryExceeded";
    public const string FailedVerification = "failedVerification";
    public const string DeadlineExceeded = "deadlineExceeded";
    public const string WorkerLost = "workerLost";
    public const string Poison = "poison";
    public const string Unsupported = "unsupported";
    public const string ValidationFailed = "validationFailed";
    public const string SuiteCostReached = SuiteBudget.CostReached;
}

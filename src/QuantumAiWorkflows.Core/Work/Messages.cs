using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Work;

/// <summary>Version of the protocol, and of the code on either side: both must be equal, or the parent refuses the child.</summary>
public static class Protocol
{
    public const int Version = 1;

    /// <summary>The identity of the compiled domain: worker and child load the same Core, or they do not talk.</summary>
    public static string Build { get; } =
        $"{Assembly.GetExecutingAssembly().GetName().Version}+{Assembly.GetExecutingAssembly().ManifestModule.ModuleVersionId:N}";

    public static Frame Frame<T>(FrameKind kind, T message) =>
        new(kind, JsonSerializer.SerializeToUtf8Bytes(message, StrictJson.Options));

    public static T Read<T>(this Frame frame) =>
        JsonSerializer.Deserialize<T>(frame.Payload.Span, StrictJson.Options)
        ?? throw new InvalidDataException($"An empty {frame.Kind} frame.");
}

/// <summary>First frame of a child.</summary>
public sealed record Hello(int Protocol, string Build, int Pid);

/// <summary>Asks for the registry.</summary>
public sealed record DescribeRequest(long RequestId);

public sealed record DescribeReply(long RequestId, IReadOnlyList<SolverDescription> Solvers);

/// <param name="Unavailable">Why it cannot run on this machine at the moment; null when it can.</param>
/// <param name="BecomesAvailable">True while that is being mended (a module compiles): jobs wait instead of failing.</param>
public sealed record SolverDescription(
    SolverInfo Info,
    IReadOnlyList<string> Families,
    JsonObject OptionsSchema,
    string? Unavailable,
    bool BecomesAvailable
)
{
    /// <summary>Families that it takes through an encoding as a QUBO; empty for one that takes none.</summary>
    public IReadOnlyList<string> ViaQubo { get; init; } = [];

    /// <summary>Whether it takes problems of a family, as they are or as QUBOs.</summary>
    public bool Takes(string family) =>
        Families.Contains(family, StringComparer.Ordinal) || ViaQubo.Contains(family, StringComparer.Ordinal);
}

/// <summary>Asks whether a solver takes a problem, with its options read and range-checked.</summary>
/// <param name="OptionsPointer">Where the options stand in the client's request, for fault pointers.</param>
public sealed record CheckRequest(
    long RequestId,
    string Solver,
    RawJson Problem,
    JsonElement? Options,
    string OptionsPointer,
    SolveBudget Budget
)
{
    /// <summary>Null for the default one, where one is needed.</summary>
    public EncodingRequest? Encoding { get; init; }

    /// <summary>Where the encoding stands in the client's request.</summary>
    public string EncodingPointer { get; init; } = "/encoding";
}

/// <summary>Faults in the options, or why the solver refuses; neither when it takes the problem.</summary>
public sealed record CheckReply(
    long RequestId,
    IReadOnlyList<Fault> Faults,
    string? Refusal,
    double? Needed,
    double? Limit,
    string? Unit
);

/// <summary>Asks for the circuit of a run that has ended.</summary>
/// <param name="Options">Of the run, as the client gave them.</param>
/// <param name="Angles">Of its sampled state.</param>
/// <param name="StartAngles">Of a warm start; null for other circuits.</param>
public sealed record CircuitRequest(
    long RequestId,
    string Solver,
    RawJson Problem,
    JsonElement? Options,
    LayerAngles Angles,
    IReadOnlyList<double>? StartAngles,
    CircuitFormat Format
)
{
    /// <summary>Of the run, with the penalties of its last round; null where the problem was taken as it is.</summary>
    public EncodingRequest? Encoding { get; init; }
}

public enum CircuitFormat
{
    Json,
    Qasm,
    Qir,
    Svg,
}

/// <summary>The text; or why there is none, with numbers where it is too large for the format.</summary>
public sealed record CircuitReply(long RequestId, string? Text, string? Refusal, int? Gates, int? Limit);

/// <summary>Asks what a solve would take; the options have passed a check.</summary>
public sealed record EstimateRequest(
    long RequestId,
    string Solver,
    RawJson Problem,
    JsonElement? Options,
    SolveBudget Budget,
    EstimateWishes Wishes
)
{
    /// <inheritdoc cref="CheckRequest.Encoding"/>
    public EncodingRequest? Encoding { get; init; }
}

public sealed record EstimateReply(long RequestId, ResourceEstimate Estimate);

public sealed record SolveRequest(
    long RequestId,
    string Solver,
    RawJson Problem,
    JsonElement? Options,
    SolveBudget Budget,
    StopLimits Stop,
    long Seed,
    int Samples
)
{
    /// <summary>An answer to start from, as the family writes it; null without one.</summary>
    public JsonElement? InitialSolution { get; init; }

    /// <inheritdoc cref="CheckRequest.Encoding"/>
    public EncodingRequest? Encoding { get; init; }
}

/// <summary>Asks to train and validate what a run has proposed; the selection inside the folds is that run's, repeated on fewer rows.</summary>
/// <param name="Options">Of the run, as the client gave them.</param>
/// <param name="Budget">Of each repeated selection.</param>
/// <param name="Candidates">Refereed, as the family writes them, best first; at least one.</param>
public sealed record TrainRequest(
    long RequestId,
    string Solver,
    RawJson Problem,
    JsonElement? Options,
    SolveBudget Budget,
    long Seed,
    IReadOnlyList<JsonObject> Candidates,
    ValidationPlan Plan
)
{
    /// <inheritdoc cref="CheckRequest.Encoding"/>
    public EncodingRequest? Encoding { get; init; }
}

/// <summary>
/// What came of a <see cref="TrainRequest"/>; sent as <see cref="FrameKind.Scores"/>, too, as soon as the report is whole and with every row of
/// the comparison after it, so that a loss of the child costs only what was not yet there.
/// </summary>
/// <param name="Report">Null when it was stopped before that was whole.</param>
/// <param name="StoppedBy">Why it was stopped, before the report or in the comparison after it; null when it came to its end.</param>
/// <param name="SelectionEvaluations">Counted by the repeated selections.</param>
/// <param name="SearchCpuSeconds">By method, for one selection on all rows.</param>
public sealed record TrainReply(
    long RequestId,
    ValidationReport? Report,
    StoppedBy? StoppedBy,
    long SelectionEvaluations,
    IReadOnlyList<SearchCost> SearchCost,
    IReadOnlyDictionary<string, double> SearchCpuSeconds
);

/// <summary>How far a validation has come.</summary>
/// <param name="Stage">For a person, such as "fold 3 of 5".</param>
public sealed record ProgressMessage(long RequestId, string Stage, int Done, int Total);

/// <summary>When a solver ends by itself, so that the parent need not kill it; null for no such clock.</summary>
public sealed record StopLimits(double? CpuSeconds, double? TimeSeconds);

/// <summary>Asks a running solve to end and to return what it has.</summary>
public sealed record CancelRequest(long RequestId, StoppedBy Reason);

/// <summary>A whole answer, better than the last one by the solver's own account.</summary>
public sealed record IncumbentMessage(long RequestId, JsonObject Solution, double? Bound);

/// <summary>A finished stage: parse, encode, compile, solve, decode, repair.</summary>
public sealed record StageMessage(long RequestId, string Stage, double Seconds);

public sealed record SolveReply(
    long RequestId,
    OutcomeKind Kind,
    StoppedBy StoppedBy,
    long Evaluations,
    long? Shots,
    double WallSeconds
)
{
    public JsonObject? Best { get; init; }
    public double? Bound { get; init; }
    public bool IsProven { get; init; }
    public string? Reason { get; init; }
    public IReadOnlyList<SampleMessage> Samples { get; init; } = [];
    public QuantumMetrics? Quantum { get; init; }
    public Paradigm? Ran { get; init; }
    public double? Scale { get; init; }
    public Decomposition? Decomposition { get; init; }
    public SubProblemTrace? SubProblems { get; init; }
    public Conflict? Conflict { get; init; }
    public PresolveMetrics? Presolve { get; init; }
    public EncodingMetrics? Encoding { get; init; }
    public AutoMetrics? Auto { get; init; }
}

public enum OutcomeKind
{
    Found,
    Infeasible,
    NothingFound,
}

public sealed record SampleMessage(JsonObject Solution, long Occurrences);

/// <summary>A request that ended in an exception of the child's managed code. The child itself lives on.</summary>
public sealed record FailedMessage(long RequestId, string Message);

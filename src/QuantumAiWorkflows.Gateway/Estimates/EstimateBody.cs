using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Estimates;

/// <summary>A job that is not run. Exactly one of <c>problem</c> and <c>problemId</c>.</summary>
public sealed record EstimateBody
{
    [Description("A problem of any family, in the family's own JSON.")]
    public JsonElement? Problem { get; init; }

    [Description("The id of a stored problem: sha256: and 64 hex digits.")]
    [Length(1, 100)]
    public string? ProblemId { get; init; }

    [Description("A solver's id; GET /v1/solvers lists them.")]
    [Length(1, 64)]
    public required string Solver { get; init; }

    [Description("The solver's own options; its optionsSchema has ranges and defaults.")]
    public JsonElement? Options { get; init; }

    [Description("As in a job.")]
    public EncodingRequest? Encoding { get; init; }

    [Description("What the run may use, as in a job.")]
    public SolveBudget? Budget { get; init; }

    [Description("Shots of one circuit; as budget.shots, and not beside it.")]
    [Range(1, 10_000_000)]
    public int? Shots { get; init; }

    [Description("Ids of hardware profiles; null: all of them.")]
    [Length(1, 20)]
    public IReadOnlyList<string>? HardwareProfiles { get; init; }

    [Description("Ids of price lists; null: all of them.")]
    [Length(1, 20)]
    public IReadOnlyList<string>? PriceLists { get; init; }

    [Description("Probability of failure that an error-corrected machine may have.")]
    [Range(1e-9, 0.5)]
    public double ErrorBudget { get; init; } = 0.001;
}

/// <summary>What the solve would take. Everything is an estimate.</summary>
public sealed record EstimateView(
    EstimatedProblem Problem,
    EstimatedSolver Solver,
    SolveBudget Budget,
    MachineEstimate Machine,
    CircuitEstimate? Circuit,
    IReadOnlyList<HardwareFit> Hardware,
    FaultTolerantEstimate? FaultTolerant,
    string? Note
)
{
    public bool Estimate => true;
}

public sealed record EstimatedProblem(string Id, string Family, int NumVariables, long NumInteractions);

public sealed record EstimatedSolver(string Id, string Version, Paradigm Paradigm);

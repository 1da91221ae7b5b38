using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>One solve. Exactly one of <c>problem</c> and <c>problemId</c>.</summary>
public sealed record JobRequest
{
    [Description("A problem of any family, in the family's own JSON.")]
    public JsonElement? Problem { get; init; }

    [Description("The id of a stored problem: sha256: and 64 hex digits.")]
    [Length(1, 100)]
    public string? ProblemId { get; init; }

    [Description(
        "A solver's id; GET /v1/solvers lists them. Or \"auto\": of a qubo a solver of its own, which picks and races others and says why in metrics.auto; of every other family the first of its classicalSolvers (GET /v1/families) that takes the problem within the budget, named in the reply's solver, and then without options."
    )]
    [Length(1, 64)]
    public required string Solver { get; init; }

    [Description("The solver's own options; its optionsSchema has ranges and defaults.")]
    public JsonElement? Options { get; init; }

    [Description(
        "How a problem of another family becomes a QUBO, for a solver that takes only these; the default encoding when absent. Not applicable to a problem that the solver takes as it is."
    )]
    public EncodingRequest? Encoding { get; init; }

    [Description("What the run may use; without any limit, 10 wall seconds.")]
    public SolveBudget? Budget { get; init; }

    [Description(
        "An answer to start from, as result.solution gives it: the result is never worse. Not applicable to a solver without acceptsInitialSolution."
    )]
    public JsonElement? InitialSolution { get; init; }

    public ReturnRequest? Return { get; init; }

    [Description("0 to 2^53 - 1; drawn and echoed when absent.")]
    [Range(0, 9007199254740991)]
    public long? Seed { get; init; }

    [Description(
        "Feature subsets only: train models on the candidates, validate them with the selection repeated inside the folds, and rank them by that. Null: no validation, and the order of result.samples is no evidence of quality."
    )]
    public ValidationPlan? Validate { get; init; }

    [Description("Higher goes first.")]
    [Range(0, 9)]
    public int Priority { get; init; } = 5;

    [Description("Names and values to find the job by: GET /v1/jobs?tag=pipeline:nightly.")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [Description("A classical solver's id, or \"auto\": solved beside, with the same problem, budget and seed.")]
    [Length(1, 64)]
    public string? Baseline { get; init; }

    [Description(
        "A classical solver's id, or \"auto\": solves instead, with its default options, when the solver cannot run here or does not take the problem; the reply then says so."
    )]
    [Length(1, 64)]
    public string? Fallback { get; init; }
}

public sealed record ReturnRequest
{
    [Description("The best distinct samples to return, for solvers that sample.")]
    [Range(0, 1000)]
    public int Samples { get; init; } = 10;

    [Description("Also return the incumbents over time.")]
    public bool Trace { get; init; }
}

public sealed record JobBatchRequest
{
    [Description("At most 1,000 jobs; each is admitted or refused on its own.")]
    [Length(1, 1000)]
    public required JsonElement[] Jobs { get; init; }
}

/// <summary>What is stored of an admitted job: everything its run needs but the problem.</summary>
internal sealed record StoredRequest(
    JsonElement? Options,
    SolveBudget Budget,
    int Samples,
    bool Trace,
    BaselineRef? Baseline
)
{
    /// <summary>As the client gave it, read once already.</summary>
    public JsonElement? InitialSolution { get; init; }

    /// <summary>How the problem becomes a QUBO; null for the default, and for a solver that takes it as it is.</summary>
    public EncodingRequest? Encoding { get; init; }

    /// <summary>How its candidates are validated; null when they are not.</summary>
    public ValidationPlan? Validate { get; init; }

    /// <summary>What the job fell back from; null when it runs as asked.</summary>
    public FallbackRef? Fallback { get; init; }
}

/// <summary>What a job fell back from.</summary>
/// <param name="From">The solver that was asked for.</param>
/// <param name="Reason">Why it does not run, with the numbers.</param>
public sealed record FallbackRef(string From, string Reason);

/// <summary>The classical job beside a job.</summary>
public sealed record BaselineRef(string JobId, string Solver);

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>A job as it is sent.</summary>
public sealed record JobView
{
    public required string Id { get; init; }

    /// <summary>queued, running, succeeded, failed or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>How often it was claimed.</summary>
    public required int Attempt { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public DateTimeOffset? LastProgressAt { get; init; }
    public required string TraceId { get; init; }

    /// <summary>Why a queued job does not start; null when it only waits for its turn.</summary>
    public string? WaitingFor { get; init; }
    public required JobProblem Problem { get; init; }
    public required SolverRef Solver { get; init; }
    public required long Seed { get; init; }
    public required int Priority { get; init; }
    public required SolveBudget Budget { get; init; }
    public JsonElement? Options { get; init; }

    /// <summary>Present when it was asked for; what was applied is in <c>metrics.encoding</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EncodingRequest? Encoding { get; init; }

    /// <summary>Present when it was asked for, defaults filled in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValidationPlan? Validate { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public BaselineRef? Baseline { get; init; }

    /// <summary>Present when another solver than the one asked for solves the problem.</summary>
    public FallbackRef? Fallback { get; init; }
    public JobResult? Result { get; init; }
    public IReadOnlyList<TracePoint>? Trace { get; init; }
    public JsonObject? Metrics { get; init; }
    public Usage? Usage { get; init; }
    public Cost? Cost { get; init; }
    public JobError? Error { get; init; }
    public required JobLinks Links { get; init; }
}

public sealed record JobProblem(string Id, string Family, int NumVariables, long NumInteractions);

/// <summary>Holds no times: the same request, seed and count budget give the same bytes.</summary>
public sealed record JobResult(
    ResultStatus Status,
    bool Verified,
    double? Objective,
    double? Bound,
    double? Gap,
    bool? Feasible,
    IReadOnlyList<Violation> Violations,
    StoppedBy? StoppedBy,
    JsonObject? Solution,
    IReadOnlyList<SampleRecord> Samples
)
{
    /// <summary>Present and true when a verified run has beaten <see cref="Bound"/> since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BoundRefuted { get; init; }

    /// <summary>What follows from the solution, such as arrival times and loads; only of families that have such things.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Details { get; init; }

    /// <summary>Only of an infeasible problem whose solver names constraints that cannot hold together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Conflict? Conflict { get; init; }

    /// <summary>Only with <c>validate</c>: the candidates, ranked by validated score. Advice; nothing is applied.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SubsetReport>? Subsets { get; init; }

    /// <summary>Only with <c>validate</c>: how the scores came about, what may be wrong with the data, and what other ways cost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobValidation? Validation { get; init; }

    /// <summary>What the result does not show, in sentences.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Limitations { get; init; }
}

/// <param name="NotDone">Why there are no scores; null where there are.</param>
public sealed record JobValidation(
    string? NotDone,
    ValidationProtocol? Protocol,
    IReadOnlyDictionary<string, FoldScore>? Chance,
    LeakageReport? Leakage,
    IReadOnlyList<SearchCost> SearchCost
)
{
    /// <summary>Null without a whole comparison.</summary>
    public SearchAdvantage? Advantage => SearchAdvantage.Of(SearchCost);
}

/// <param name="Code">From the closed list of docs/errors.md.</param>
/// <param name="Retryable">True when the same job may well succeed the next time.</param>
public sealed record JobError(string Code, string Message, bool Retryable);

public sealed record JobLinks(string Self, string Events, string Problem, string Runs)
{
    /// <summary>Only of a run that had sub-problems.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubProblems { get; init; }

    /// <summary>Only of a run that drew its shots from one circuit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Circuit { get; init; }
}

/// <summary>Builds views from rows.</summary>
internal static class JobViews
{
    public static JobView Of(JobRow job, StoredRequest request, ProblemRow problem, RunRecord? run, JobContext context)
    {
        context.Catalog.TryGet(job.Solver, out var solver);
        return new()
        {
            Id = job.Id,
            State = job.State,
            Attempt = job.Attempt,
            SubmittedAt = Store.Time(job.SubmittedAt),
            StartedAt = Store.Time(job.StartedAt),
            CompletedAt = Store.Time(job.CompletedAt),
            LastProgressAt = Store.Time(job.LastProgressAt),
            TraceId = job.TraceId,
            WaitingFor = job.State == Work.JobState.Queued ? solver?.Unavailable : null,
            Problem = new(problem.Id, problem.Family, problem.NumVariables, problem.NumInteractions),
            Solver =
                run?.Solver
                ?? new(job.Solver, solver?.Info.Version ?? "", context.Catalog.ParadigmOf(job.Solver, request.Options)),
            Seed = job.Seed,
            Priority = job.Priority,
            Budget = request.Budget,
            Options = request.Options,
            Encoding = request.Encoding,
            Validate = request.Validate,
            Tags = job.Tags is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(job.Tags),
            Baseline = request.Baseline,
            Fallback = request.Fallback,
            Result = run is null ? null : ResultOf(run, request, context.Listed),
            Trace = request.Trace && !context.Listed ? run?.Trace : null,
            Metrics = run is null ? null : MetricsOf(run, context.Listed),
            Usage = run?.Usage,
            Cost = run is null ? null : Prices.OfRun(run, context.PriceList),
            Error = ErrorOf(job, run),
            Links = new(
                $"/v1/jobs/{job.Id}",
                $"/v1/jobs/{job.Id}/events",
                $"/v1/problems/{problem.Id}",
                $"/v1/runs?job={job.Id}"
            )
            {
                SubProblems = run?.Decomposition is null ? null : $"/v1/jobs/{job.Id}/sub-problems",
                // A recursion has a circuit for each of its rounds, and is asked for none of them.
                Circuit = run?.Quantum is { Variant: not null, RoundCount: null } ? $"/v1/jobs/{job.Id}/circuit" : null,
            },
        };
    }

    private static JobResult ResultOf(RunRecord run, StoredRequest request, bool isListed) =>
        new(
            run.Status,
            run.Verified,
            run.Objective,
            run.Bound,
            run.Gap,
            run.Feasible,
            run.Violations,
            run.StoppedBy,
            run.Solution,
            run.Samples
        )
        {
            BoundRefuted = run.BoundRefuted,
            Details = run.Details,
            Conflict = run.Conflict,
            Subsets = run.Validation?.Report?.Subsets,
            Validation = run.Validation is { } validation
                ? new(
                    validation.NotDone,
                    validation.Report?.Protocol,
                    validation.Report?.Chance,
                    validation.Report?.Leakage,
                    validation.SearchCost
                )
                : null,
            Limitations =
                isListed || run.Problem.Family != FeatureSelectionFamily.FamilyId
                    ? null
                    : CandidateLimits.Of(run, request.Validate, request.Samples),
        };

    /// <summary>The run's metrics, and a quantum run's beside them; a list is spared the rounds of a recursion.</summary>
    private static JsonObject MetricsOf(RunRecord run, bool isListed)
    {
        var metrics = JsonSerializer.SerializeToNode(run.Metrics, StrictJson.Options)!.AsObject();
        if (run.Quantum is { } quantum)
            foreach (var (name, value) in JsonSerializer.SerializeToNode(quantum, StrictJson.Options)!.AsObject())
                metrics.TryAdd(name, value?.DeepClone());
        if (isListed)
            metrics.Remove("rounds");
        if (run.Decomposition is { } decomposition)
            metrics["decomposition"] = JsonSerializer.SerializeToNode(decomposition, StrictJson.Options);
        if (run.Presolve is { } presolve)
            metrics["presolve"] = JsonSerializer.SerializeToNode(presolve, StrictJson.Options);
        if (run.Encoding is { } encoding)
            metrics["encoding"] = JsonSerializer.SerializeToNode(encoding, StrictJson.Options);
        if (run.Auto is { } auto)
            metrics["auto"] = JsonSerializer.SerializeToNode(auto, StrictJson.Options);
        return metrics;
    }

    private static JobError? ErrorOf(JobRow job, RunRecord? run) =>
        run?.Error is { } error ? new(error.Code, error.Message, error.Retryable)
        : job.ErrorCode is { } code ? new(code, job.ErrorMessage ?? "", Retryable: false)
        : null;
}

/// <summary>What a view needs beside the rows.</summary>
/// <param name="Listed">Part of a list: no answers.</param>
internal sealed record JobContext(Work.SolverCatalog Catalog, PriceList PriceList, bool Listed);

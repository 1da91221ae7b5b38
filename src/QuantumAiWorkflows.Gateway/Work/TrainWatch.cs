using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>What is asked of a validation after a run.</summary>
/// <param name="Run">The run whose candidates are validated: solver, options, budget, seed and limits of memory and cost.</param>
/// <param name="Candidates">Refereed and allowed, best first; at least one.</param>
/// <param name="Limits">Of the validation as a whole.</param>
/// <param name="RanSeconds">Wall seconds of the run.</param>
/// <param name="RunEnded">What ended the run.</param>
internal sealed record TrainOrder(
    RunRequest Run,
    ValidationPlan Plan,
    IReadOnlyList<JsonObject> Candidates,
    RunLimits Limits,
    double RanSeconds,
    StoppedBy? RunEnded
);

/// <summary>What came of it.</summary>
/// <param name="Validation">Null report where it did not come to its end.</param>
/// <param name="Error">Why not; null when it did, and when it was cancelled.</param>
/// <param name="Printed">What a lost child printed; for the log only.</param>
internal sealed record TrainResult(
    RunValidation Validation,
    ValidationMetrics Metrics,
    StoppedBy? StoppedBy,
    RunError? Error,
    string? Printed = null
)
{
    /// <summary>Of a run that ended without an allowed subset: an outcome of the run, no failure.</summary>
    public static TrainResult WithoutCandidates { get; } =
        new(
            new(null, "The run has no subset that satisfies the constraints: there is nothing to train.", []),
            new(0, 0, null, false, 0, 0, 0, new Dictionary<string, double>()),
            null,
            null
        );
}

/// <summary>One validation in a child, from the parent's side. The run's answer is safe whatever becomes of it.</summary>
internal sealed class TrainWatch(SolverChild child, Problem problem, TrainOrder order, CancellationToken cancel)
{
    /// <summary>
    /// The selection is repeated some twenty times; with the whole clock each time, a job of ten seconds would take minutes. Counts
    /// stay as they are: the same count is the same search.
    /// </summary>
    private const double ClockShare = 0.25;

    /// <summary>What is whole already, from the child's reading thread; null before the scores are.</summary>
    private volatile TrainReply? _soFar;

    private readonly LimitWatch _limits = new(child, order.Limits, order.Run.MemoryBytes, order.Run.CostLimit, cancel);

    /// <summary>Told of every stage that begins, on the child's reading thread.</summary>
    public Action<ProgressMessage>? OnProgress { get; init; }

    public async Task<TrainResult> RunAsync()
    {
        _limits.Begin();
        var reply = child.RequestAsync(
            FrameKind.Train,
            id => new TrainRequest(
                id,
                order.Run.Solver,
                new RawJson(problem.CanonicalBytes),
                order.Run.Options,
                order.Run.Budget.ForRepetition(ClockShare, order.RanSeconds, order.RunEnded),
                order.Run.Seed,
                order.Candidates,
                order.Plan
            )
            {
                Encoding = order.Run.Encoding,
            },
            frame =>
            {
                if (frame.Kind == FrameKind.Progress)
                    OnProgress?.Invoke(frame.Read<ProgressMessage>());
                else if (frame.Kind == FrameKind.Scores)
                    _soFar = frame.Read<TrainReply>();
            },
            _limits.Sent
        );
        var enforced = await _limits.EnforceAsync(reply);
        var measures = _limits.Measure(enforced, problem.CanonicalBytes.Length);
        try
        {
            if (!enforced.Killed || reply.IsCompletedSuccessfully)
                return Conclude((await reply).Read<TrainReply>(), measures);
            await reply;
        }
        catch (ChildRequestFailedException) when (_soFar is not null)
        {
            return Conclude(_soFar, measures);
        }
        catch (ChildLostException e) when (_soFar is not null)
        {
            // The comparison of search costs alone is cut short, which the limitations say.
            var scored = _soFar with
            {
                StoppedBy = enforced.Killed ? enforced.KilledAt : null,
            };
            return Conclude(scored, measures) with { Printed = enforced.Killed ? null : e.Printed };
        }
        catch (ChildRequestFailedException e)
        {
            return NotDone(measures, null, $"It ended with an exception. {e.Message}");
        }
        catch (ChildLostException e)
        {
            if (enforced.Failure is { } failure)
                return NotDone(measures, null, failure.Message, failure);
            return enforced.Killed
                ? Stopped(measures, enforced.KilledAt ?? StoppedBy.Solver)
                : NotDone(measures, null, e.Message) with
                {
                    Error = Failed(e.Message) with { Retryable = true },
                    Printed = e.Printed,
                };
        }
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>What became of a validation for which no child could be had.</summary>
    public static TrainResult WithoutChild(string reason) =>
        new(
            new(null, reason, []),
            new(0, null, null, false, 0, 0, 0, new Dictionary<string, double>()),
            null,
            Failed(reason) with
            {
                Retryable = true,
            }
        );

    private TrainResult Conclude(TrainReply reply, RunMeasures measures)
    {
        if (reply.Report is null)
            return Stopped(measures, reply.StoppedBy ?? StoppedBy.Solver);
        if (Refusal(reply.Report) is { } refusal)
            return NotDone(measures, null, refusal);
        return new(
            new(reply.Report, null, reply.SearchCost),
            Metrics(measures) with
            {
                Fits = reply.Report.Protocol.Fits,
                Selections = reply.Report.Protocol.Selections,
                SelectionEvaluations = reply.SelectionEvaluations,
                SearchCpuSeconds = reply.SearchCpuSeconds,
            },
            reply.StoppedBy,
            null
        );
    }

    /// <summary>The scores are the child's, but of the candidates that the referee has seen, and with their objectives.</summary>
    private string? Refusal(ValidationReport report)
    {
        var candidates = order.Candidates.Select(c => Read(c)).ToHashSet();
        var seen = new HashSet<Solution?>();
        foreach (var subset in report.Subsets)
        {
            var features = new JsonArray([.. subset.Features.Select(f => (JsonNode)f)]);
            if (Read(new() { ["features"] = features }) is not { } solution || !candidates.Contains(solution))
                return "It reported a subset that is none of the candidates.";
            if (!seen.Add(solution) || problem.Evaluate(solution).Objective != subset.Objective)
                return "It reported a candidate twice, or with another objective than the referee's.";
        }
        return seen.Count == candidates.Count ? null : "It did not report every candidate.";
    }

    private Solution? Read(JsonObject json) =>
        problem.ReadSolution(JsonSerializer.SerializeToElement(json), "", new FaultList());

    private TrainResult Stopped(RunMeasures measures, StoppedBy by) =>
        by == StoppedBy.Cancel
            ? NotDone(measures, by, "It was cancelled.") with
            {
                Error = null,
            }
            : NotDone(
                measures,
                by,
                by switch
                {
                    StoppedBy.Cpu => FormattableString.Invariant(
                        $"It needs more than its {order.Plan.CpuSeconds:R} CPU seconds (validate.cpuSeconds)."
                    ),
                    StoppedBy.Cost => "The job's cost (budget.maxCost) was spent before its end.",
                    _ => FormattableString.Invariant(
                        $"It needs more than the {order.Limits.WallSeconds:0.#} seconds that the deadline and the server allow."
                    ),
                }
            );

    private static TrainResult NotDone(RunMeasures measures, StoppedBy? by, string reason, RunError? numbers = null) =>
        new(
            new(null, reason, []),
            Metrics(measures),
            by,
            Failed(reason) with
            {
                Needed = numbers?.Needed,
                Limit = numbers?.Limit,
                Unit = numbers?.Unit,
            }
        );

    private static RunError Failed(string reason) =>
        new(RunErrors.ValidationFailed, $"The answer stands, but its validation did not come to its end: {reason}");

    private static ValidationMetrics Metrics(RunMeasures measures) =>
        new(
            measures.WallSeconds,
            measures.CpuSeconds,
            measures.PeakMemoryBytes,
            measures.Killed,
            0,
            0,
            0,
            new Dictionary<string, double>()
        );
}

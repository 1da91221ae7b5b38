using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// One solve in a child, from the parent's side: asks, enforces limits, referees incumbents, and comes back with what
/// happened, whatever happened to the child.
/// </summary>
internal sealed class RunWatch(SolverChild child, Problem problem, RunRequest request, CancellationToken cancel)
{
    private readonly List<TracePoint> _trace = [];
    private readonly Dictionary<string, double> _stages = [];
    private readonly Lock _lock = new();
    private readonly LimitWatch _limits = new(child, request.Limits, request.MemoryBytes, request.CostLimit, cancel);
    private Incumbent? _best;

    public RunRequest Request => request;

    /// <summary>Told of every refereed improvement, on the child's reading thread.</summary>
    public Action<TracePoint, Solution>? OnIncumbent { get; init; }

    public async Task<RunResult> RunAsync()
    {
        _limits.Begin();
        var bytesIn = problem.CanonicalBytes.Length;
        var reply = child.RequestAsync(
            FrameKind.Solve,
            id => new SolveRequest(
                id,
                request.Solver,
                new RawJson(problem.CanonicalBytes),
                request.Options,
                request.Budget,
                request.Limits.ForChild(),
                request.Seed,
                request.Samples
            )
            {
                InitialSolution = request.InitialSolution,
                Encoding = request.Encoding,
            },
            OnProgress,
            _limits.Sent
        );

        var enforced = await _limits.EnforceAsync(reply);
        return await ConcludeAsync(reply, enforced, _limits.Measure(enforced, bytesIn));
    }

    private sealed record Incumbent(Solution Solution, Evaluation Evaluation, double? Bound);

    private void OnProgress(Frame frame)
    {
        if (frame.Kind == FrameKind.Stage)
        {
            var stage = frame.Read<StageMessage>();
            lock (_lock)
                _stages[stage.Stage] = _stages.GetValueOrDefault(stage.Stage) + stage.Seconds;
        }
        else if (frame.Kind == FrameKind.Incumbent)
        {
            // What comes before the clock has begun anew came at once: the request had to be through the pipe.
            var (wall, cpu) = (_limits.IsSent ? _limits.Elapsed : 0, _limits.CpuSpent ?? 0);
            var message = frame.Read<IncumbentMessage>();
            if (ToSolution(message.Solution) is { } solution)
                Consider(solution, message.Bound, wall, cpu);
        }
    }

    /// <summary>Referees an answer and keeps it when it is better than the best one: feasible first, then by objective.</summary>
    private void Consider(Solution solution, double? bound, double wall, double cpu)
    {
        var evaluation = problem.Evaluate(solution);
        if (!double.IsFinite(evaluation.Objective))
            return;
        TracePoint point;
        lock (_lock)
        {
            if (_best is { } best && !IsBetter(evaluation, best.Evaluation))
                return;
            _best = new(solution, evaluation, bound);
            // Of a process that is gone the CPU time cannot be read any more.
            if (_trace.Count > 0)
                cpu = Math.Max(cpu, _trace[^1].CpuSeconds);
            point = new(wall, cpu, evaluation.Objective, bound, evaluation.IsFeasible);
            _trace.Add(point);
        }
        OnIncumbent?.Invoke(point, solution);
    }

    private bool IsBetter(Evaluation left, Evaluation right) =>
        left.IsFeasible != right.IsFeasible ? left.IsFeasible : problem.IsBetter(left.Objective, right.Objective);

    private Solution? ToSolution(JsonObject json)
    {
        var faults = new FaultList();
        return problem.ReadSolution(JsonSerializer.SerializeToElement(json), "", faults);
    }

    private async Task<RunResult> ConcludeAsync(Task<Frame> reply, Enforced enforced, RunMeasures measures)
    {
        try
        {
            if (!enforced.Killed || reply.IsCompletedSuccessfully)
            {
                var frame = await reply;
                return Conclude(frame.Read<SolveReply>(), frame.Payload.Length, enforced, measures);
            }
            await reply;
        }
        catch (ChildRequestFailedException e)
        {
            return FromIncumbent(measures, StoppedBy.Solver, new(RunErrors.SolverError, e.Message));
        }
        catch (ChildLostException e)
        {
            if (enforced.Killed)
                return FromIncumbent(measures, enforced.KilledAt ?? StoppedBy.Solver, enforced.Failure);
            return FromIncumbent(
                measures,
                StoppedBy.Solver,
                new(RunErrors.SolverCrashed, e.Message) { Retryable = true }
            ) with
            {
                Printed = e.Printed,
            };
        }
        throw new System.Diagnostics.UnreachableException();
    }

    private RunResult Conclude(SolveReply reply, int bytesOut, Enforced enforced, RunMeasures measures)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = ToOutcome(reply);
        var ruling = Referee.Judge(problem, outcome);
        if (ruling.Best is { } best && ruling.Refusal is null)
            Consider(best, ruling.Bound, measures.WallSeconds, measures.CpuSeconds ?? 0);

        // A solver may report an incumbent and end with something worse, or with nothing: the best refereed answer counts.
        if (ruling is { Refusal: null, Status: not ResultStatus.Infeasible } && _best is { } incumbent)
            if (ruling.Evaluation is null || IsBetter(incumbent.Evaluation, ruling.Evaluation))
                ruling = Referee.Judge(
                    problem,
                    new SolveOutcome.Found(incumbent.Solution, ruling.Bound ?? incumbent.Bound)
                );
        if (ruling is { Status: ResultStatus.Infeasible } && _best is { Evaluation.IsFeasible: true })
            ruling = ruling with { Refusal = "Infeasibility was claimed, but a feasible answer is at hand." };

        return new(ruling, Snapshot(), StagesSnapshot(), measures)
        {
            StoppedBy = reply.StoppedBy,
            Samples = Judge(reply.Samples),
            Quantum = reply.Quantum,
            Ran = reply.Ran,
            Decomposition = reply.Decomposition,
            SubProblems = reply.SubProblems,
            Presolve = reply.Presolve,
            Encoding = reply.Encoding,
            Auto = reply.Auto,
            Evaluations = reply.Evaluations,
            Shots = reply.Shots,
            Scale = reply.Scale,
            Reason = reply.Reason,
            BytesOut = bytesOut,
            VerifySeconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            Error =
                enforced.Failure
                ?? (ruling.Refusal is { } why ? new RunError(RunErrors.FailedVerification, why) : null),
        };
    }

    /// <summary>What is left of a run that could not answer: its best refereed incumbent.</summary>
    private RunResult FromIncumbent(RunMeasures measures, StoppedBy stoppedBy, RunError? error)
    {
        var ruling = _best is { } best
            ? Referee.Judge(problem, new SolveOutcome.Found(best.Solution, best.Bound))
            : new Ruling(ResultStatus.Unknown, null, null, null);
        return new(ruling, Snapshot(), StagesSnapshot(), measures)
        {
            StoppedBy = stoppedBy,
            Error = error ?? (ruling.Refusal is { } why ? new RunError(RunErrors.FailedVerification, why) : null),
        };
    }

    private List<TracePoint> Snapshot()
    {
        lock (_lock)
            return [.. _trace];
    }

    private Dictionary<string, double> StagesSnapshot()
    {
        lock (_lock)
            return new(_stages);
    }

    private SolveOutcome ToOutcome(SolveReply reply) =>
        reply.Kind switch
        {
            OutcomeKind.Infeasible => new SolveOutcome.Infeasible(reply.Conflict),
            OutcomeKind.Found when reply.Best is { } json && ToSolution(json) is { } best => new SolveOutcome.Found(
                best,
                reply.Bound,
                reply.IsProven
            ),
            _ => new SolveOutcome.NothingFound(reply.Reason ?? "The solver's answer does not read as a solution."),
        };

    private List<SampleRecord> Judge(IReadOnlyList<SampleMessage> samples)
    {
        var judged = new List<SampleRecord>();
        foreach (var sample in samples)
            if (ToSolution(sample.Solution) is { } solution)
            {
                var evaluation = problem.Evaluate(solution);
                judged.Add(new(sample.Solution, evaluation.Objective, sample.Occurrences, evaluation.IsFeasible));
            }
        return judged;
    }
}

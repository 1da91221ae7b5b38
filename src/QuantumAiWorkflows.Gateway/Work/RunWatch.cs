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
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Time a run that was cancelled, or has spent its cost, has to hand over its best answer.</summary>
    private const double AnswerGraceSeconds = 2;

    private readonly List<TracePoint> _trace = [];
    private readonly Dictionary<string, double> _stages = [];
    private readonly Lock _lock = new();
    private long _began;
    private double? _cpuBefore;
    private long? _memoryBefore;
    private Incumbent? _best;
    private double _lastCpu;
    private long? _lastPeak;

    /// <summary>Told of every refereed improvement, on the child's reading thread.</summary>
    public Action<TracePoint, Solution>? OnIncumbent { get; init; }

    public async Task<RunResult> RunAsync()
    {
        _memoryBefore = child.Meter.ResidentBytes;
        child.Meter.LimitData(request.MemoryBytes + DataSlackBytes);
        _cpuBefore = child.Meter.CpuSeconds;
        _began = Stopwatch.GetTimestamp();
        long requestId = 0;
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
            id =>
            {
                // The clock starts when the child has the request: a large problem takes time to go through the pipe.
                _began = Stopwatch.GetTimestamp();
                Interlocked.Exchange(ref requestId, id);
            }
        );

        var enforced = await EnforceAsync(reply, () => Interlocked.Read(ref requestId));
        var wall = Elapsed;
        var cpu = CpuSpent;
        // Read before anything else can happen to the process; of one that is gone, what was read last counts.
        var peak = child.Meter.PeakResidentBytes ?? enforced.Peak ?? _lastPeak;
        var usage = new RunMeasures(
            wall,
            cpu ?? enforced.Cpu ?? _lastCpu,
            peak,
            _memoryBefore,
            enforced.Killed,
            bytesIn
        );
        return await ConcludeAsync(reply, enforced, usage);
    }

    /// <summary>The runtime's own reservations beside what a solver allocates.</summary>
    private const long DataSlackBytes = 512L << 20;

    private double Elapsed => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    private double? CpuSpent => child.Meter.CpuSeconds - _cpuBefore;

    private sealed record Incumbent(Solution Solution, Evaluation Evaluation, double? Bound);

    /// <param name="Failure">Why the parent ended the run before its time; null when it did not.</param>
    /// <param name="Cpu">Last readings before a kill.</param>
    private sealed record Enforced(StoppedBy? KilledAt, RunError? Failure, bool Killed, double? Cpu, long? Peak);

    private async Task<Enforced> EnforceAsync(Task<Frame> reply, Func<long> requestId)
    {
        using var timer = new PeriodicTimer(PollInterval);
        var askedAt = double.NaN;
        StoppedBy? asked = null;
        while (true)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(reply, tick) == reply)
                return new(null, null, false, null, null);

            _lastCpu = CpuSpent ?? _lastCpu;
            _lastPeak = child.Meter.PeakResidentBytes ?? _lastPeak;
            var (wall, cpu) = (Elapsed, _lastCpu);
            // A request that is still going through the pipe has no number to refer to; the next tick asks.
            if (asked is null or StoppedBy.Cpu or StoppedBy.Time && requestId() != 0)
            {
                var reason =
                    cancel.IsCancellationRequested ? (StoppedBy?)StoppedBy.Cancel
                    : asked is not null ? null
                    : request.CostLimit?.Invoke(cpu, wall, child.Meter.ResidentBytes ?? 0) == true ? StoppedBy.Cost
                    : request.Limits.SoftStop(cpu, wall);
                if (reason is { } why)
                    (askedAt, asked) = (wall, Ask(requestId(), why));
            }

            if (request.Limits.Kill(cpu, wall) is { } limit)
                return await KillAsync(limit, null);
            // Time and CPU have limits of their own to be killed at; these have only the patience for an answer.
            if (asked is StoppedBy.Cancel or StoppedBy.Cost && wall - askedAt > AnswerGraceSeconds)
                return await KillAsync(asked, null);
            if (child.Meter.ResidentBytes - _memoryBefore > request.MemoryBytes)
                return await KillAsync(null, MemoryExceeded(child.Meter.ResidentBytes - _memoryBefore));
        }
    }

    private StoppedBy Ask(long id, StoppedBy reason)
    {
        // Never on this thread's time: a child that does not read must not stop the clock that will kill it.
        var frame = Protocol.Frame(FrameKind.Cancel, new CancelRequest(id, reason));
        ThreadPool.QueueUserWorkItem(_ => child.Send(frame));
        return reason;
    }

    private async Task<Enforced> KillAsync(StoppedBy? limit, RunError? failure)
    {
        var (cpu, peak) = (CpuSpent, child.Meter.PeakResidentBytes);
        child.Kill();
        await child.Ended;
        return new(limit, failure, true, cpu, peak);
    }

    private RunError MemoryExceeded(long? used) =>
        new(
            RunErrors.MemoryExceeded,
            $"The run added {used} bytes to its process; its limit is {request.MemoryBytes} bytes (budget.memoryMegabytes, up to the server's Qaiw:Limits:MemoryMegabytesPerSolve)."
        )
        {
            Needed = used,
            Limit = request.MemoryBytes,
            Unit = "byte",
        };

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
            var (wall, cpu) = (Elapsed, CpuSpent ?? 0);
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
            Encoding = reply.Encoding,
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

using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Takes one claimed job through its run: solve, referee, record.</summary>
internal sealed partial class JobRunner(
    Store store,
    JobLedger ledger,
    ProblemCache problems,
    SolverCatalog catalog,
    RunningJobs running,
    BlockSentinel sentinel,
    Pricing pricing,
    IOptions<QaiwOptions> options,
    ILogger<JobRunner> log
)
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <param name="cancel">Cancelled by a client.</param>
    /// <param name="stopping">Cancelled when this process shuts down: the job goes back to the queue.</param>
    public async Task RunAsync(Claim claim, Slot slot, CancellationTokenSource cancel, CancellationToken stopping)
    {
        var job = claim.Job;
        var tags = new TagList { { "qaiw.solver", job.Solver }, { "qaiw.family", job.Family } };
        var queued = (job.StartedAt!.Value - job.SubmittedAt) * 1e-6;
        Telemetry.QueueSeconds.Record(queued, tags);
        Telemetry.Span("qaiw.queue", job.TraceParent, Store.Time(job.SubmittedAt), queued);
        Telemetry.SlotsBusy.Add(1);
        try
        {
            using var _ = log.BeginScope(
                new Dictionary<string, object> { ["TraceId"] = job.TraceId, ["JobId"] = job.Id }
            );
            Started(job.Id, job.Solver, job.Attempt);
            await RunAsync(claim, slot, tags, cancel.Token, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await ledger.RequeueAsync(claim);
            Drained(job.Id);
        }
        finally
        {
            Telemetry.SlotsBusy.Add(-1);
        }
    }

    private async Task RunAsync(
        Claim claim,
        Slot slot,
        TagList tags,
        CancellationToken cancel,
        CancellationToken stopping
    )
    {
        var job = claim.Job;
        var request = JsonSerializer.Deserialize<StoredRequest>(claim.Request, StrictJson.Options)!;
        var sentinelSeconds = sentinel.Before(job);
        var startedAt = store.Now;
        var secondsToDeadline = job.DeadlineAt is { } deadline ? (deadline - startedAt) * 1e-6 : (double?)null;
        var environment = MachineFacts.Now(running.Count - 1, sentinelSeconds);
        var record = new RunRecordBuilder(claim, request, catalog, environment, startedAt);
        var problem = problems.Read(claim.Problem);
        // Read after the job can be found among the running ones: a cancel that came in between found it in neither place.
        var isCancelled = await ledger.IsCancelRequestedAsync(claim);
        if (secondsToDeadline <= 0 || isCancelled)
        {
            await EndUnstartedAsync(claim, problem, record, isCancelled);
            return;
        }

        SolverChild child;
        try
        {
            child = await slot.ChildAsync(stopping);
        }
        catch (ChildLostException e)
        {
            ChildLost(job.Id, e.Message, e.Printed.Length);
            ChildPrinted(job.Id, e.Printed);
            var error = new RunError(RunErrors.SolverCrashed, e.Message) { Retryable = true };
            await CommitAsync(claim, problem, record.Unstarted(error, store.Now), JobState.Failed, [], tags);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        var points = new List<Improvement>();
        var watch = new RunWatch(child, problem, ToRunRequest(job, request, secondsToDeadline), either.Token)
        {
            OnIncumbent = (point, solution) =>
            {
                lock (points)
                    points.Add(new(point, problem.SolutionToJson(solution)));
            },
        };
        RunResult result;
        var solveBegan = store.TimeNow;
        using (var span = Telemetry.Start("qaiw.solve", job.TraceParent))
        {
            span?.SetTag("qaiw.solver", job.Solver).SetTag("qaiw.job", job.Id);
            var load = MachineLoad.Begin();
            var run = watch.RunAsync();
            await FlushWhileRunningAsync(claim, run, points);
            result = await run;
            result = result with { OthersLoad = load?.Others(result.Measures.CpuSeconds) };
        }
        if (result.Measures.Killed || result.Error?.Code == RunErrors.SolverCrashed)
            Telemetry.ChildrenLost.Add(1, tags);
        if (result.Printed is { } printed)
        {
            ChildLost(job.Id, result.Error!.Message, printed.Length);
            ChildPrinted(job.Id, printed);
        }

        // A run that the drain cut short says nothing about the solver: it starts again elsewhere.
        if (
            stopping.IsCancellationRequested
            && !cancel.IsCancellationRequested
            && result.StoppedBy == Solving.StoppedBy.Cancel
        )
            throw new OperationCanceledException(stopping);
        var state =
            result.Error is not null ? JobState.Failed
            : cancel.IsCancellationRequested && result.StoppedBy == Solving.StoppedBy.Cancel ? JobState.Cancelled
            : JobState.Succeeded;
        Telemetry.Span(
            "qaiw.encode",
            job.TraceParent,
            solveBegan.AddSeconds(result.Stages.GetValueOrDefault("parse")),
            result.Stages.GetValueOrDefault("encode")
        );
        Telemetry.Span(
            "qaiw.verify",
            job.TraceParent,
            store.TimeNow.AddSeconds(-result.VerifySeconds),
            result.VerifySeconds
        );
        var validated =
            request.Validate is { } plan && state == JobState.Succeeded
                ? await ValidateAsync(claim, slot, problem, plan, result, watch.Request, points, either.Token, stopping)
                : null;
        if (validated?.Error is not null)
            state = JobState.Failed;
        else if (validated?.StoppedBy == Solving.StoppedBy.Cancel)
        {
            if (!cancel.IsCancellationRequested)
                throw new OperationCanceledException(stopping);
            state = JobState.Cancelled;
        }
        await CommitAsync(
            claim,
            problem,
            record.Ended(problem, result, state, store.Now, validated),
            state,
            points,
            tags,
            result.SubProblems
        );
    }

    /// <summary>Has the run's allowed candidates trained and validated; whatever becomes of that, the run's answer stays.</summary>
    private async Task<TrainResult?> ValidateAsync(
        Claim claim,
        Slot slot,
        Problem problem,
        ValidationPlan plan,
        RunResult result,
        RunRequest run,
        List<Improvement> points,
        CancellationToken cancel,
        CancellationToken stopping
    )
    {
        var job = claim.Job;
        var candidates = result.Candidates(problem, plan.Candidates);
        if (candidates.Count == 0)
            return TrainResult.WithoutCandidates;
        SolverChild child;
        try
        {
            // Another one than the run's when that was killed at its budget.
            child = await slot.ChildAsync(stopping);
        }
        catch (ChildLostException e)
        {
            ChildLost(job.Id, e.Message, e.Printed.Length);
            return TrainWatch.WithoutChild(e.Message);
        }
        var left = job.DeadlineAt is { } deadline ? Math.Max(0, (deadline - store.Now) * 1e-6) : (double?)null;
        var limits = RunLimits.For(new() { CpuSeconds = plan.CpuSeconds }, options.Value.Limits.SecondsPerSolve, left);
        var (spentCpu, spentWall) = (result.Measures.CpuSeconds ?? 0, result.Measures.WallSeconds);
        if (run.CostLimit is { } limit)
            run = run with { CostLimit = (cpu, wall, bytes) => limit(spentCpu + cpu, spentWall + wall, bytes) };
        var stages = new List<string>();
        var watch = new TrainWatch(
            child,
            problem,
            new(run, plan, candidates, limits, spentWall, result.StoppedBy),
            cancel
        )
        {
            OnProgress = progress =>
            {
                lock (stages)
                    stages.Add($"validation: {progress.Stage} ({progress.Done} of {progress.Total})");
            },
        };
        using var span = Telemetry.Start("qaiw.train", job.TraceParent);
        var training = watch.RunAsync();
        // With what is left of the run's incumbents: should this process be lost now, the newest one is stored.
        await FlushWhileRunningAsync(claim, training, points, stages);
        var trained = await training;
        if (trained.Metrics.Killed || trained.Printed is not null)
            Telemetry.ChildrenLost.Add(1);
        if (trained.Printed is { } printed)
        {
            ChildLost(job.Id, trained.Error?.Message ?? "The comparison of search costs is cut short.", printed.Length);
            ChildPrinted(job.Id, printed);
        }
        return trained;
    }

    private RunRequest ToRunRequest(JobRow job, StoredRequest request, double? secondsToDeadline)
    {
        var limits = options.Value.Limits;
        var budget = limits.WithMemory(request.Budget);
        return new(
            job.Solver,
            request.Options,
            budget,
            RunLimits.For(request.Budget, limits.SecondsPerSolve, secondsToDeadline),
            job.Seed,
            Math.Max(request.Samples, request.Validate?.Candidates ?? 0),
            budget.MemoryMegabytes!.Value * 1_000_000L,
            pricing.CostLimit(request.Budget.MaxCost)
        )
        {
            InitialSolution = request.InitialSolution,
            Encoding = request.Encoding,
        };
    }

    /// <param name="stages">What to say in the stream beside incumbents; null for nothing.</param>
    private async Task FlushWhileRunningAsync(
        Claim claim,
        Task run,
        List<Improvement> points,
        List<string>? stages = null
    )
    {
        var lastWrite = Stopwatch.GetTimestamp();
        while (await Task.WhenAny(run, Task.Delay(FlushInterval)) != run)
        {
            var fresh = Drain(points);
            var said = stages is null ? [] : Drain(stages);
            if (fresh.Count == 0 && said.Count == 0 && Stopwatch.GetElapsedTime(lastWrite) < Heartbeat)
                continue;
            lastWrite = Stopwatch.GetTimestamp();
            // Not the owner any more: the run goes on to its end, and its commit will be refused.
            try
            {
                await ledger.ProgressAsync(claim, fresh, said);
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                NotWritten(e, claim.Job.Id);
                lock (points)
                    points.InsertRange(0, fresh);
            }
        }
        // Incumbents go in with the result; what was said last has only this way.
        if (stages is null || Drain(stages) is not { Count: > 0 } last)
            return;
        try
        {
            await ledger.ProgressAsync(claim, [], last);
        }
        catch (Exception e) when (Store.IsOutage(e))
        {
            NotWritten(e, claim.Job.Id);
        }
    }

    private async Task CommitAsync(
        Claim claim,
        Problem problem,
        RunRecord record,
        string state,
        List<Improvement> points,
        TagList tags,
        SubProblemTrace? subProblems = null
    )
    {
        using var span = Telemetry.Start("qaiw.record", claim.Job.TraceParent);
        if (!await RecordAsync(claim, problem, record, state, Drain(points), subProblems))
        {
            RefusedLate(claim.Job.Id, claim.Fence);
            return;
        }
        tags.Add("qaiw.state", state);
        tags.Add("qaiw.status", JobLedger.Name(record.Status));
        Telemetry.JobsEnded.Add(1, tags);
        Telemetry.SolveSeconds.Record(record.Metrics.WallSeconds, tags);
        Telemetry.CpuSeconds.Record(record.Metrics.CpuSeconds ?? 0, tags);
        Ended(claim.Job.Id, state, record.Metrics.WallSeconds);
    }

    /// <summary>Tries until the database takes the result: the answer exists, and a full disk does not stay full for ever.</summary>
    private async Task<bool> RecordAsync(
        Claim claim,
        Problem problem,
        RunRecord record,
        string state,
        List<Improvement> points,
        SubProblemTrace? subProblems
    )
    {
        while (true)
        {
            try
            {
                return await ledger.CompleteAsync(
                    claim,
                    record,
                    state,
                    points,
                    (f, b) => Referee.Refutes(problem, f, b),
                    subProblems
                );
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                NotWritten(e, claim.Job.Id);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private Task EndUnstartedAsync(Claim claim, Problem problem, RunRecordBuilder record, bool cancelled)
    {
        var error = cancelled
            ? null
            : new RunError(RunErrors.DeadlineExceeded, "The deadline passed before the job could start.");
        return CommitAsync(
            claim,
            problem,
            record.Unstarted(error, store.Now),
            cancelled ? JobState.Cancelled : JobState.Failed,
            [],
            []
        );
    }

    private static List<T> Drain<T>(List<T> points)
    {
        lock (points)
        {
            List<T> taken = [.. points];
            points.Clear();
            return taken;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} started: {Solver}, attempt {Attempt}.")]
    private partial void Started(string jobId, string solver, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} {State} after {WallSeconds:F3} s.")]
    private partial void Ended(string jobId, string state, double wallSeconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Job {JobId} went back to the queue: this process shuts down."
    )]
    private partial void Drained(string jobId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Job {JobId}: the database refused; the result is kept and tried again."
    )]
    private partial void NotWritten(Exception exception, string jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: a late commit under fence {Fence} was refused.")]
    private partial void RefusedLate(string jobId, long fence);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Job {JobId} lost its solver process: {Reason} It printed {Length} characters."
    )]
    private partial void ChildLost(string jobId, string reason, int length);

    /// <summary>What a native library prints may quote the problem: only for an operator who turns it on.</summary>
    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId}, printed by its solver process: {Printed}")]
    private partial void ChildPrinted(string jobId, string printed);
}

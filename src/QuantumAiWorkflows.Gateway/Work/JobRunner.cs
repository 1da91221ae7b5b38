using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Takes one claimed job through its run: solve, referee, record.</summary>
internal sealed class JobRunner(
    Store store,
    JobLedger ledger,
    ProblemCache problems,
    SolverCatalog catalog,
    RunningJobs running,
    BlockSentinel sentinel,
    Pricing pricing,
    CandidateValidation validation,
    IOptions<QaiwOptions> options,
    ILogger<JobRunner> log
)
{
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
            log.Started(job.Id, job.Solver, job.Attempt);
            await RunAsync(claim, slot, tags, cancel.Token, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await ledger.RequeueAsync(claim);
            log.Drained(job.Id);
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
            log.ChildLost(job.Id, e.Message, e.Printed.Length);
            log.ChildPrinted(job.Id, e.Printed);
            var error = new RunError(RunErrors.SolverCrashed, e.Message) { Retryable = true };
            await CommitAsync(claim, problem, record.Unstarted(error, store.Now), JobState.Failed, Told.Nothing, tags);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        var progress = new LiveProgress(ledger, claim, log);
        var watch = new RunWatch(child, problem, ToRunRequest(job, request, secondsToDeadline), either.Token)
        {
            OnIncumbent = (point, solution) => progress.Found(new(point, problem.SolutionToJson(solution))),
        };
        var result = await SolveAsync(claim, watch, progress, tags);

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
        var validated =
            request.Validate is { } plan && state == JobState.Succeeded
                ? await validation.RunAsync(
                    claim,
                    slot,
                    problem,
                    plan,
                    result,
                    watch.Request,
                    progress,
                    either.Token,
                    stopping
                )
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
            progress.Take(),
            tags,
            result.SubProblems
        );
    }

    private async Task<RunResult> SolveAsync(Claim claim, RunWatch watch, LiveProgress progress, TagList tags)
    {
        var job = claim.Job;
        var began = store.TimeNow;
        RunResult result;
        using (var span = Telemetry.Start("qaiw.solve", job.TraceParent))
        {
            span?.SetTag("qaiw.solver", job.Solver).SetTag("qaiw.job", job.Id);
            var load = MachineLoad.Begin();
            var run = watch.RunAsync();
            await progress.WriteUntilAsync(run);
            result = await run;
            result = result with { OthersLoad = load?.Others(result.Measures.CpuSeconds) };
        }
        var (parsed, encoded) = (result.Stages.GetValueOrDefault("parse"), result.Stages.GetValueOrDefault("encode"));
        Telemetry.Span("qaiw.encode", job.TraceParent, began.AddSeconds(parsed), encoded);
        var verified = result.VerifySeconds;
        Telemetry.Span("qaiw.verify", job.TraceParent, store.TimeNow.AddSeconds(-verified), verified);
        if (result.Measures.Killed || result.Error?.Code == RunErrors.SolverCrashed)
            Telemetry.ChildrenLost.Add(1, tags);
        if (result.Printed is { } printed)
        {
            log.ChildLost(job.Id, result.Error!.Message, printed.Length);
            log.ChildPrinted(job.Id, printed);
        }
        return result;
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

    private async Task CommitAsync(
        Claim claim,
        Problem problem,
        RunRecord record,
        string state,
        Told last,
        TagList tags,
        SubProblemTrace? subProblems = null
    )
    {
        using var span = Telemetry.Start("qaiw.record", claim.Job.TraceParent);
        if (!await RecordAsync(claim, problem, record, state, last, subProblems))
        {
            log.RefusedLate(claim.Job.Id, claim.Fence);
            return;
        }
        tags.Add("qaiw.state", state);
        tags.Add("qaiw.status", JsonNames.Of(record.Status));
        Telemetry.JobsEnded.Add(1, tags);
        Telemetry.SolveSeconds.Record(record.Metrics.WallSeconds, tags);
        Telemetry.CpuSeconds.Record(record.Metrics.CpuSeconds ?? 0, tags);
        log.Ended(claim.Job.Id, state, record.Metrics.WallSeconds);
    }

    /// <summary>Tries until the database takes the result: the answer exists, and a full disk does not stay full for ever.</summary>
    private async Task<bool> RecordAsync(
        Claim claim,
        Problem problem,
        RunRecord record,
        string state,
        Told last,
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
                    last,
                    (f, b) => Referee.Refutes(problem, f, b),
                    subProblems
                );
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                log.NotWritten(e, claim.Job.Id);
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
            Told.Nothing,
            []
        );
    }
}

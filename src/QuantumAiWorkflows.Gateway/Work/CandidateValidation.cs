using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Has the allowed candidates of a run trained and validated; whatever becomes of that, the run's answer stays.</summary>
internal sealed class CandidateValidation(Store store, IOptions<QaiwOptions> options, ILogger<CandidateValidation> log)
{
    /// <param name="result">Of the run, with the candidates.</param>
    /// <param name="run">What was asked of it: a validation searches again with the same.</param>
    public async Task<TrainResult> RunAsync(
        Claim claim,
        Slot slot,
        Problem problem,
        ValidationPlan plan,
        RunResult result,
        RunRequest run,
        LiveProgress progress,
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
            log.ChildLost(job.Id, e.Message, e.Printed.Length);
            return TrainWatch.WithoutChild(e.Message);
        }
        var left = job.DeadlineAt is { } deadline ? Math.Max(0, (deadline - store.Now) * 1e-6) : (double?)null;
        var limits = RunLimits.For(new() { CpuSeconds = plan.CpuSeconds }, options.Value.Limits.SecondsPerSolve, left);
        var (spentCpu, spentWall) = (result.Measures.CpuSeconds ?? 0, result.Measures.WallSeconds);
        if (run.CostLimit is { } limit)
            run = run with { CostLimit = (cpu, wall, bytes) => limit(spentCpu + cpu, spentWall + wall, bytes) };
        var watch = new TrainWatch(
            child,
            problem,
            new(run, plan, candidates, limits, spentWall, result.StoppedBy),
            cancel
        )
        {
            OnProgress = p => progress.Say($"validation: {p.Stage} ({p.Done} of {p.Total})"),
        };
        using var span = Telemetry.Start("qaiw.train", job.TraceParent);
        var training = watch.RunAsync();
        // With what is left of the run's incumbents: should this process be lost now, the newest one is stored.
        await progress.WriteUntilAsync(training);
        var trained = await training;
        if (trained.Metrics.Killed || trained.Printed is not null)
            Telemetry.ChildrenLost.Add(1);
        if (trained.Printed is { } printed)
        {
            log.ChildLost(
                job.Id,
                trained.Error?.Message ?? "The comparison of search costs is cut short.",
                printed.Length
            );
            log.ChildPrinted(job.Id, printed);
        }
        return trained;
    }
}

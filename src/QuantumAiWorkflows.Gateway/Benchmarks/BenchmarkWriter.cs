using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>
/// Writes a plan into the queue, as jobs and in one transaction, so that a restart finds nothing half planned and the
/// queue's own recovery is the benchmark's; runs that a solver refuses are recorded at once.
/// </summary>
internal sealed class BenchmarkWriter(
    Store store,
    SolverCatalog catalog,
    WorkQueue queue,
    IOptions<QaiwOptions> options
)
{
    private readonly LimitOptions _limits = options.Value.Limits;

    public async Task<Admitted> WriteAsync(
        BenchmarkSpec spec,
        BenchmarkPlan plan,
        BenchmarkFit fit,
        IReadOnlyList<ResolvedInstance> instances,
        IReadOnlyList<ResolvedInstance> calibration,
        BenchmarkRow? replayOf,
        string tenant,
        IdempotencyRow? key,
        CancellationToken cancellation
    )
    {
        var now = store.Now;
        var row = new BenchmarkRow
        {
            Tenant = tenant,
            Id = Guid.CreateVersion7().ToString(),
            Name = spec.Suite.Name,
            State = JobState.Running,
            Suite = Json(spec.Suite),
            SuiteHash = spec.Suite.Hash,
            Instances = Json(instances.Select(i => i.Instance)),
            Entrants = Json(spec.Entrants),
            Calibration = spec.Calibration is null ? null : Json(spec.Calibration),
            ReplayOf = replayOf?.Id,
            Total = plan.Runs.Count,
            SubmittedAt = now,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
        };
        var problems = instances.ToDictionary(i => (false, i.Instance.Name), i => i.Problem);
        foreach (var instance in calibration)
            problems.Add((true, instance.Instance.Name), instance.Problem);
        // One at a time, outside the plan's transaction: other writers get in between.
        foreach (var problem in problems.Values)
            await store.WriteAsync(db => AddProblem(db, problem), cancellation);
        var admitted = await store.WriteAsync(
            async db =>
            {
                if (key is not null)
                {
                    if (await Idempotency.FindAsync(db, key, cancellation) is { } known)
                        return known;
                    await Idempotency.ForgetOldAsync(db, key.CreatedAt, cancellation);
                }
                if (await TooManyAsync(db, tenant, plan.Runs.Count, cancellation) is { } refusal)
                    return new Admitted(refusal);
                // One that was erased just now comes back.
                foreach (var problem in problems.Values)
                    await AddProblem(db, problem);
                if (key is not null)
                {
                    key.Subject = row.Id;
                    db.IdempotencyKeys.Add(key);
                }
                db.Benchmarks.Add(row);
                BenchmarkEvents.Append(db, row, "state", new JsonObject { ["state"] = row.State });
                AddRuns(db, row, spec, plan, fit, problems);
                return new Admitted(row.Id, Replayed: false);
            },
            cancellation
        );
        queue.Wake();
        return admitted;

        Task AddProblem(QaiwDbContext db, Problem problem) =>
            ProblemLibrary.AddAsync(db, tenant, problem, now, cancellation);
    }

    private async Task<Refusal?> TooManyAsync(
        QaiwDbContext db,
        string tenant,
        int planned,
        CancellationToken cancellation
    )
    {
        var open = await db
            .Benchmarks.Where(b => b.Tenant == tenant && b.State == JobState.Running)
            .SumAsync(b => (long)b.Total, cancellation);
        var limit = _limits.RunsPerBenchmark;
        return open + planned > limit
            ? Refusal.TooMany(
                $"The benchmarks that are running plan {open} runs and this one {planned}; the limit is {limit} together."
            )
            : null;
    }

    /// <summary>
    /// The place of a run in the queue is when it would start if each took its whole budget: jobs that come in meanwhile
    /// go between the runs, so a long benchmark does not shut the service.
    /// </summary>
    private void AddRuns(
        QaiwDbContext db,
        BenchmarkRow row,
        BenchmarkSpec spec,
        BenchmarkPlan plan,
        BenchmarkFit fit,
        Dictionary<(bool, string), Problem> problems
    )
    {
        var startsAt = row.SubmittedAt;
        foreach (var run in plan.Runs)
        {
            var isCalibration = run.Calibration is not null;
            var problem = problems[(isCalibration, run.Instance)];
            var cell = fit[run];
            var request = spec.RequestOf(run.Entrant, run.WarmUp, isCalibration, _limits.SecondsPerSolve);
            request = request with { Encoding = catalog.EncodingFor(cell.Solver, problem.Family.Id, request.Encoding) };
            if (cell.Unsupported is { } error)
            {
                // A refused warm-up says nothing that the refused runs do not.
                if (!run.WarmUp)
                    db.Runs.Add(RunRow.Of(row.Tenant, Refused(row, run, cell, request, problem, error)));
                continue;
            }
            AddJob(db, row, spec.Suite, run, cell, request, problem, startsAt);
            startsAt += (long)(1e6 * (request.Budget.CpuSeconds ?? request.Budget.TimeSeconds ?? 1));
        }
    }

    private static void AddJob(
        QaiwDbContext db,
        BenchmarkRow benchmark,
        Suite suite,
        PlannedRun run,
        CellFit cell,
        StoredRequest request,
        Problem problem,
        long sequence
    )
    {
        var job = new JobRow
        {
            Tenant = benchmark.Tenant,
            Id = Guid.CreateVersion7().ToString(),
            State = JobState.Queued,
            Solver = cell.Solver,
            Family = problem.Family.Id,
            ProblemId = problem.Id,
            Priority = new JobRequest { Solver = "" }.Priority,
            Sequence = sequence,
            Seed = run.Seed,
            SubmittedAt = benchmark.SubmittedAt,
            TraceId = benchmark.TraceId,
            TraceParent = Activity.Current?.Id,
            BenchmarkId = benchmark.Id,
            Instance = run.Instance,
            Entrant = run.Entrant,
            WarmUp = run.WarmUp,
            Calibration = run.Calibration is not null,
            Lane = suite.Parallel,
        };
        db.Jobs.Add(job);
        db.Payloads.Add(
            new PayloadRow
            {
                Tenant = job.Tenant,
                JobId = job.Id,
                Request = Json(request),
            }
        );
        job.Append(db, "state", new JsonObject { ["state"] = job.State });
    }

    private RunRecord Refused(
        BenchmarkRow benchmark,
        PlannedRun run,
        CellFit cell,
        StoredRequest request,
        Problem problem,
        RunError error
    )
    {
        catalog.TryGet(cell.Solver, out var known);
        var now = Store.Time(benchmark.SubmittedAt);
        return new()
        {
            Id = Guid.CreateVersion7(),
            Cell = new(
                Guid.Parse(benchmark.Id),
                run.Instance,
                run.Entrant,
                run.WarmUp,
                Calibration: run.Calibration is not null
            ),
            Problem = new(
                problem.Id,
                problem.Family.Id,
                problem.Family.EvaluatorVersion,
                problem.NumVariables,
                problem.NumInteractions
            ),
            // Where "auto" found nobody there is no solver to name.
            Solver = new(cell.Solver, known?.Info.Version ?? "", catalog.ParadigmOf(cell.Solver, request.Options)),
            Options = request.Options is { } given ? JsonObject.Create(given) : null,
            EncodingRequest = request.Encoding,
            Seed = run.Seed,
            Budget = request.Budget,
            State = RunState.Unsupported,
            Status = ResultStatus.Unknown,
            Metrics = new(),
            Usage = new(),
            Error = error,
            Environment = MachineFacts.Now(0),
            StartedAt = now,
            CompletedAt = now,
        };
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StrictJson.Options);
}

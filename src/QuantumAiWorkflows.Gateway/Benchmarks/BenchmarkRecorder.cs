using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>
/// Turns a suite into jobs. The whole plan goes into the queue in one transaction, so a restart finds nothing half
/// planned and the queue's own recovery is the benchmark's; runs that a solver refuses are recorded at once.
/// </summary>
internal sealed class BenchmarkRecorder(
    Store store,
    SuiteResolver resolver,
    SolverAdmission solvers,
    SolverCatalog catalog,
    WorkQueue queue,
    IOptions<QaiwOptions> options
)
{
    public async Task<Admitted> SubmitAsync(
        JsonElement body,
        string tenant,
        IdempotencyRow? key,
        CancellationToken cancellation
    )
    {
        if (key is not null && await FindAsync(key, cancellation) is { } known)
            return known;
        var faults = new FaultList();
        if (Suite.Read(body.Clone(), "", faults) is not { } suite)
            return new(Refusal.Of(faults));
        var limits = options.Value.Limits;
        BudgetCeilings.Check(suite.Budget, limits, "/budget", faults);
        // Before the instances are made: it takes none of them to count the runs.
        var planned =
            (long)suite.Instances.Count
            * (suite.Solvers.Count * (long)suite.Seeds.Count + suite.Solvers.Count(s => CompilesPerProblem(s.Id)));
        if (planned > limits.RunsPerBenchmark)
        {
            faults.Add(
                FaultCode.OverLimit,
                "",
                $"The suite plans {planned} runs; this server takes {limits.RunsPerBenchmark}.",
                planned,
                limits.RunsPerBenchmark
            );
            return new(Refusal.Of(faults));
        }
        var (instances, refusal) = await resolver.ResolveAsync(suite, tenant, faults, cancellation);
        if (!faults.IsEmpty || instances is null)
            return new(refusal ?? Refusal.Of(faults));

        suite = ById(suite, instances);
        var plan = BenchmarkPlan.Of(suite, CompilesPerProblem);
        var budget = BudgetOf(suite);
        var (unsupported, no) = await FitAsync(suite, instances, budget, cancellation);
        if (no is not null)
            return new(no);
        return await StoreAsync(suite, instances, plan, budget, unsupported, tenant, key, cancellation);
    }

    private bool CompilesPerProblem(string id) => catalog.TryGet(id, out var solver) && solver.Info.CompilesPerProblem;

    /// <summary>
    /// The suite with problem ids for the problems that were sent inline: they are stored once, as problems, where they
    /// can be erased. The ids are hashes, so the suite and its own hash still say which problems they are.
    /// </summary>
    private static Suite ById(Suite suite, IReadOnlyList<ResolvedInstance> instances) =>
        suite with
        {
            Instances =
            [
                .. suite.Instances.Zip(
                    instances,
                    (given, found) =>
                        given.Problem is null ? given : given with { Problem = null, ProblemId = found.Problem.Id }
                ),
            ],
        };

    private async Task<Admitted?> FindAsync(IdempotencyRow key, CancellationToken cancellation)
    {
        await using var db = store.Open();
        return await Idempotency.FindAsync(db, key, cancellation);
    }

    /// <summary>Asks for every pair of instance and entrant whether the solver takes it.</summary>
    private async Task<(Dictionary<(string, string), RunError> Unsupported, Refusal? Refusal)> FitAsync(
        Suite suite,
        IReadOnlyList<ResolvedInstance> instances,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        var unsupported = new Dictionary<(string, string), RunError>();
        for (var i = 0; i < suite.Solvers.Count; i++)
            foreach (var instance in instances)
            {
                var solver = suite.Solvers[i];
                var entry = new SolverEntry(solver.Id, solver.Options, $"/solvers/{i}/id", $"/solvers/{i}/options");
                var (error, refusal) = await solvers.FitAsync(instance.Problem, entry, budget, cancellation);
                if (refusal is not null)
                    return (unsupported, refusal);
                if (error is not null)
                    unsupported[(instance.Instance.Name, solver.Entrant)] = error;
            }
        return (unsupported, null);
    }

    private async Task<Admitted> StoreAsync(
        Suite suite,
        IReadOnlyList<ResolvedInstance> instances,
        BenchmarkPlan plan,
        SolveBudget budget,
        Dictionary<(string, string), RunError> unsupported,
        string tenant,
        IdempotencyRow? key,
        CancellationToken cancellation
    )
    {
        var id = Guid.CreateVersion7().ToString();
        var now = store.Now;
        var byName = instances.ToDictionary(i => i.Instance.Name, i => i.Problem);
        var solverOf = suite.Solvers.ToDictionary(s => s.Entrant);
        // One at a time, outside the plan's transaction: other writers get in between.
        foreach (var problem in byName.Values)
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
                var open = await db
                    .Benchmarks.Where(b => b.Tenant == tenant && b.State == JobState.Running)
                    .SumAsync(b => (long)b.Total, cancellation);
                var limit = options.Value.Limits.RunsPerBenchmark;
                if (open + plan.Runs.Count > limit)
                    return new Admitted(
                        Refusal.TooMany(
                            $"The benchmarks that are running plan {open} runs and this one {plan.Runs.Count}; the limit is {limit} together."
                        )
                    );
                // One that was erased just now comes back.
                foreach (var problem in byName.Values)
                    await AddProblem(db, problem);
                if (key is not null)
                {
                    key.Subject = id;
                    db.IdempotencyKeys.Add(key);
                }
                var row = new BenchmarkRow
                {
                    Tenant = tenant,
                    Id = id,
                    Name = suite.Name,
                    State = JobState.Running,
                    Suite = JsonSerializer.Serialize(suite, StrictJson.Options),
                    SuiteHash = suite.Hash,
                    Instances = JsonSerializer.Serialize(instances.Select(i => i.Instance), StrictJson.Options),
                    Total = plan.Runs.Count,
                    SubmittedAt = now,
                    TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
                };
                db.Benchmarks.Add(row);
                BenchmarkEvents.Append(db, row, "state", new JsonObject { ["state"] = row.State });
                for (var k = 0; k < plan.Runs.Count; k++)
                {
                    var run = plan.Runs[k];
                    var (solver, problem) = (solverOf[run.Entrant], byName[run.Instance]);
                    if (unsupported.TryGetValue((run.Instance, run.Entrant), out var error))
                    {
                        // A refused warm-up says nothing that the refused runs do not.
                        if (!run.WarmUp)
                            db.Runs.Add(JobLedger.ToRow(tenant, Refused(id, run, solver, problem, budget, error, now)));
                        continue;
                    }
                    AddJob(db, row, suite, run, problem, budget, now + (long)(k * 1e6 * Expected(budget)));
                }
                return new Admitted(id, Replayed: false);
            },
            cancellation
        );
        queue.Wake();
        return admitted;

        Task AddProblem(QaiwDbContext db, Problem problem) =>
            Problems.ProblemLibrary.AddAsync(db, tenant, problem, now, cancellation);
    }

    /// <summary>
    /// Seconds that a run is expected to take. The place of a run in the queue is when it would start if each took this
    /// long: jobs that come in meanwhile go between the runs, so a long benchmark does not shut the service.
    /// </summary>
    private static double Expected(SolveBudget budget) => budget.CpuSeconds ?? budget.TimeSeconds ?? 1;

    private void AddJob(
        QaiwDbContext db,
        BenchmarkRow benchmark,
        Suite suite,
        PlannedRun run,
        Problem problem,
        SolveBudget budget,
        long sequence
    )
    {
        var solver = suite.Solvers.First(s => s.Entrant == run.Entrant);
        var job = new JobRow
        {
            Tenant = benchmark.Tenant,
            Id = Guid.CreateVersion7().ToString(),
            State = JobState.Queued,
            Solver = solver.Id,
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
            Lane = suite.Parallel,
        };
        db.Jobs.Add(job);
        db.Payloads.Add(
            new PayloadRow
            {
                Tenant = job.Tenant,
                JobId = job.Id,
                Request = JsonSerializer.Serialize(RequestOf(suite, run.Entrant, run.WarmUp), StrictJson.Options),
            }
        );
        JobLedger.AppendEvent(db, job, "state", new JsonObject { ["state"] = job.State });
    }

    /// <summary>One budget for all entrants, so it has a clock also where only some of them count shots.</summary>
    private static SolveBudget BudgetOf(Suite suite) => suite.Budget.OrDefaultTime(countsShots: false);

    /// <summary>What the suite asks of a run of this entrant.</summary>
    public static StoredRequest RequestOf(Suite suite, string entrant, bool warmUp)
    {
        var budget = BudgetOf(suite);
        // A warm-up is there to compile: the suite's budget may be shorter than that takes.
        if (warmUp)
            budget = budget with { CpuSeconds = Math.Max(budget.CpuSeconds ?? 0, 2), MaxCost = null };
        return new(suite.Solvers.First(s => s.Entrant == entrant).Options, budget, 0, false, null);
    }

    private RunRecord Refused(
        string benchmarkId,
        PlannedRun run,
        SuiteSolver solver,
        Problem problem,
        SolveBudget budget,
        RunError error,
        long now
    )
    {
        catalog.TryGet(solver.Id, out var known);
        return new()
        {
            Id = Guid.CreateVersion7(),
            Cell = new(Guid.Parse(benchmarkId), run.Instance, run.Entrant, run.WarmUp),
            Problem = new(
                problem.Id,
                problem.Family.Id,
                problem.Family.EvaluatorVersion,
                problem.NumVariables,
                problem.NumInteractions
            ),
            Solver = new(solver.Id, known!.Info.Version, known.Info.Paradigm),
            Options = solver.Options is { } given ? JsonObject.Create(given) : null,
            Seed = run.Seed,
            Budget = budget,
            State = RunState.Unsupported,
            Status = ResultStatus.Unknown,
            Metrics = new(),
            Usage = new(),
            Error = error,
            Environment = MachineFacts.Now(0),
            StartedAt = Store.Time(now),
            CompletedAt = Store.Time(now),
        };
    }
}

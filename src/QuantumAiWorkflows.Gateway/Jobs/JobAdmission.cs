using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Decides whether a job may enter, before anything runs, and puts it into the queue.</summary>
internal sealed class JobAdmission(
    Store store,
    ProblemLibrary library,
    SolverAdmission solvers,
    ClassicalChoice classical,
    SolverCatalog catalog,
    WorkQueue queue,
    IOptions<QaiwOptions> options
)
{
    private const string Auto = ClassicalChoice.Auto;

    /// <summary>Reads, checks and stores one job; with a key, or finds the job that the key stands for.</summary>
    /// <returns>The job's id and whether it was there before, or the refusal.</returns>
    public async Task<Admitted> AdmitAsync(
        JsonElement body,
        string pointer,
        string tenant,
        IdempotencyRow? key,
        CancellationToken cancellation
    )
    {
        // Before anything else: a key that was used stands for its job, whatever has become of problem and solvers since.
        if (key is not null && await FindAsync(key, cancellation) is { } known)
            return known;
        var faults = new FaultList();
        JobRequest? request;
        using (Telemetry.Source.StartActivity("qaiw.read"))
            request = StrictJson.Read<JobRequest>(body, pointer, faults);
        if (request is null)
            return new(Refusal.Of(faults));

        using var admit = Telemetry.Source.StartActivity("qaiw.admit");
        var (problem, refusal) = await library.ProblemOfAsync(
            request.Problem,
            request.ProblemId,
            pointer,
            tenant,
            faults,
            cancellation
        );
        if (problem is null)
            return new(refusal ?? Refusal.Of(faults));
        var countsShots = catalog.TryGet(request.Solver, out var asked) && asked.Info.CountsShots;
        var budget = (request.Budget ?? new()).OrDefaultTime(countsShots);
        request = request with { Seed = request.Seed ?? Random53() };
        CheckMembers(request, problem, budget, pointer, faults);
        CheckValidation(request, problem, $"{pointer}/validate", faults);
        CheckInitialSolution(request, problem, pointer, faults);
        if (!faults.IsEmpty)
            return new(Refusal.Of(faults));

        // Where the family has a solver of that name, options are meant for it, and for nobody that might stand in.
        if (request.Solver == Auto && !HasAutoOptions(request))
        {
            var (chosen, none) = await ClassicalAsync(
                Auto,
                $"{pointer}/solver",
                request,
                problem,
                budget,
                pointer,
                cancellation
            );
            if (chosen is null)
                return new(none!);
            request = request with { Solver = chosen, InitialSolution = HeadStart(request, chosen) };
        }
        var entry = new SolverEntry(request.Solver, request.Options, $"{pointer}/solver", $"{pointer}/options")
        {
            Encoding = request.Encoding,
            EncodingPointer = $"{pointer}/encoding",
        };
        var (unsupported, no) = await solvers.FitAsync(problem, entry, budget, cancellation);
        if (no is not null)
            return new(no);
        FallbackRef? fallback = null;
        if (unsupported is not null)
        {
            if (request.Fallback is not { } wanted)
                return new(SolverAdmission.Unfit(entry, unsupported));
            var (instead, none) = await ClassicalAsync(
                wanted,
                $"{pointer}/fallback",
                request,
                problem,
                budget,
                pointer,
                cancellation
            );
            if (instead is null)
                return new(none!);
            fallback = new(request.Solver, unsupported.Message);
            request = request with
            {
                Solver = instead,
                Options = null,
                Encoding = EncodingFor(instead, request, problem),
                InitialSolution = HeadStart(request, instead),
            };
        }
        var (baseline, noBaseline) = await BaselineAsync(request, problem, budget, pointer, cancellation);
        if (noBaseline is not null)
            return new(noBaseline);
        return await StoreAsync(request, problem, budget, tenant, key, baseline, fallback, cancellation);
    }

    private static bool HasAutoOptions(JobRequest request) =>
        request is { Solver: Auto, Options: { ValueKind: not JsonValueKind.Null } };

    private async Task<Admitted?> FindAsync(IdempotencyRow key, CancellationToken cancellation)
    {
        await using var db = store.Open();
        return await Idempotency.FindAsync(db, key, cancellation);
    }

    /// <summary>Drawn seeds only need to differ; they are echoed, so any run can be repeated.</summary>
    private static long Random53() => BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray(), 8) & ((1L << 53) - 1);

    private void CheckMembers(JobRequest request, Problem problem, SolveBudget budget, string pointer, FaultList faults)
    {
        if (request is { Solver: Auto, Encoding: not null })
            faults.Add(
                FaultCode.NotApplicable,
                $"{pointer}/encoding",
                "\"auto\" chooses among solvers that take the problem as it is: there is nothing to encode."
            );
        if (HasAutoOptions(request) && !problem.Family.ClassicalSolvers.Contains(Auto, StringComparer.Ordinal))
            faults.Add(
                FaultCode.NotApplicable,
                $"{pointer}/options",
                $"Options belong to a solver, and with \"auto\" it is not known which takes this {problem.Family.Id} problem; name the solver."
            );
        BudgetCeilings.Check(budget, options.Value.Limits, $"{pointer}/budget", faults);
        foreach (var (name, value) in request.Tags ?? new Dictionary<string, string>())
            if (name.Length is 0 or > 64 || value.Length > 256 || request.Tags!.Count > 20)
            {
                faults.Add(
                    FaultCode.OverLimit,
                    $"{pointer}/tags",
                    "At most 20 tags, with names of 1 to 64 and values of at most 256 characters."
                );
                break;
            }
    }

    /// <summary>Whether the table can be split as the plan says, by the very folds that the run will make.</summary>
    private void CheckValidation(JobRequest request, Problem problem, string at, FaultList faults)
    {
        if (request.Validate is not { } plan)
            return;
        var limit = options.Value.Limits.SecondsPerSolve * Environment.ProcessorCount;
        if (request.Validate.CpuSeconds > limit)
            faults.Add(
                FaultCode.OverLimit,
                $"{at}/cpuSeconds",
                $"This server allows cpuSeconds up to {limit:R}, got {plan.CpuSeconds:R}.",
                plan.CpuSeconds,
                limit
            );
        if (problem is FeatureSelectionProblem features)
        {
            if (OuterFolds.Exist(features, plan, request.Seed!.Value, at, faults))
                ValidationWork.Of(features, plan, plan.Candidates, at, faults);
        }
        else
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"Feature subsets are trained and validated; a {problem.Family.Id} problem has none."
            );
    }

    private void CheckInitialSolution(JobRequest request, Problem problem, string pointer, FaultList faults)
    {
        if (request.InitialSolution is not { ValueKind: not JsonValueKind.Null } given)
            return;
        var at = $"{pointer}/initialSolution";
        // An unknown solver is refused further on, with the names of those that are known.
        if (catalog.TryGet(request.Solver, out var solver) && !solver.Info.AcceptsInitialSolution)
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"{request.Solver} does not start from a given answer; solvers with acceptsInitialSolution do."
            );
        else
            problem.ReadSolution(given, at, faults);
    }

    /// <summary>The solver of the job beside this one; null when there is none.</summary>
    private async Task<(string? Solver, Refusal? Refusal)> BaselineAsync(
        JobRequest request,
        Problem problem,
        SolveBudget budget,
        string pointer,
        CancellationToken cancellation
    )
    {
        var at = $"{pointer}/baseline";
        var paradigm = catalog.ParadigmOf(request.Solver, request.Options);
        if (request.Baseline is not { } wanted)
            return options.Value.IsProduction && paradigm == Paradigm.Quantum
                ? (
                    null,
                    Refusal.Of(
                        FaultCode.BaselineRequired,
                        at,
                        "In production a quantum job needs a classical baseline: set \"baseline\": \"auto\"."
                    )
                )
                : (null, null);

        return await ClassicalAsync(wanted, at, request, problem, budget, pointer, cancellation);
    }

    /// <inheritdoc cref="ClassicalChoice.ChooseAsync"/>
    private async Task<(string? Solver, Refusal? Refusal)> ClassicalAsync(
        string wanted,
        string at,
        JobRequest request,
        Problem problem,
        SolveBudget budget,
        string pointer,
        CancellationToken cancellation
    )
    {
        var chosen = await classical.ChooseAsync(
            wanted,
            at,
            problem,
            budget,
            cancellation,
            request.Encoding,
            $"{pointer}/encoding"
        );
        return (
            chosen.Solver,
            chosen.Unsupported is { } unfit ? SolverAdmission.Unfit(new(wanted, null, at, at), unfit) : chosen.Refusal
        );
    }

    /// <summary>Job, baseline and key in one transaction: a repeated request finds all of them or none.</summary>
    private async Task<Admitted> StoreAsync(
        JobRequest request,
        Problem problem,
        SolveBudget budget,
        string tenant,
        IdempotencyRow? key,
        string? baseline,
        FallbackRef? fallback,
        CancellationToken cancellation
    )
    {
        var limit = options.Value.Limits.JobsPerTenant;
        var seed = request.Seed!.Value;
        var admitted = await store.WriteAsync(
            async db =>
            {
                if (key is not null)
                {
                    // Another request with the same key may have come in between.
                    if (await Idempotency.FindAsync(db, key, cancellation) is { } known)
                        return known;
                    await Idempotency.ForgetOldAsync(db, key.CreatedAt, cancellation);
                }
                var open = await db.Jobs.CountAsync(
                    j =>
                        j.Tenant == tenant
                        && (j.State == JobState.Queued || j.State == JobState.Running)
                        && j.Lane == 0,
                    cancellation
                );
                var added = baseline is null ? 1 : 2;
                if (open + added > limit)
                    return new Admitted(
                        Refusal.TooMany(
                            $"{open} jobs are queued or running and this request adds {added}; the limit is {limit}."
                        )
                    );

                await ProblemLibrary.AddAsync(db, tenant, problem, store.Now, cancellation);
                var job = NewJob(request, request.Solver, problem, budget, seed, tenant);
                var beside = baseline is null ? null : NewJob(request, baseline, problem, budget, seed, tenant);
                var samples = request.Return?.Samples ?? new ReturnRequest().Samples;
                if (beside is not null)
                    Add(
                        db,
                        beside,
                        new(null, budget, samples, false, null)
                        {
                            InitialSolution = HeadStart(request, baseline!),
                            Encoding = EncodingFor(baseline!, request, problem),
                        }
                    );
                Add(
                    db,
                    job,
                    new(
                        request.Options,
                        budget,
                        samples,
                        request.Return?.Trace ?? false,
                        beside is null ? null : new(beside.Id, beside.Solver)
                    )
                    {
                        InitialSolution = request.InitialSolution,
                        Encoding = request.Encoding,
                        Validate = request.Validate,
                        Fallback = fallback,
                    }
                );
                if (key is not null)
                {
                    key.Subject = job.Id;
                    db.IdempotencyKeys.Add(key);
                }
                return new Admitted(job.Id, Replayed: false);
            },
            cancellation
        );
        queue.Wake();
        return admitted;
    }

    /// <summary>The same encoding for whoever needs one, so that two QUBO solvers solve the same QUBO.</summary>
    private EncodingRequest? EncodingFor(string solver, JobRequest request, Problem problem) =>
        catalog.EncodingFor(solver, problem.Family.Id, request.Encoding);

    /// <summary>A head start is no merit of the method: the baseline gets it, too, where it can use it.</summary>
    private JsonElement? HeadStart(JobRequest request, string baseline) =>
        catalog.TryGet(baseline, out var solver) && solver.Info.AcceptsInitialSolution ? request.InitialSolution : null;

    private static void Add(QaiwDbContext db, JobRow job, StoredRequest request)
    {
        db.Jobs.Add(job);
        db.Payloads.Add(
            new PayloadRow
            {
                Tenant = job.Tenant,
                JobId = job.Id,
                Request = JsonSerializer.Serialize(request, StrictJson.Options),
            }
        );
        JobLedger.AppendEvent(db, job, "state", new JsonObject { ["state"] = job.State });
    }

    private JobRow NewJob(
        JobRequest request,
        string solver,
        Problem problem,
        SolveBudget budget,
        long seed,
        string tenant
    )
    {
        var now = store.Now;
        return new()
        {
            Tenant = tenant,
            Id = Guid.CreateVersion7().ToString(),
            State = JobState.Queued,
            Solver = solver,
            Family = problem.Family.Id,
            ProblemId = problem.Id,
            Priority = request.Priority,
            Sequence = now,
            Seed = seed,
            Tags = request.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
            SubmittedAt = now,
            DeadlineAt = budget.DeadlineSeconds is { } seconds ? now + (long)(seconds * 1e6) : null,
            TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
            TraceParent = Activity.Current?.Id,
        };
    }
}

/// <summary>What came of a submission.</summary>
internal sealed record Admitted
{
    public Admitted(string id, bool Replayed) => (Id, this.Replayed) = (id, Replayed);

    public Admitted(Refusal refusal) => Refusal = refusal;

    /// <summary>Of the job or the benchmark.</summary>
    public string? Id { get; }

    /// <summary>True when the idempotency key had been used for it before.</summary>
    public bool Replayed { get; }

    public Refusal? Refusal { get; }
}

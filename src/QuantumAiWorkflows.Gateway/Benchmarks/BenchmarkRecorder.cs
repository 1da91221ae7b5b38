using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Takes a suite: checks it, completes it with what a fair comparison needs, and plans its runs.</summary>
internal sealed class BenchmarkRecorder(
    Store store,
    BenchmarkReader reader,
    SuiteResolver resolver,
    EntrantPlanner entrantPlanner,
    CalibrationPlanner calibrationPlanner,
    SolverAdmission solvers,
    ClassicalChoice classical,
    SolverCatalog catalog,
    BenchmarkWriter writer,
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
        BudgetCeilings.Check(suite.Budget, options.Value.Limits, "/budget", faults);
        // Before the instances are made: it takes none of them to count the runs.
        if (IsTooLong(suite, suite.Solvers.Count * (long)suite.Instances.Count * suite.Seeds.Count, faults))
            return new(Refusal.Of(faults));
        if (suite.Gate?.CompareWith is { } earlier)
            // Found out at the end, it would have cost the whole benchmark.
            if ((await reader.FindAsync(tenant, earlier.ToString(), cancellation)).Refusal is { } unknownEarlier)
                return new(unknownEarlier);
        var (instances, refusal) = await resolver.ResolveAsync(suite, tenant, faults, cancellation);
        if (!faults.IsEmpty || instances is null)
            return new(refusal ?? Refusal.Of(faults));

        suite = ById(suite, instances);
        var (entrants, unknown) = await entrantPlanner.PlanAsync(
            suite,
            instances,
            BenchmarkSpec.BudgetOf(suite),
            cancellation
        );
        if (entrants is null)
            return new(unknown!);
        var calibration = calibrationPlanner.Plan(suite, entrants, instances);
        return await PlanAsync(
            new(suite, entrants, calibration?.Calibration),
            instances,
            calibration?.Instances ?? [],
            null,
            tenant,
            key,
            cancellation
        );
    }

    /// <summary>
    /// Runs a benchmark again, as a new one: the same suite, entrants and order. What its calibration said is kept, not
    /// measured again.
    /// </summary>
    public async Task<Admitted> ReplayAsync(BenchmarkRow row, CancellationToken cancellation)
    {
        var spec = BenchmarkSpec.Of(row);
        var faults = new FaultList();
        var (instances, refusal) = await resolver.ResolveAsync(spec.Suite, row.Tenant, faults, cancellation);
        return !faults.IsEmpty || instances is null
            ? new(refusal ?? Refusal.Of(faults))
            : await PlanAsync(spec, instances, [], row, row.Tenant, null, cancellation);
    }

    private async Task<Admitted> PlanAsync(
        BenchmarkSpec spec,
        IReadOnlyList<ResolvedInstance> instances,
        IReadOnlyList<ResolvedInstance> calibration,
        BenchmarkRow? replayOf,
        string tenant,
        IdempotencyRow? key,
        CancellationToken cancellation
    )
    {
        var plan = BenchmarkPlan.Of(
            spec.Suite,
            spec.Entrants,
            replayOf is null ? spec.Calibration : null,
            CompilesPerProblem
        );
        var faults = new FaultList();
        if (IsTooLong(spec.Suite, plan.Runs.Count, faults))
            return new(Refusal.Of(faults));
        var fit = new BenchmarkFit(solvers, classical, catalog);
        var longest = options.Value.Limits.SecondsPerSolve;
        if (await fit.SettleAsync(spec, instances, calibration, longest, cancellation) is { } refusal)
            return new(refusal);
        return await writer.WriteAsync(spec, plan, fit, instances, calibration, replayOf, tenant, key, cancellation);
    }

    private bool IsTooLong(Suite suite, long planned, FaultList faults)
    {
        var limit = options.Value.Limits.RunsPerBenchmark;
        if (planned <= limit)
            return false;
        var own = (long)suite.Solvers.Count * suite.Instances.Count * suite.Seeds.Count;
        faults.Add(
            FaultCode.OverLimit,
            "",
            $"The suite plans {planned} runs{(planned > own ? $", {planned - own} of them warm-up, ablation and calibration" : "")}; this server takes {limit}.",
            planned,
            limit
        );
        return true;
    }

    /// <summary>An ablation has no circuit to compile.</summary>
    private bool CompilesPerProblem(PlannedEntrant entrant) =>
        entrant.AblationOf is null
        && catalog.TryGet(entrant.Solver.Id, out var solver)
        && solver.Info.CompilesPerProblem;

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
}

using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Decides whether a job may enter, before anything runs, and puts it into the queue.</summary>
internal sealed class JobAdmission(
    JobChecks checks,
    ProblemLibrary library,
    SolverAdmission solvers,
    ClassicalChoice classical,
    SolverCatalog catalog,
    JobWriter writer,
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
        if (key is not null && await writer.FindAsync(key, cancellation) is { } known)
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
        checks.Check(request, problem, budget, pointer, faults);
        if (!faults.IsEmpty)
            return new(Refusal.Of(faults));

        // Where the family has a solver of that name, options are meant for it, and for nobody that might stand in.
        if (request.Solver == Auto && !JobChecks.HasAutoOptions(request))
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
            request = request with
            {
                Solver = chosen,
                InitialSolution = catalog.HeadStartFor(chosen, request.InitialSolution),
            };
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
                Encoding = catalog.EncodingFor(instead, problem.Family.Id, request.Encoding),
                InitialSolution = catalog.HeadStartFor(instead, request.InitialSolution),
            };
        }
        var (baseline, noBaseline) = await BaselineAsync(request, problem, budget, pointer, cancellation);
        if (noBaseline is not null)
            return new(noBaseline);
        return await writer.WriteAsync(request, problem, budget, tenant, key, baseline, fallback, cancellation);
    }

    /// <summary>Drawn seeds only need to differ; they are echoed, so any run can be repeated.</summary>
    private static long Random53() => BitConverter.ToInt64(Guid.CreateVersion7().ToByteArray(), 8) & ((1L << 53) - 1);

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
}

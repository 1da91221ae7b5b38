using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <param name="SolverPointer">Where the solver's id stands in the request.</param>
/// <param name="OptionsPointer">Where its options stand.</param>
internal sealed record SolverEntry(string Solver, JsonElement? Options, string SolverPointer, string OptionsPointer)
{
    /// <summary>How the problem becomes a QUBO; null for the default, where one is needed.</summary>
    public EncodingRequest? Encoding { get; init; }

    /// <summary>Where it stands.</summary>
    public string EncodingPointer { get; init; } = "/encoding";
}

/// <summary>Asks the desk whether a solver takes a problem with these options and this budget.</summary>
internal sealed class SolverAdmission(SolverCatalog catalog, Desk desk, IOptions<QaiwOptions> options)
{
    /// <summary>The refusal for the client; null when the solver takes it.</summary>
    public async Task<Refusal?> CheckAsync(
        Problem problem,
        SolverEntry entry,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        var (unsupported, refusal) = await FitAsync(problem, entry, budget, cancellation);
        return unsupported is null ? refusal : Unfit(entry, unsupported);
    }

    /// <summary>A refusal of the solver as a client gets it, with the numbers.</summary>
    public static Refusal Unfit(SolverEntry entry, RunError unsupported)
    {
        var faults = new FaultList();
        faults.Add(
            FaultCode.DoesNotFit,
            entry.SolverPointer,
            unsupported.Message,
            unsupported.Needed,
            unsupported.Limit
        );
        return Refusal.Of(faults);
    }

    /// <summary>
    /// Why the solver does not take the problem, or what is wrong with the request; neither when it takes it. A benchmark
    /// records the first as a result.
    /// </summary>
    public async Task<(RunError? Unsupported, Refusal? Refusal)> FitAsync(
        Problem problem,
        SolverEntry entry,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        if (Unknown(entry) is { } unknown)
            return (null, unknown);
        if (Missing(entry) is { } missing)
            return (new(RunErrors.Unsupported, missing), null);
        var (reply, refusal) = await AskAsync(problem, entry, budget, cancellation);
        return reply?.Refusal is { } reason
            ? (
                new(RunErrors.Unsupported, reason)
                {
                    Needed = reply.Needed,
                    Limit = reply.Limit,
                    Unit = reply.Unit,
                },
                null
            )
            : (null, refusal);
    }

    private Refusal? Unknown(SolverEntry entry)
    {
        if (catalog.All.Count == 0)
            return Refusal.Unavailable("The solvers are still starting.");
        return catalog.TryGet(entry.Solver, out _)
            ? null
            : Refusal.Of(
                FaultCode.UnknownSolver,
                entry.SolverPointer,
                $"No solver \"{entry.Solver}\"; known are {string.Join(", ", catalog.All.Select(s => s.Info.Id))}."
            );
    }

    /// <summary>Why the solver cannot run here and will not; one that is being prepared is waited for in the queue.</summary>
    private string? Missing(SolverEntry entry) =>
        catalog.TryGet(entry.Solver, out var solver) && solver is { Unavailable: { } reason, BecomesAvailable: false }
            ? $"{entry.Solver} is not available here: {reason}"
            : null;

    private async Task<(CheckReply? Reply, Refusal? Refusal)> AskAsync(
        Problem problem,
        SolverEntry entry,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        try
        {
            var reply = await desk.CheckAsync(
                id => new CheckRequest(
                    id,
                    entry.Solver,
                    new RawJson(problem.CanonicalBytes),
                    entry.Options,
                    entry.OptionsPointer,
                    options.Value.Limits.WithMemory(budget)
                )
                {
                    Encoding = entry.Encoding,
                    EncodingPointer = entry.EncodingPointer,
                },
                cancellation
            );
            if (reply.Faults.Count == 0)
                return (reply, null);
            var faults = new FaultList();
            foreach (var fault in reply.Faults)
                faults.Add(fault);
            return (null, Refusal.Of(faults));
        }
        catch (ChildLostException)
        {
            return (
                null,
                Refusal.Unavailable("The solver process that checks requests has just been lost; it restarts.")
            );
        }
        catch (ChildRequestFailedException e)
        {
            return (null, Refusal.Unavailable($"The request could not be checked: {e.Message}"));
        }
    }
}

using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Estimates;

/// <summary>Reads a request as a job would be read, asks the desk, and puts prices to the answer.</summary>
internal sealed class Estimator(
    ProblemLibrary library,
    SolverAdmission solvers,
    SolverCatalog catalog,
    Desk desk,
    Pricing pricing,
    IOptions<QaiwOptions> options
)
{
    private const double BytesPerGib = 1L << 30;

    /// <summary>Estimates are made one after the other, and each may take seconds: more than these would only time out.</summary>
    private const int MostAtOnce = 8;

    private int _open;

    public async Task<(EstimateView? View, Refusal? Refusal)> EstimateAsync(
        JsonElement body,
        string tenant,
        CancellationToken cancellation
    )
    {
        var faults = new FaultList();
        if (StrictJson.Read<EstimateBody>(body, "", faults) is not { } request)
            return (null, Refusal.Of(faults));
        var (problem, refusal) = await library.ProblemOfAsync(
            request.Problem,
            request.ProblemId,
            "",
            tenant,
            faults,
            cancellation
        );
        if (refusal is not null)
            return (null, refusal);
        var profiles = Known(
            request.HardwareProfiles,
            [.. HardwareProfile.BuiltIn.Select(p => p.Id)],
            "/hardwareProfiles",
            "hardware profile",
            faults
        );
        var lists = Known(request.PriceLists, [.. pricing.Ids], "/priceLists", "price list", faults);
        var budget = Budget(request, faults);
        if (problem is null || !faults.IsEmpty)
            return (null, Refusal.Of(faults));

        var entry = new SolverEntry(request.Solver, request.Options, "/solver", "/options")
        {
            Encoding = request.Encoding,
        };
        var (unsupported, no) = await solvers.FitAsync(problem, entry, budget, cancellation);
        if (no is not null)
            return (null, no);
        if (!catalog.TryGet(request.Solver, out var solver) || !solver.Takes(problem.Family.Id))
            return (null, SolverAdmission.Unfit(entry, unsupported!));
        var (estimate, lost) = await AskAsync(problem, entry, budget, new(profiles, request.ErrorBudget));
        return estimate is null
            ? (null, lost)
            : (
                new(
                    new(problem.Id, problem.Family.Id, problem.NumVariables, problem.NumInteractions),
                    new(solver.Info.Id, solver.Info.Version, catalog.ParadigmOf(solver.Info.Id, request.Options)),
                    budget,
                    Priced(estimate.Machine, unsupported, lists),
                    estimate.Circuit,
                    [.. estimate.Hardware.Select(fit => Priced(fit, lists))],
                    estimate.FaultTolerant,
                    estimate.Note
                ),
                null
            );
    }

    /// <summary>All ids that exist where none are given; a fault for each that does not exist or comes twice.</summary>
    private static IReadOnlyList<string> Known(
        IReadOnlyList<string>? given,
        IReadOnlyList<string> known,
        string pointer,
        string what,
        FaultList faults
    )
    {
        if (given is null)
            return known;
        for (var i = 0; i < given.Count; i++)
            if (!known.Contains(given[i], StringComparer.Ordinal))
                faults.Add(
                    FaultCode.UnknownValue,
                    $"{pointer}/{i}",
                    $"No {what} has this id; known are {string.Join(", ", known)}."
                );
            else if (given.Take(i).Contains(given[i], StringComparer.Ordinal))
                faults.Add(FaultCode.DuplicateEntry, $"{pointer}/{i}", $"The {what} \"{given[i]}\" is given twice.");
        return given;
    }

    private SolveBudget Budget(EstimateBody request, FaultList faults)
    {
        var budget = request.Budget ?? new();
        if (request.Shots is { } shots)
        {
            if (budget.Shots is not null)
                faults.Add(
                    FaultCode.Conflict,
                    "/shots",
                    "\"shots\" and \"budget.shots\" say the same thing; give one of them."
                );
            budget = budget with { Shots = shots };
        }
        BudgetCeilings.Check(budget, options.Value.Limits, "/budget", faults);
        var countsShots = catalog.TryGet(request.Solver, out var solver) && solver.Info.CountsShots;
        return budget.OrDefaultTime(countsShots);
    }

    private async Task<(ResourceEstimate? Estimate, Refusal? Refusal)> AskAsync(
        Problem problem,
        SolverEntry entry,
        SolveBudget budget,
        EstimateWishes wishes
    )
    {
        if (Interlocked.Increment(ref _open) > MostAtOnce)
        {
            Interlocked.Decrement(ref _open);
            return (null, Refusal.Unavailable($"{MostAtOnce} estimates are being made already."));
        }
        try
        {
            var reply = await desk.EstimateAsync(
                id =>
                    new(id, entry.Solver, new RawJson(problem.CanonicalBytes), entry.Options, budget, wishes)
                    {
                        Encoding = entry.Encoding,
                    },
                // The desk works on, whoever has gone away: its place is free when it has answered.
                CancellationToken.None
            );
            return (reply.Estimate, null);
        }
        catch (ChildLostException)
        {
            return (
                null,
                Refusal.Unavailable("The solver process that makes estimates has just been lost; it restarts.")
            );
        }
        catch (ChildRequestFailedException e)
        {
            return (null, Refusal.Unavailable($"The estimate could not be made: {e.Message}"));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private MachineEstimate Priced(MachineEstimate machine, RunError? unsupported, IReadOnlyList<string> lists) =>
        machine with
        {
            Fits = unsupported is null,
            Reason = unsupported?.Message,
            Needed = unsupported?.Needed,
            Limit = unsupported?.Limit,
            Unit = unsupported?.Unit,
            // What ends the run at the latest is a price from above; without either nothing can be said.
            Costs =
                unsupported is null && (machine.Seconds ?? machine.SecondsAtMost) is { } seconds
                    ? Costs(
                        new()
                        {
                            CpuSecond = Math.Min(seconds, machine.SecondsAtMost ?? seconds),
                            MemoryGibSecond =
                                machine.MemoryBytes / BytesPerGib * Math.Min(seconds, machine.SecondsAtMost ?? seconds),
                        },
                        lists,
                        _ => true
                    )
                    : null,
        };

    private HardwareFit Priced(HardwareFit fit, IReadOnlyList<string> lists)
    {
        return fit with { OneCircuit = With(fit.OneCircuit), Search = With(fit.Search) };

        HardwareWork? With(HardwareWork? work) =>
            work is null
                ? null
                : work with
                {
                    Costs = Costs(work.ToUsage(), lists, l => l.HardwareProfile == fit.Profile && l.PricesQpu),
                };
    }

    private List<EstimatedCost> Costs(Usage usage, IReadOnlyList<string> lists, Func<PriceList, bool> applies) =>
        [.. lists.Select(id => pricing.Find(id)!).Where(applies).Select(list => EstimatedCost.Of(usage, list))];
}

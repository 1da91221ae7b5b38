using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Who runs a cell of a plan: the entrant's solver, the one that "auto" chose, or nobody and why.</summary>
/// <param name="Solver">Its id; the entrant's own where nobody takes the problem.</param>
internal sealed record CellFit(string Solver, RunError? Unsupported);

/// <summary>Asks for every pair of instance and entrant, calibration included, whether the solver takes it.</summary>
internal sealed class BenchmarkFit(SolverAdmission solvers, ClassicalChoice classical, SolverCatalog catalog)
{
    private readonly Dictionary<(bool Calibration, string Instance, string Entrant), CellFit> _cells = [];

    public CellFit this[PlannedRun run] => _cells[(run.Calibration is not null, run.Instance, run.Entrant)];

    /// <summary>Null when every cell is settled; a request that is wrong, or cannot be checked now, otherwise.</summary>
    public async Task<Refusal?> SettleAsync(
        BenchmarkSpec spec,
        IReadOnlyList<ResolvedInstance> instances,
        IReadOnlyList<ResolvedInstance> calibration,
        double longest,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < spec.Entrants.Count; i++)
        {
            var solver = spec.Entrants[i].Solver;
            var budget = BenchmarkSpec.BudgetOf(spec.Suite);
            // What the recorder added stands behind the client's own and has no place in the request.
            var at = i < spec.Suite.Solvers.Count ? $"/solvers/{i}" : "/solvers";
            // Applied to instances that need it, the others run as they are; where none does, it is refused like a job's.
            var isNeeded = instances.Any(i => Needed(solver.Id, i.Problem, solver.Encoding) is not null);
            foreach (var instance in instances)
                if (
                    await SettleAsync(
                        (false, instance.Instance.Name, solver.Entrant),
                        new(solver.Id, solver.Options, $"{at}/id", $"{at}/options")
                        {
                            Encoding = isNeeded
                                ? Needed(solver.Id, instance.Problem, solver.Encoding)
                                : solver.Encoding,
                            EncodingPointer = $"{at}/encoding",
                        },
                        instance.Problem,
                        budget,
                        cancellation
                    ) is
                    { } refusal
                )
                    return refusal;
        }
        foreach (var entrant in spec.Calibration?.Entrants ?? [])
        {
            var budget = spec.RequestOf(entrant.Name, warmUp: false, calibration: true, longest).Budget;
            // Lookalikes of one problem differ in nothing that a solver refuses by, so one answer does for all of a size.
            var settled = new Dictionary<(int, long), CellFit>();
            foreach (var instance in calibration)
            {
                var cell = (true, instance.Instance.Name, entrant.Name);
                var size = (instance.Problem.NumVariables, instance.Problem.NumInteractions);
                if (settled.TryGetValue(size, out var known))
                {
                    _cells[cell] = known;
                    continue;
                }
                if (
                    await SettleAsync(
                        cell,
                        new(entrant.SolverId, entrant.Options, "/calibration", "/calibration")
                        {
                            Encoding = Needed(entrant.SolverId, instance.Problem, entrant.Encoding),
                            EncodingPointer = "/calibration",
                        },
                        instance.Problem,
                        budget,
                        cancellation
                    ) is
                    { } refusal
                )
                    return refusal;
                settled[size] = _cells[cell];
            }
        }
        return null;
    }

    private EncodingRequest? Needed(string solver, Problem problem, EncodingRequest? asked) =>
        catalog.EncodingFor(solver, problem.Family.Id, asked);

    private async Task<Refusal?> SettleAsync(
        (bool, string, string) cell,
        SolverEntry entry,
        Problem problem,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        ChosenSolver chosen;
        if (entry.Solver == SuiteSolver.Auto)
            chosen = await classical.ChooseAsync(entry.Solver, entry.SolverPointer, problem, budget, cancellation);
        else
        {
            var (unsupported, refusal) = await solvers.FitAsync(problem, entry, budget, cancellation);
            chosen = new(entry.Solver, unsupported, refusal);
        }
        _cells[cell] = new(chosen.Solver ?? entry.Solver, chosen.Unsupported);
        return chosen.Refusal;
    }
}

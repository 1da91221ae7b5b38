using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Finds the classical solver for a problem: the one asked for, or for "auto" the first of its family's that takes it.</summary>
internal sealed class ClassicalChoice(SolverAdmission solvers, SolverCatalog catalog)
{
    public const string Auto = SuiteSolver.Auto;

    /// <param name="wanted">A solver's id, or "auto".</param>
    /// <param name="at">Where it stands in the request.</param>
    /// <param name="encoding">For one that takes the problem only as a QUBO; null for the default one.</param>
    /// <param name="encodingAt">Where that stands.</param>
    public async Task<ChosenSolver> ChooseAsync(
        string wanted,
        string at,
        Problem problem,
        SolveBudget budget,
        CancellationToken cancellation,
        EncodingRequest? encoding = null,
        string encodingAt = ""
    )
    {
        var last = new ChosenSolver(null, null, null);
        foreach (var id in wanted == Auto ? problem.Family.ClassicalSolvers : [wanted])
        {
            if (catalog.TryGet(id, out var found) && found.Info.Paradigm == Paradigm.Quantum)
                return new(
                    null,
                    null,
                    Refusal.Of(
                        FaultCode.NotApplicable,
                        at,
                        $"{id} is a quantum solver; a classical one is asked for here."
                    )
                );
            var entry = new SolverEntry(id, null, at, at)
            {
                Encoding = catalog.EncodingFor(id, problem.Family.Id, encoding),
                EncodingPointer = encodingAt,
            };
            var (unsupported, refusal) = await solvers.FitAsync(problem, entry, budget, cancellation);
            if (unsupported is null && refusal is null)
                return new(id, null, null);
            last = new(null, unsupported, refusal);
        }
        return last;
    }
}

/// <summary>Exactly one of the three.</summary>
/// <param name="Unsupported">Why the last one tried does not take the problem.</param>
/// <param name="Refusal">What is wrong with the request, or that it cannot be checked now.</param>
internal sealed record ChosenSolver(string? Solver, RunError? Unsupported, Refusal? Refusal);

using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Quantum;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>The solvers of the product, and what each needs to be run by a test that knows none of them.</summary>
internal static class Registered
{
    public static IReadOnlyList<ISolver> All { get; } =
    [.. ClassicalSolvers.All, .. QuantumSolvers.All, .. HybridSolvers.All];

    /// <summary>For solvers that call others.</summary>
    public static SolverRegistry Registry { get; } = new(All);

    /// <summary>
    /// Defaults, but for what only costs time: asking Q# for the final state of every run, and, for a solver that calls
    /// others, a circuit for every sub-problem. Its own tests have it call qaoa.
    /// </summary>
    public static object Options(ISolver solver)
    {
        using var quick = JsonDocument.Parse(
            solver.Info.Id == "qaoa" ? """{"crossCheckQubits":0}"""
            : solver.Info.SubSolver is not null ? """{"subSolver":"random"}"""
            : "{}"
        );
        return solver.ReadOptions(quick.RootElement, "", new())!;
    }

    /// <summary>Skips the test, or fails it on the build server, when the solver needs the Q# module and it is absent.</summary>
    public static SolveContext Context(
        ISolver solver,
        SolveBudget budget,
        long seed = 1,
        Action<Solution, double?>? onIncumbent = null,
        CancellationToken? cancellation = null,
        double? stopSeconds = null
    ) =>
        new(budget, seed, cancellation ?? CancellationToken.None)
        {
            OnIncumbent = onIncumbent,
            StopTimeSeconds = stopSeconds ?? budget.TimeSeconds,
            CacheDirectory = solver.Info is { Paradigm: Paradigm.Quantum, SubSolver: null } ? QSharpCache.Folder : null,
            Solvers = Registry,
        };
}

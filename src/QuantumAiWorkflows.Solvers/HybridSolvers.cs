using QuantumAiWorkflows.Solvers.HybridDecomposition;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Solvers that hand sub-problems to others, which decide what their runs are. They know no other solver but by the id that
/// their options name. A new one is a folder beside this file and a line here.
/// </summary>
public static class HybridSolvers
{
    public static IReadOnlyList<ISolver> All { get; } = [new HybridDecompositionSolver()];
}

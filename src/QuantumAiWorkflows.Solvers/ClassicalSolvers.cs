using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Every classical solver. A new one is a folder beside this file and a line here.</summary>
public static class ClassicalSolvers
{
    public static IReadOnlyList<ISolver> All { get; } = [];
}

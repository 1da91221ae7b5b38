using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.RecursiveQaoa;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum;

/// <summary>Every quantum solver. A new one is a folder beside this file and a line here.</summary>
public static class QuantumSolvers
{
    public static IReadOnlyList<ISolver> All { get; } = [new QaoaSolver(), new RecursiveQaoaSolver()];
}

using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>What a child works with: every solver, and the folder of compiled modules.</summary>
internal sealed class SolverHostServices(string cacheDirectory)
{
    public SolverRegistry Solvers { get; } =
        new([.. ClassicalSolvers.All, .. QuantumSolvers.All, .. HybridSolvers.All]);

    public string CacheDirectory { get; } = cacheDirectory;
}

using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Base of solvers for raw QUBO and Ising problems; they work on <see cref="QuboProblem.Model"/> or on its terms.</summary>
public abstract class QuboSolver<TOptions> : Solver<QuboProblem, TOptions>
    where TOptions : class, new()
{
    public override IReadOnlyList<string> Families { get; } = [QuboFamily.Instance.Id];

    /// <summary>True when something the solver polls ends the run; else a method without an end of its own must set one.</summary>
    private protected static bool EndsByBudget(SolveBudget budget) =>
        budget.TimeSeconds is not null || budget.CpuSeconds is not null || budget.Evaluations is not null;
}

using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Base of solvers for raw QUBO and Ising problems; they work on <see cref="QuboProblem.Model"/> or on its terms.</summary>
public abstract class QuboSolver<TOptions> : Solver<QuboProblem, TOptions>
    where TOptions : class, new()
{
    public override IReadOnlyList<string> Families { get; } = [QuboFamily.Instance.Id];

    /// <summary>
    /// True when the client gave a limit that ends the run; else a method without an end of its own must set one. Asked
    /// of the budget alone: a server's stop clock is a safeguard, and must not change what a request means.
    /// </summary>
    private protected static bool EndsByBudget(SolveBudget budget) =>
        budget.TimeSeconds is not null
        || budget.CpuSeconds is not null
        || budget.Evaluations is not null
        || budget.DeterministicSeconds is not null
        || budget.MaxCost is not null
        || budget.DeadlineSeconds is not null;
}

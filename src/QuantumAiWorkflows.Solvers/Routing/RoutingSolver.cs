using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>Base of solvers for routing problems as they are posed.</summary>
public abstract class RoutingSolver<TOptions> : Solver<RoutingProblem, TOptions>
    where TOptions : class, new()
{
    public override IReadOnlyList<string> Families { get; } = [RoutingFamily.Instance.Id];

    /// <summary>
    /// True when the client gave a limit that ends the run; else a method without an end of its own must set one. Asked of the
    /// budget alone: a server's stop clock is a safeguard, and must not change what a request means.
    /// </summary>
    private protected static bool EndsByBudget(SolveBudget budget) =>
        ReferenceEquals(budget, budget.OrDefaultTime(countsShots: false));
}

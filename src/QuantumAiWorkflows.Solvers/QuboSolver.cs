using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.Presolve;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Base of solvers for raw QUBO and Ising problems; they work on <see cref="QuboProblem.Model"/> or on its terms.</summary>
public abstract class QuboSolver<TOptions> : Solver<QuboProblem, TOptions>
    where TOptions : class, new()
{
    public override IReadOnlyList<string> Families { get; } = [QuboFamily.Instance.Id];

    /// <summary>Beyond so many interactions a refusal is not looked into: a request must be answered within about a second.</summary>
    private const int LargestPresolvedInCheck = 1_000_000;

    /// <summary>
    /// A problem beyond the solver's size may be within it once it is presolved: what the quickest reductions leave decides.
    /// </summary>
    public sealed override Applicability Check(Problem problem, object options, SolveBudget budget)
    {
        var whole = base.Check(problem, options, budget);
        if (
            whole is not Applicability.Unsupported { Limit: not null }
            || options is not PresolvableOptions { Presolve: true }
            || problem is not QuboProblem { NumInteractions: <= LargestPresolvedInCheck } qubo
        )
            return whole;
        var left = PresolvedQubo.Of(qubo, PresolveLimits.Quick, () => false);
        foreach (var part in left.Remainders)
            if (base.Check(part, options, budget) is Applicability.Unsupported no)
                return no with
                {
                    Reason =
                        $"Presolved, the problem has {left.Metrics.VariablesLeft} variables and {left.Metrics.InteractionsLeft} interactions in {left.Metrics.Components} parts; {no.Reason}",
                };
        return Applicability.Yes;
    }

    public sealed override SolveOutcome Solve(Problem problem, object options, SolveContext context) =>
        options is PresolvableOptions { Presolve: true }
            ? new PresolvedRun(
                (QuboProblem)problem,
                context,
                Info.AcceptsInitialSolution,
                part => base.Check(part, options, context.Budget) is Applicability.Supported,
                (part, inner) => base.Solve(part, options, inner)
            ).Execute()
            : base.Solve(problem, options, context);

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

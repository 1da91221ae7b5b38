using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Roster;

/// <summary>
/// The best roster of a run by the referee's own judgement: a feasible one before any other, then the lower objective. Begins
/// with the run's initial solution where there is one.
/// </summary>
internal sealed class BestRoster
{
    private readonly RosterProblem _problem;
    private readonly SolveContext _context;

    public BestRoster(RosterProblem problem, SolveContext context)
    {
        (_problem, _context) = (problem, context);
        if (context.InitialSolution is RosterSolution initial)
            Offer(initial, null);
    }

    /// <summary>Null until something was offered.</summary>
    public RosterSolution? Solution { get; private set; }

    public double Objective { get; private set; }

    public bool IsFeasible { get; private set; }

    /// <summary>Keeps and reports a roster when it is strictly better.</summary>
    public void Offer(RosterSolution solution, double? bound)
    {
        var (objective, violations) = _problem.Evaluate(solution);
        var isFeasible = violations.Count == 0;
        if (Solution is not null && (isFeasible == IsFeasible ? objective >= Objective : IsFeasible))
            return;
        (Solution, Objective, IsFeasible) = (solution, objective, isFeasible);
        _context.Report(solution, bound);
    }

    public SolveOutcome ToOutcome(double? bound, bool isProven = false) =>
        Solution is { } best
            ? new SolveOutcome.Found(best, bound, isProven)
            : new SolveOutcome.NothingFound(
                "No roster that keeps all hard constraints was found before the run ended, and it was not shown that there is none."
            );
}

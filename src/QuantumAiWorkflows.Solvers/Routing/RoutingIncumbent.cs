using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// The best plan of a run by the referee: a feasible one before all others, then the lower objective; of plans that are not
/// feasible the one with fewer violations. Begins with the run's initial solution where there is one.
/// </summary>
internal sealed class RoutingIncumbent
{
    private readonly RoutingProblem _problem;
    private readonly SolveContext _context;
    private Evaluation? _evaluation;

    public RoutingIncumbent(RoutingProblem problem, SolveContext context)
    {
        (_problem, _context) = (problem, context);
        if (context.InitialSolution is RoutingSolution initial)
            Offer(initial);
    }

    public RoutingSolution? Best { get; private set; }

    public bool IsFeasible => _evaluation?.IsFeasible == true;

    /// <summary>Keeps and reports a plan that is strictly the best so far; true if it was.</summary>
    public bool Offer(RoutingSolution plan, double? bound = null)
    {
        var evaluation = _problem.Evaluate(plan);
        if (_evaluation is { } best && !IsBetter(evaluation, best))
            return false;
        (Best, _evaluation) = (plan, evaluation);
        _context.Report(plan, bound);
        return true;
    }

    /// <summary>The outcome of a run that proves nothing.</summary>
    public SolveOutcome ToOutcome() =>
        Best is { } best
            ? new SolveOutcome.Found(best)
            : new SolveOutcome.NothingFound("The run was stopped before the first plan.");

    private static bool IsBetter(Evaluation left, Evaluation right) =>
        left.Violations.Count != right.Violations.Count
            ? left.Violations.Count < right.Violations.Count
            : left.Objective < right.Objective;
}

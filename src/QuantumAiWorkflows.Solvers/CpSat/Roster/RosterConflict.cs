using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>
/// Hard constraints of an infeasible roster that no plan keeps together, as few as possible. First a core: all constraints
/// behind assumed literals, without presolve, of which CP-SAT names those that its proof used. Then a deletion filter
/// (Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3,
/// 1991): whatever the rest is infeasible without goes, in blocks first, then one by one. Always on one thread.
/// </summary>
internal sealed class RosterConflict(RosterProblem problem, RosterQuestions questions)
{
    /// <summary>
    /// Deterministic seconds for the core. Behind literals a sum relaxes to nothing, so that counting arguments can take for ever;
    /// then the filter begins with all constraints.
    /// </summary>
    private const double CoreSeconds = 5;

    /// <summary>Deterministic seconds for one question of the filter; without an answer the constraint stays, unproven.</summary>
    private const double QuestionSeconds = 20;

    public Conflict Find()
    {
        var guarded = RosterModel.Guarded(problem);
        var core = Core(guarded);
        var isProven = true;
        for (var block = Math.Max(1, core.Count / 2); ; block = Math.Max(1, block / 2))
        {
            for (var at = 0; at < core.Count; )
            {
                var without = core.Where((_, k) => k < at || k >= at + block).ToList();
                var status = questions.IsOver
                    ? CpSolverStatus.Unknown
                    : questions.Ask(RosterModel.Hard(problem, without.ToHashSet()).Model, QuestionSeconds).Status;
                if (status == CpSolverStatus.Infeasible)
                {
                    core = without;
                    continue;
                }
                // What is feasible without this one stays so without others that go later: each needs only one answer.
                if (block == 1 && status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
                    isProven = false;
                at += block;
            }
            if (block == 1)
                break;
        }
        return new(
            [.. core.Select(k => guarded.Constraints[k]).Select(c => new ConflictingConstraint(c.Name, c.Pointer))],
            isProven
        );
    }

    /// <summary>Indices of constraints that are infeasible together: those of CP-SAT's proof, or all when it ran out of time.</summary>
    private List<int> Core(RosterModel guarded)
    {
        var all = Enumerable.Range(0, guarded.Constraints.Count).ToList();
        if (questions.IsOver)
            return all;
        var (status, response) = questions.Ask(guarded.Model, CoreSeconds, "cp_model_presolve:false");
        if (status != CpSolverStatus.Infeasible || response.SufficientAssumptionsForInfeasibility.Count == 0)
            return all;
        var index = guarded.Guards.Index().ToDictionary(g => g.Item, g => g.Index);
        return [.. response.SufficientAssumptionsForInfeasibility.Select(literal => index[literal]).Order()];
    }
}

using System.Globalization;
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
/// <param name="spentSeconds">Deterministic seconds of the run so far.</param>
internal sealed class RosterConflict(
    RosterProblem problem,
    CpSatOptions options,
    SolveContext context,
    double spentSeconds
)
{
    /// <summary>
    /// Deterministic seconds for the core. Behind literals a sum relaxes to nothing, so that counting arguments can take for ever;
    /// then the filter begins with all constraints.
    /// </summary>
    private const double CoreSeconds = 5;

    /// <summary>Deterministic seconds for one question of the filter; without an answer the constraint stays, unproven.</summary>
    private const double QuestionSeconds = 20;

    private double _spentSeconds = spentSeconds;

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
                var status = IsOver
                    ? CpSolverStatus.Unknown
                    : Ask(RosterModel.Hard(problem, without.ToHashSet()).Model);
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
        if (IsOver)
            return all;
        var search = Search(guarded.Model, CoreSeconds, "cp_model_presolve:false");
        if (search.Run(context, _ => { }) != CpSolverStatus.Infeasible)
            return Spend(search, all);
        var index = guarded.Guards.Index().ToDictionary(g => g.Item, g => g.Index);
        var used = search.Response!.SufficientAssumptionsForInfeasibility;
        return Spend(search, used.Count == 0 ? all : [.. used.Select(literal => index[literal]).Order()]);
    }

    private CpSolverStatus Ask(CpModel model)
    {
        var search = Search(model, QuestionSeconds, "");
        var status = search.Run(context, _ => { });
        return Spend(search, status);
    }

    private CpSatSearch Search(CpModel model, double seconds, string more) =>
        new(
            model,
            0,
            string.Create(
                CultureInfo.InvariantCulture,
                $"num_workers:1 random_seed:{context.Seed % int.MaxValue} linearization_level:{options.LinearizationLevel} max_deterministic_time:{Math.Min(seconds, SecondsLeft):R} {more}"
            )
        );

    private double SecondsLeft =>
        context.Budget.DeterministicSeconds is { } all ? Math.Max(0, all - _spentSeconds) : double.MaxValue;

    private bool IsOver => context.ShouldStop() || SecondsLeft <= 0;

    private T Spend<T>(CpSatSearch search, T result)
    {
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        _spentSeconds += search.Response?.DeterministicTime ?? 0;
        return result;
    }
}

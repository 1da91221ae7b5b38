using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>CP-SAT on rosters: answers with bounds, proofs, and for a roster that has no answer the constraints that conflict.</summary>
public sealed class CpSatRosterSolver : Solver<RosterProblem, CpSatOptions>
{
    /// <summary>Assumed when a budget is checked: one literal of a constraint, built and handed to CP-SAT.</summary>
    public const double MicrosecondsPerTerm = 1;

    /// <summary>Assumed when a memory budget is checked: one literal in the model, its copies and CP-SAT's presolve.</summary>
    public const double BytesPerTerm = 500;

    /// <summary>Some gigabytes; beyond it the model is not built at all.</summary>
    private const long MaxTerms = 30_000_000;

    private const double BuildShare = 0.3;

    public override SolverInfo Info => CpSatSolver.About;

    public override IReadOnlyList<string> Families { get; } = [RosterFamily.Instance.Id];

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(RosterProblem problem, CpSatOptions options, SolveBudget budget)
    {
        var terms = RosterModel.CountTerms(problem);
        if (terms > MaxTerms)
            return new Applicability.Unsupported(
                $"cp-sat does not fit: the model has about {terms} literals, the limit is {MaxTerms}.",
                terms,
                MaxTerms,
                "literals"
            );
        var seconds = terms * MicrosecondsPerTerm * 1e-6;
        var allowed =
            BuildShare * Math.Min(budget.TimeSeconds ?? double.MaxValue, budget.CpuSeconds ?? double.MaxValue);
        // A hundredth at least: the smallest budgets are for the smallest problems.
        if (seconds > Math.Max(allowed, 0.01))
            return new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"cp-sat does not fit: building {terms} literals takes about {seconds:0.###} s, {BuildShare:P0} of the budget are {allowed:0.###} s."
                ),
                seconds,
                allowed,
                "seconds"
            );
        var megabytes = terms * BytesPerTerm * 1e-6;
        if (megabytes > budget.MemoryMegabytes)
            return new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"cp-sat does not fit: {terms} literals need about {megabytes:0} MB, the budget allows {budget.MemoryMegabytes} MB."
                ),
                megabytes,
                budget.MemoryMegabytes,
                "megabytes"
            );
        return Applicability.Yes;
    }

    protected override SolveOutcome Solve(RosterProblem problem, CpSatOptions options, SolveContext context)
    {
        var best = new BestRoster(problem, context);
        if (context.ShouldStop())
            return best.ToOutcome(null);
        RosterModel model;
        using (context.Stage("encode"))
            model = RosterModel.Whole(problem);
        if (best.Solution is { } initial)
            model.Hint(initial);

        var bound = double.NegativeInfinity;
        var search = new CpSatSearch(model.Model, problem.NumVariables, CpSatSolver.Parameters(options, context));
        var status = search.Run(
            context,
            news =>
            {
                // Answers may arrive after the last one that the budget allows; taking no news keeps runs repeatable.
                if (context.EvaluationsLeft == 0)
                    return;
                var isTighter = news.Bound > bound;
                bound = Math.Max(bound, news.Bound);
                if (news.Bits is { } bits)
                {
                    context.CountEvaluations(1);
                    best.Offer(RosterModel.ToSolution(problem, bits), Whole(bound));
                }
                else if (isTighter && best.Solution is { } standing)
                    context.Report(standing, Whole(bound));
            }
        );
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        if (status == CpSolverStatus.ModelInvalid)
            throw new InvalidOperationException($"CP-SAT takes no such model: {model.Model.Validate()}");

        if (status == CpSolverStatus.Infeasible)
            using (context.Stage("explain"))
                return new SolveOutcome.Infeasible(
                    new RosterConflict(problem, options, context, search.Response?.DeterministicTime ?? 0).Find()
                );
        var isProven =
            status == CpSolverStatus.Optimal
            && context.StoppedBy != StoppedBy.Evaluations
            && best.IsFeasible
            && best.Objective == Whole(bound);
        // Neither a proof nor a stop of ours: the only other limit it knows is its own deterministic time.
        if (!isProven && status != CpSolverStatus.Optimal && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
        return best.ToOutcome(Whole(bound), isProven);
    }

    /// <summary>Objectives are whole, so a bound is, too; CP-SAT hands it out as a double. Null without one.</summary>
    private static double? Whole(double bound) => double.IsFinite(bound) ? Math.Ceiling(bound - 1e-6) : null;
}

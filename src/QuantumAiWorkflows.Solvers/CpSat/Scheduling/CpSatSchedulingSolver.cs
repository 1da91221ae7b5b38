using Google.OrTools.Sat;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Solvers.DispatchingRules;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Scheduling;

/// <summary>
/// The part of cp-sat for schedules. It begins with a short run of priority rules and tabu search: a good schedule as a hint,
/// and for the makespan a horizon that is tight from the start, take much of the search away.
/// </summary>
public sealed class CpSatSchedulingSolver : Solver<SchedulingProblem, CpSatOptions>
{
    /// <summary>Assumed when a budget is checked: one interval, use or precedence in the model.</summary>
    public const double MicrosecondsPerPart = 30;

    /// <summary>Assumed when a memory budget is checked: the same in the model, its copies and CP-SAT's presolve.</summary>
    public const double BytesPerPart = 6000;

    /// <summary>The first schedule may take this share of the time or CPU budget.</summary>
    private const double StartShare = 0.2;

    public override SolverInfo Info => CpSatSolver.About;

    public override IReadOnlyList<string> Families { get; } = [SchedulingFamily.Instance.Id];

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(SchedulingProblem problem, CpSatOptions options, SolveBudget budget) =>
        new ModelSize(Parts(problem), "intervals, uses and precedences", MicrosecondsPerPart, BytesPerPart).Within(
            budget
        );

    protected override ResourceEstimate Estimate(
        SchedulingProblem problem,
        CpSatOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => ResourceEstimate.OfClassical((long)(Parts(problem) * BytesPerPart), budget);

    protected override SolveOutcome Solve(SchedulingProblem problem, CpSatOptions options, SolveContext context)
    {
        var shop = new DispatchModel(problem);
        var best = new BestSchedule(shop, context);
        if (context.ShouldStop())
            return best.Solution is { } given
                ? new SolveOutcome.Found(given)
                : new SolveOutcome.NothingFound("The run was stopped before the first schedule.");
        using (context.Stage("start"))
            OfferStart(shop, best, context);
        if (!best.IsOver)
            Search(shop, best, options, context);
        return new SolveOutcome.Found(best.Solution!, best.Bound, IsProven: best.Score == best.Bound);
    }

    /// <summary>Counts as one evaluation, however many schedules it looks at.</summary>
    private static void OfferStart(DispatchModel shop, BestSchedule best, SolveContext context)
    {
        var evaluations = Math.Clamp(100 * shop.Count, 200, 10_000);
        var prelude = new SolveContext(
            new SolveBudget { Evaluations = evaluations },
            context.Seed,
            context.Cancellation
        )
        {
            StopTimeSeconds = StartShare * (context.StopTimeSeconds - context.ElapsedSeconds),
            StopCpuSeconds = StartShare * (context.StopCpuSeconds - context.CpuSeconds),
            InitialSolution = best.Solution,
        };
        var found = new BestSchedule(shop, prelude, context);
        DispatchingRulesSolver.Run(shop, new(), found, prelude);
        var start = shop.ToCandidate(found.Solution!, found.Score);
        best.Offer(start.Starts, start.Ways);
    }

    private static void Search(DispatchModel shop, BestSchedule best, CpSatOptions options, SolveContext context)
    {
        ScheduleModel model;
        using (context.Stage("encode"))
            model = new(shop, shop.ToCandidate(best.Solution!, best.Score), best.Bound);
        var run = new CpSatRun<Candidate>(model.Model, model.Read, CpSatSolver.Parameters(options, context));
        var status = run.Run(
            context,
            news =>
            {
                // Answers may arrive after the last one that the budget allows; taking no news keeps runs repeatable.
                if (context.EvaluationsLeft == 0)
                    return;
                // Objectives are whole, so the bound is, too; CP-SAT hands it out as a double.
                if (double.IsFinite(news.Bound))
                    best.Raise(Math.Min((long)WholeBound.Of(news.Bound), best.Score));
                if (news.Answer is { } answer)
                    best.Offer(answer.Starts, answer.Ways);
            }
        );
        if (run.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        if (status is CpSolverStatus.Infeasible or CpSolverStatus.ModelInvalid)
            throw new InvalidOperationException($"CP-SAT says {status} of a model that has a schedule.");
        // Neither a proof nor a stop of ours: the only other limit it knows is its own deterministic time.
        if (status != CpSolverStatus.Optimal && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
    }

    private static long Parts(SchedulingProblem problem) =>
        problem.Tasks.Sum(t => t.After.Length + t.Modes.Sum(m => 1L + m.Uses.Length));
}

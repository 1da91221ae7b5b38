using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solvers.Roster;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>
/// One run on a roster: a short annealing, for an answer at once; then rounds of the whole model, for proofs and bounds, of annealing
/// and of <see cref="RosterImprovement"/>, for good answers; each twice as long as the one before. Rounds end by deterministic
/// seconds, so that runs under a count repeat.
/// </summary>
internal sealed class RosterSearch(RosterProblem problem, RosterQuestions questions, SolveContext context)
{
    /// <summary>Deterministic seconds of the first round: small rosters are proven within it.</summary>
    private const double FirstRound = 2;

    /// <summary>
    /// Of the time of a round of the whole model. What is not proven in the first one rarely is in a later one, so most of the time
    /// goes to better answers.
    /// </summary>
    private const double ImprovementShare = 4;

    /// <summary>Likewise of annealing, whose rosters the improvement begins with.</summary>
    private const double AnnealingShare = 1.5;

    /// <summary>Of annealing, that are taken for a deterministic second.</summary>
    private const double ProposalsPerSecond = 3_000_000;

    /// <summary>Of the time or CPU budget that is left, for one annealing at most.</summary>
    private const double MostOfBudget = 0.3;

    /// <summary>The first annealing, for each person and day, and in all.</summary>
    private const long StartProposals = 500,
        MostStartProposals = 300_000;

    /// <summary>More than any annealing here has: its count is what cools it.</summary>
    private const int MostSweeps = 100_000_000;

    private readonly BestRoster _best = new(problem, context);
    private double _bound = double.NegativeInfinity;
    private int _annealings;

    public SolveOutcome Run()
    {
        if (context.ShouldStop())
            return _best.ToOutcome(null);
        RosterModel model;
        using (context.Stage("encode"))
            model = RosterModel.Whole(problem);
        using (context.Stage("start"))
            Anneal(Math.Min(StartProposals * problem.Staff.Count * problem.Days, MostStartProposals));
        var improvement = new RosterImprovement(problem, questions, context, _best);
        var status = CpSolverStatus.Unknown;
        for (var seconds = FirstRound; ; seconds *= 2)
        {
            if (_best.Solution is { } hint)
                model.Hint(hint);
            status = questions.Solve(model.Model, problem.NumVariables, seconds, Take);
            if (status is CpSolverStatus.Infeasible or CpSolverStatus.Optimal || questions.IsOver)
                break;
            if (!_best.IsFeasible && FindFeasible(seconds) == CpSolverStatus.Infeasible)
            {
                status = CpSolverStatus.Infeasible;
                break;
            }
            Anneal((long)Math.Min(AnnealingShare * seconds * ProposalsPerSecond, long.MaxValue / 2));
            if (_best.IsFeasible)
                improvement.Run(ImprovementShare * seconds, Whole(_bound));
            if (questions.IsOver || MeetsBound)
                break;
        }

        if (status == CpSolverStatus.Infeasible)
            using (context.Stage("explain"))
                return new SolveOutcome.Infeasible(new RosterConflict(problem, questions).Find());
        var isProven = MeetsBound && context.StoppedBy != StoppedBy.Evaluations;
        // Neither a proof nor a stop of ours: the only other limit is that of deterministic seconds.
        if (!isProven && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
        return _best.ToOutcome(Whole(_bound), isProven);
    }

    /// <summary>One read of annealing. Counts as one evaluation, however many rosters it looks at.</summary>
    private void Anneal(long proposals)
    {
        if (questions.IsOver)
            return;
        context.CountEvaluations(1);
        var seconds = Math.Min(proposals / ProposalsPerSecond, questions.SecondsLeft);
        questions.Charge(seconds);
        SolveContext? part = null;
        part = new(
            new() { Evaluations = Math.Max(1, (long)(seconds * ProposalsPerSecond)) },
            // Another one each time.
            context.Seed + _annealings++,
            context.Cancellation
        )
        {
            StopCpuSeconds = MostOfBudget * (context.StopCpuSeconds - context.CpuSeconds),
            StopTimeSeconds = MostOfBudget * (context.StopTimeSeconds - context.ElapsedSeconds),
            OnIncumbent = (roster, _) =>
            {
                _best.Offer((RosterSolution)roster, Whole(_bound));
                if (context.StoppedBy is { } reason)
                    part!.RequestStop(reason);
            },
        };
        var oneRead = new SimulatedAnnealingOptions { Reads = 1, Sweeps = MostSweeps };
        RosterAnnealingSolver.Run(
            problem,
            oneRead,
            new(problem, part),
            part,
            byClock: context.Budget is { Evaluations: null, DeterministicSeconds: null }
        );
    }

    /// <summary>A proof, whichever of the two came last: bounds are of the whole model, which is exact.</summary>
    private bool MeetsBound => _best.IsFeasible && _best.Objective == Whole(_bound);

    private void Take(CpSatNews news)
    {
        // Answers may arrive after the last one that the budget allows; taking no news keeps runs repeatable.
        if (context.EvaluationsLeft == 0)
            return;
        var isTighter = news.Bound > _bound;
        _bound = Math.Max(_bound, news.Bound);
        if (news.Bits is { } bits)
        {
            context.CountEvaluations(1);
            _best.Offer(RosterModel.ToSolution(problem, bits), Whole(_bound));
        }
        else if (isTighter && _best.Solution is { } standing)
            context.Report(standing, Whole(_bound));
    }

    /// <summary>The hard constraints alone, which leave most rosters one easy problem per person.</summary>
    private CpSolverStatus FindFeasible(double seconds) =>
        questions.Solve(
            RosterModel.Hard(problem, null).Model,
            problem.NumVariables,
            seconds,
            news =>
            {
                if (news.Bits is not { } bits || context.EvaluationsLeft == 0)
                    return;
                context.CountEvaluations(1);
                _best.Offer(RosterModel.ToSolution(problem, bits), Whole(_bound));
            }
        );

    /// <summary>Objectives are whole, so a bound is, too; CP-SAT hands it out as a double. Null without one.</summary>
    private static double? Whole(double bound) => double.IsFinite(bound) ? WholeBound.Of(bound) : null;
}

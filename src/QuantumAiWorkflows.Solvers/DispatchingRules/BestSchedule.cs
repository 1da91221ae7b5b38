using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// The best schedule of a run, and the run's count: an evaluation is one schedule timed. Begins with the run's initial
/// solution where there is one that the referee finds feasible, so that no run ends below it; that one is not counted.
/// </summary>
internal sealed class BestSchedule
{
    private readonly DispatchModel _model;
    private readonly SolveContext _context;
    private readonly SolveContext? _whole;

    /// <param name="whole">The run that this one only prepares: what stops it stops this one, too.</param>
    public BestSchedule(DispatchModel model, SolveContext context, SolveContext? whole = null)
    {
        (_model, _context, _whole) = (model, context, whole);
        Bound = model.LowerBound;
        if (
            context.InitialSolution is SchedulingSolution initial
            && model.Problem.Evaluate(initial) is { IsFeasible: true } evaluation
        )
            Keep(initial, (long)evaluation.Objective);
    }

    public SchedulingSolution? Solution { get; private set; }

    /// <summary>Of <see cref="Solution"/>; without one the largest number.</summary>
    public long Score { get; private set; } = long.MaxValue;

    /// <summary>Proven: no schedule's score is less.</summary>
    public long Bound { get; private set; }

    /// <summary>True when no schedule can be better, or when the budget is spent.</summary>
    public bool IsOver => Score <= Bound || _context.ShouldStop() || _whole?.ShouldStop() == true;

    /// <summary>Takes over what was proven, and reports it when it is more than was known.</summary>
    public void Raise(long bound)
    {
        if (bound <= Bound)
            return;
        Bound = bound;
        if (Solution is not null)
            _context.Report(Solution, Bound);
    }

    /// <summary>Counts a schedule that was timed, and keeps it when it is the best so far; returns its score.</summary>
    public long Offer(int[] starts, int[] ways)
    {
        var score = _model.Score(starts, ways);
        _context.CountEvaluations(1);
        if (score < Score)
            Keep(_model.ToSolution(starts, ways), score);
        return score;
    }

    /// <summary>Counts schedules that were timed and are no improvement.</summary>
    public void Count(int schedules) => _context.CountEvaluations(schedules);

    private void Keep(SchedulingSolution solution, long score)
    {
        (Solution, Score) = (solution, score);
        _context.Report(solution, Bound);
    }
}

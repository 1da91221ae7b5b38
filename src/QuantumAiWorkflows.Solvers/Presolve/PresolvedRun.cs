using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// A run of a solver on what a presolve leaves: every part by itself, the smaller ones first, each with a share of what is
/// left of the budget by its size, so that what a part does not need goes to the larger ones. Answers are reported taken back to the
/// problem as it was posed.
/// </summary>
/// <param name="takes">Whether the solver takes a problem of that size at all.</param>
/// <param name="solve">The solver itself, without a presolve.</param>
internal sealed class PresolvedRun(
    QuboProblem problem,
    SolveContext context,
    bool acceptsInitialSolution,
    Func<QuboProblem, bool> takes,
    Func<QuboProblem, SolveContext, SolveOutcome> solve
)
{
    private readonly Incumbent _incumbent = new(problem, context);
    private Part[] _parts = [];
    private Joint _joint = null!;
    private readonly ClockShares _clocks = new(context);
    private PresolvedQubo _presolved = null!;

    /// <summary>What is known of a remainder; the value is that of the answer, as a minimization.</summary>
    private sealed class Part(QuboProblem problem, QuboSolution answer)
    {
        public QuboProblem Problem => problem;
        public QuboSolution Answer { get; private set; } = answer;
        public double Value { get; private set; } = ValueOf(problem, answer);

        /// <summary>In the problem's sense.</summary>
        public double? Bound { get; private set; }

        public bool IsProven { get; set; }
        public long Size => problem.NumVariables + problem.NumInteractions;

        public bool TryImprove(QuboSolution answer)
        {
            var value = ValueOf(problem, answer);
            if (value >= Value)
                return false;
            (Answer, Value) = (answer, value);
            return true;
        }

        public bool TryTighten(double? bound)
        {
            if (bound is null || Bound is { } known && !problem.IsBetter(known, bound.Value))
                return false;
            Bound = bound;
            return true;
        }

        private static double ValueOf(QuboProblem problem, QuboSolution answer) =>
            problem.ToOwnSense(problem.Evaluate(answer).Objective);
    }

    public SolveOutcome Execute()
    {
        if (context.ShouldStop())
            return _incumbent.ToOutcome();
        _presolved = PresolvedQubo.Of(problem, PresolveLimits.Within(context.Budget), context.ShouldStop);
        _parts = [.. _presolved.Remainders.Zip(Starts(), (p, start) => new Part(p, start))];
        _joint = new(_parts.Sum(p => p.Size), Offer);
        context.CountEvaluations(1);
        Offer();

        IReadOnlyList<Sample> samples = [];
        double? scale = null;
        var (size, sizeLeft) = (_joint.Size, (double)_joint.Size);
        var partsLeft = _parts.Length;
        foreach (var p in Enumerable.Range(0, _parts.Length).OrderBy(p => _parts[p].Size))
        {
            if (context.ShotsLeft <= 0)
                context.RequestStop(StoppedBy.Shots);
            if (context.ShouldStop())
                break;
            // A larger part than the check foresaw, where another one has used up a limit: it keeps its start.
            var outcome = takes(_parts[p].Problem)
                ? Solve(p, _parts[p].Size / sizeLeft, _parts[p].Size / (double)size, partsLeft)
                : null;
            partsLeft--;
            _joint.End(_parts[p].Size);
            sizeLeft -= _parts[p].Size;
            if (outcome is null)
                continue;
            samples = outcome.Samples;
            if (outcome.Scale is { } factor)
                scale = Math.Max(scale ?? factor, factor);
        }
        return Conclude() with
        {
            // Draws of several parts are not draws of the whole.
            Samples =
                _parts.Length == 1
                    ? [.. samples.Select(s => s with { Solution = _presolved.Lift([(QuboSolution)s.Solution]) })]
                    : [],
            Scale = scale,
            Presolve = _presolved.Metrics,
        };
    }

    /// <summary>The client's answer on each remainder; without one, bits of 0.</summary>
    private IReadOnlyList<QuboSolution> Starts() =>
        context.InitialSolution is QuboSolution initial
            ? _presolved.Restrict(initial)
            : [.. _presolved.Remainders.Select(r => r.FromBits(new sbyte[r.NumVariables]))];

    /// <param name="share">Of what is left; 1 for the last part.</param>
    /// <param name="wholeShare">Of all parts together.</param>
    /// <param name="partsLeft">With this one.</param>
    private SolveOutcome Solve(int p, double share, double wholeShare, int partsLeft)
    {
        var part = _parts[p];
        var isLast = share >= 1;
        var (cpu, time) = isLast ? (null, null) : _clocks.Give(share, partsLeft);
        var inner = context.Part(
            ShareOfBudget(share, wholeShare),
            cpu,
            time,
            (best, bound) => Take(part, (QuboSolution)best, bound),
            // One part is the run itself; several must not all draw the same numbers.
            _parts.Length == 1
                ? null
                : context.SeedOf($"part {p}")
        );
        if (context.InitialSolution is not null && acceptsInitialSolution)
            inner.InitialSolution = part.Answer;
        var outcome = solve(part.Problem, inner);
        _clocks.Took();
        if (outcome is SolveOutcome.Found found)
        {
            part.IsProven = found.IsProven;
            Take(part, (QuboSolution)found.Best, found.Bound);
        }
        // What ended the last part ends the run; the others had but a share.
        if (isLast && inner.StoppedBy is { } reason)
            context.RequestStop(reason);
        return outcome;
    }

    private void Take(Part part, QuboSolution answer, double? bound)
    {
        var isTighter = part.TryTighten(bound);
        if (part.TryImprove(answer))
            _joint.Improved(part.Size);
        else if (isTighter && Bound() is { } whole && _incumbent.TryGet(out var best))
            context.Report(best, whole);
    }

    private void Offer() =>
        _incumbent.Offer(problem.ToBits(_presolved.Lift([.. _parts.Select(p => p.Answer)])), Bound());

    /// <summary>Nothing was removed: what holds of the part holds of the problem, to the last bit.</summary>
    private bool IsUntouched => _parts is [var only] && ReferenceEquals(only.Problem, problem);

    /// <summary>
    /// The sum of the parts' bounds, in the problem's sense; null while one has none. Widened by the rounding of the sums where these are not
    /// of whole numbers.
    /// </summary>
    private double? Bound()
    {
        if (_parts.Any(p => p.Bound is null))
            return null;
        var sum = _presolved.Constant + _parts.Sum(p => p.Bound!.Value);
        if (IsUntouched || problem.HasExactObjectives)
            return sum;
        var rounding = Math.ScaleB(problem.Magnitude, -52) * (problem.NumVariables + problem.NumInteractions + 1.0);
        return problem.ToOwnSense(problem.ToOwnSense(sum) - rounding);
    }

    private SolveOutcome Conclude()
    {
        _joint.Flush();
        if (!_incumbent.TryGet(out var best))
            return _incumbent.ToOutcome();
        return (_presolved.IsExact || IsUntouched) && _parts.All(p => p.IsProven)
            ? new SolveOutcome.Found(best, problem.ToOwnSense(_incumbent.Minimized), IsProven: true)
            : new SolveOutcome.Found(best, Bound());
    }

    /// <summary>
    /// Counts and seconds of what is left; of CP-SAT's own seconds, which nobody meters, of the whole. None where the client gave no limit.
    /// </summary>
    private SolveBudget ShareOfBudget(double share, double wholeShare)
    {
        var budget = context.Budget;
        return budget with
        {
            Evaluations = budget.Evaluations is null ? null : Math.Max(1, (long)(share * context.EvaluationsLeft)),
            Shots = budget.Shots is null ? null : Math.Max(1, (int)(share * context.ShotsLeft)),
            CpuSeconds = share * budget.CpuSeconds,
            TimeSeconds = share * budget.TimeSeconds,
            DeterministicSeconds = wholeShare * budget.DeterministicSeconds,
        };
    }
}

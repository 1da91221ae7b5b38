using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solving;

/// <summary>One run of <see cref="ViaQubo"/>: one solve of the QUBO, or with policy iterative several of growing penalties.</summary>
internal sealed class EncodedRun(
    ISolver inner,
    object options,
    SolveContext context,
    QuboEncoding encoding,
    bool? groundStateFeasible
)
{
    /// <summary>Penalties grow up to 2^9 times; a round has half of what is left, so the last would have next to nothing.</summary>
    private const int MaxRounds = 10;

    private const double Raise = 2;

    private readonly Problem _problem = encoding.Problem;
    private QuboEncoding _encoding = encoding;
    private bool? _groundStateFeasible = groundStateFeasible;
    private Answer? _best;

    private sealed record Answer(Solution Solution, Evaluation Evaluation, bool IsRepaired);

    public SolveOutcome Solve()
    {
        var isIterative = _encoding.Request.Penalty.Policy == PenaltyPolicy.Iterative;
        for (var round = 1; ; round++)
        {
            var isPart = isIterative && round < MaxRounds;
            var (outcome, endedByPart) = SolveQubo(isPart);
            var bits = BitsOf(outcome);
            if (isPart && bits is not null && !context.ShouldStop())
            {
                if (TryRaise(bits))
                    continue;
                if (endedByPart)
                    return Conclude(SolveOn(outcome), ++round);
            }
            return Conclude(outcome, round);
        }
    }

    private sbyte[]? BitsOf(SolveOutcome outcome) =>
        outcome is SolveOutcome.Found { Best: QuboSolution best } ? _encoding.Qubo.ToBits(best) : null;

    /// <summary>
    /// Another solve of the same QUBO with all that is left of the budget, where nothing was violated before that was spent: with
    /// other random numbers, as the same ones would find the same again, and from the answer that there is.
    /// </summary>
    /// <returns>The outcome of the lower energy.</returns>
    private SolveOutcome SolveOn(SolveOutcome before)
    {
        var (after, _) = SolveQubo(isPart: false, seed: context.SeedOf("solve on"), from: before);
        return (before, after) switch
        {
            (SolveOutcome.Found first, SolveOutcome.Found second) => _encoding.Qubo.IsBetter(
                _encoding.Qubo.Evaluate(first.Best).Objective,
                _encoding.Qubo.Evaluate(second.Best).Objective
            )
                ? first
                : second,
            (_, SolveOutcome.NothingFound) => before,
            _ => after,
        };
    }

    /// <param name="isPart">Leaves half of the budget to the rounds that may follow.</param>
    /// <param name="seed">Null for the run's.</param>
    /// <param name="from">Whose answer to start from; null for the client's.</param>
    /// <returns>What came of it, and whether it ended because its part of the budget was spent.</returns>
    private (SolveOutcome Outcome, bool EndedByPart) SolveQubo(
        bool isPart,
        long? seed = null,
        SolveOutcome? from = null
    )
    {
        var budget = context.Budget.Within(context.Budget, context.EvaluationsLeft, context.ShotsLeft);
        var part = context.Part(
            isPart ? Half(budget) : budget,
            isPart ? Half(context.StopCpuSeconds - context.CpuSeconds) : null,
            isPart ? Half(context.StopTimeSeconds - context.ElapsedSeconds) : null,
            (best, bound) =>
            {
                if (Improves(_encoding.Decode(_encoding.Qubo.ToBits((QuboSolution)best))))
                    context.Report(_best!.Solution, BoundOf(bound));
            },
            seed
        );
        if (from is SolveOutcome.Found { Best: var known } && inner.Info.AcceptsInitialSolution)
            part.InitialSolution = known;
        else if (context.InitialSolution is { } start && _encoding.Encode(start) is { } bits)
            part.InitialSolution = _encoding.Qubo.FromBits(bits);
        var outcome = inner.Solve(_encoding.Qubo, options, part);
        // What ended the solver ends the run, unless it was only its own part of the budget.
        if (!isPart && part.StoppedBy is { } reason)
            context.RequestStop(reason);
        var isProven = outcome is SolveOutcome.Found { IsProven: true } or SolveOutcome.Infeasible;
        var hasShotsLeft = inner.Info.CountsShots && context.Budget.Shots is not null && context.ShotsLeft > 0;
        return (outcome, isPart && !isProven && (part.StoppedBy is not null || hasShotsLeft));
    }

    /// <summary>Looks at an answer of the solver and, where a repair was asked for, at what that makes of it.</summary>
    private bool Improves(Solution solution)
    {
        var improves = Consider(solution, isRepaired: false);
        if (!_encoding.HasRepair || _problem.Evaluate(solution).IsFeasible)
            return improves;
        using (context.Stage("repair"))
            return Consider(_encoding.Repair(solution), isRepaired: true) || improves;
    }

    /// <summary>Doubles the penalty of every constraint that these bits violate; false when they violate none.</summary>
    private bool TryRaise(sbyte[] bits)
    {
        var violated = _encoding.Violated(bits);
        if (violated.Count == 0)
            return false;
        var penalties = _encoding.Penalties.ToArray();
        foreach (var c in violated)
            penalties[c] *= Raise;
        using (context.Stage("encode"))
        {
            if (_encoding.WithPenalties(penalties) is not { } raised)
                return false;
            _encoding = raised;
            _groundStateFeasible = GroundState.IsFeasible(_encoding, context.ShouldStop);
        }
        return true;
    }

    private SolveOutcome Conclude(SolveOutcome outcome, int rounds)
    {
        var bits = BitsOf(outcome);
        var metrics = EncodingMetrics.Of(_encoding, rounds) with { GroundStateFeasible = _groundStateFeasible };
        if (bits is null)
            return With(NothingFound(outcome), outcome, [], metrics);

        var isRawFeasible = _encoding.IsFeasible(bits);
        List<Sample> samples;
        Solution raw;
        using (context.Stage("decode"))
        {
            raw = _encoding.Decode(bits);
            Consider(raw, isRepaired: false);
            samples = Decode(outcome.Samples);
            // Of the lowest energy is not always what is best: penalties may be too small.
            if (samples.Count > 0)
                Consider(samples[0].Solution, isRepaired: false);
        }
        metrics = metrics with { RawFeasible = isRawFeasible };
        if (_encoding.HasRepair && !isRawFeasible)
            using (context.Stage("repair"))
            {
                var repaired = _encoding.Repair(raw);
                metrics = metrics with { RepairedFeasible = _problem.Evaluate(repaired).IsFeasible };
                Consider(repaired, isRepaired: true);
            }
        metrics = metrics with { Repaired = _best!.IsRepaired };

        var found = (SolveOutcome.Found)outcome;
        // An answer of the lowest energy that violates nothing is optimal: no feasible answer has an energy below it, and
        // energies of feasible answers are their objectives.
        var isProven =
            found.IsProven
            && isRawFeasible
            && _encoding.CoversOptimum
            && _encoding.Qubo.HasExactObjectives
            // The encoding promises as much; a proof does not rest on a promise.
            && _encoding.Qubo.Evaluate(found.Best).Objective == _problem.Evaluate(raw).Objective;
        if (found.IsProven && IsProofOfNone(found))
            return With(new SolveOutcome.Infeasible(), outcome, samples, metrics);
        var bound = isProven ? _problem.Evaluate(raw).Objective : BoundOf(found.Bound);
        return With(new SolveOutcome.Found(_best.Solution, bound, isProven), outcome, samples, metrics);
    }

    /// <summary>
    /// A lowest energy that is worse than any feasible answer's objective could be: there is none. Only penalties of at least
    /// the objective's range make it so.
    /// </summary>
    private bool IsProofOfNone(SolveOutcome.Found found) =>
        _problem.Family.CanBeInfeasible
        && _encoding.CoversOptimum
        && _encoding.Qubo.HasExactObjectives
        && _encoding.Qubo.IsBetter(_encoding.WorstFeasible, _encoding.Qubo.Evaluate(found.Best).Objective);

    /// <summary>
    /// A bound on the QUBO is one on the problem, whatever the penalties: feasible answers have their objectives as energies.
    /// Widened by the rounding of the energies where these are not whole; none where the encoding may leave every best answer
    /// out.
    /// </summary>
    private double? BoundOf(double? bound)
    {
        if (bound is not { } given || !_encoding.CoversOptimum)
            return null;
        var rounding = _encoding.Qubo.HasExactObjectives ? 0 : Rounding * _encoding.Qubo.Magnitude;
        return _problem.Sense == Sense.Minimize ? given - rounding : given + rounding;
    }

    /// <summary>As a share of the magnitude; the referee's for sums of some ten thousand terms.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Keeps an answer when it is the best so far: feasible first, then by objective.</summary>
    private bool Consider(Solution solution, bool isRepaired)
    {
        var evaluation = _problem.Evaluate(solution);
        if (_best is { } best && !IsBetter(evaluation, best.Evaluation))
            return false;
        _best = new(solution, evaluation, isRepaired);
        return true;
    }

    private bool IsBetter(Evaluation left, Evaluation right) =>
        left.IsFeasible != right.IsFeasible ? left.IsFeasible : _problem.IsBetter(left.Objective, right.Objective);

    /// <summary>Distinct answers: several bit strings may stand for one. Feasible ones first, then by objective.</summary>
    private List<Sample> Decode(IReadOnlyList<Sample> samples) =>
        [
            .. samples
                .GroupBy(s => _encoding.Decode(_encoding.Qubo.ToBits((QuboSolution)s.Solution)), s => s.Occurrences)
                .Select(g => (Sample: new Sample(g.Key, g.Sum()), Evaluation: _problem.Evaluate(g.Key)))
                .OrderByDescending(s => s.Evaluation.IsFeasible)
                .ThenBy(s => _problem.Sense == Sense.Minimize ? s.Evaluation.Objective : -s.Evaluation.Objective)
                .ThenBy(s => s.Sample.Solution)
                .Select(s => s.Sample),
        ];

    private SolveOutcome NothingFound(SolveOutcome outcome) =>
        _best is { } best ? new SolveOutcome.Found(best.Solution)
        : outcome is SolveOutcome.NothingFound nothing ? nothing
        : new SolveOutcome.NothingFound("The solver of the QUBO gave no answer.");

    /// <summary>What only the solver knows passes through: its circuits, its sub-problems, its scale.</summary>
    private static SolveOutcome With(
        SolveOutcome answer,
        SolveOutcome ofQubo,
        IReadOnlyList<Sample> samples,
        EncodingMetrics metrics
    ) =>
        answer with
        {
            Samples = samples,
            Quantum = ofQubo.Quantum,
            Ran = ofQubo.Ran,
            Scale = ofQubo.Scale,
            Presolve = ofQubo.Presolve,
            Decomposition = ofQubo.Decomposition,
            SubProblems = ofQubo.SubProblems,
            Auto = ofQubo.Auto,
            Encoding = metrics,
        };

    private static SolveBudget Half(SolveBudget budget) =>
        budget with
        {
            Evaluations = budget.Evaluations is { } count ? Math.Max(1, count / 2) : null,
            Shots = budget.Shots is { } shots ? Math.Max(1, shots / 2) : null,
            CpuSeconds = Half(budget.CpuSeconds),
            TimeSeconds = Half(budget.TimeSeconds),
            DeterministicSeconds = Half(budget.DeterministicSeconds),
        };

    private static double? Half(double? amount) => amount / 2;
}

using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Presolve;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>What there is to solve: the parts that a presolve leaves, or the problem as it is where a presolve would be idle.</summary>
internal sealed class Parts
{
    /// <summary>
    /// Beyond this many interactions a problem is taken as it is: dense ones have nothing to remove, and looking for it costs
    /// about as much as laying the problem out for a solver.
    /// </summary>
    public const int PresolvedInteractions = 200_000;

    /// <summary>From this budget on the presolve has all of its limits; below, those that take milliseconds.</summary>
    private const double FullPresolveSeconds = 2;

    /// <summary>An evaluation in seconds, roughly, where only a count says how long a run may take.</summary>
    private const double SecondsPerEvaluation = 5e-9;

    private readonly QuboProblem _problem;
    private readonly PresolvedQubo? _presolved;

    private Parts(QuboProblem problem, PresolvedQubo? presolved)
    {
        (_problem, _presolved) = (problem, presolved);
        Remainders = presolved?.Remainders ?? [problem];
    }

    /// <summary>In the problem's own sense.</summary>
    public IReadOnlyList<QuboProblem> Remainders { get; }

    /// <summary>Null where there was none.</summary>
    public PresolveMetrics? Metrics => _presolved?.Metrics;

    /// <summary>Nothing was removed: what holds of the part holds of the problem, to the last bit.</summary>
    private bool IsUntouched => Remainders is [var only] && ReferenceEquals(only, _problem);

    /// <summary>Whether parts that are optimal are so together: sums of others are only exact up to rounding.</summary>
    public bool AreExact => IsUntouched || _presolved!.IsExact;

    public static Parts Of(QuboProblem problem, SolveContext context, double? seconds)
    {
        if (problem.NumInteractions > PresolvedInteractions)
            return new(problem, null);
        var expected = seconds ?? context.Budget.Evaluations * SecondsPerEvaluation ?? double.PositiveInfinity;
        var limits = expected < FullPresolveSeconds ? PresolveLimits.Quick : PresolveLimits.Within(context.Budget);
        return new(problem, PresolvedQubo.Of(problem, limits, context.ShouldStop));
    }

    /// <summary>The answer of the problem for one of each part.</summary>
    public QuboSolution Lift(IReadOnlyList<QuboSolution> answers) => _presolved?.Lift(answers) ?? answers[0];

    /// <summary>An answer of every part to begin with: the client's, where there is one, else bits of 0.</summary>
    public IReadOnlyList<QuboSolution> Starts(QuboSolution? initial) =>
        initial is null ? [.. Remainders.Select(r => r.FromBits(new sbyte[r.NumVariables]))]
        : _presolved is null ? [initial]
        : _presolved.Restrict(initial);

    /// <summary>
    /// The sum of the parts' bounds, in the problem's sense; null while one has none. Widened by the rounding of the sum
    /// where that is not of whole numbers.
    /// </summary>
    public double? Bound(IReadOnlyList<double?> bounds)
    {
        if (bounds.Any(b => b is null))
            return null;
        if (IsUntouched)
            return bounds[0];
        var sum = (_presolved?.Constant ?? 0) + bounds.Sum(b => b!.Value);
        if (_problem.HasExactObjectives)
            return sum;
        var rounding = Math.ScaleB(_problem.Magnitude, -52) * (_problem.NumVariables + _problem.NumInteractions + 1.0);
        return _problem.ToOwnSense(_problem.ToOwnSense(sum) - rounding);
    }
}

using System.Diagnostics.CodeAnalysis;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// The best answer of a run. Answers compare by the problem's own objective, recomputed from its terms, never by what a
/// kernel accumulated: so no rounding of a kernel decides which answer is reported. Begins with the run's initial
/// solution where there is one, so that no run ends below it; scoring that is not counted as an evaluation.
/// </summary>
internal sealed class Incumbent
{
    private readonly QuboProblem _problem;
    private readonly SolveContext _context;
    private readonly sbyte[] _values;

    public Incumbent(QuboProblem problem, SolveContext context)
    {
        (_problem, _context) = (problem, context);
        _values = new sbyte[problem.NumVariables];
        if (context.InitialSolution is QuboSolution initial)
            Offer(problem.ToBits(initial));
    }

    /// <summary>Null until something was offered.</summary>
    public QuboSolution? Best { get; private set; }

    /// <summary>Of <see cref="Best"/>, as a minimization: negated when the problem maximizes. Infinite without one.</summary>
    public double Minimized { get; private set; } = double.PositiveInfinity;

    /// <summary>The problem's own objective for bits of its model, as a minimization. O(n + m), allocates nothing.</summary>
    public double Score(ReadOnlySpan<sbyte> bits)
    {
        bits.CopyTo(_values);
        if (_problem.Vartype == Vartype.Spin)
            foreach (ref var value in _values.AsSpan())
                value = (sbyte)(2 * value - 1);
        return _problem.ToOwnSense(_problem.Terms.Evaluate(_values));
    }

    /// <summary>Scores bits, keeps and reports them when they are strictly the best so far; returns their score.</summary>
    public double Offer(ReadOnlySpan<sbyte> bits, double? bound = null)
    {
        var score = Score(bits);
        Keep(bits, score, bound);
        return score;
    }

    /// <summary>As <see cref="Offer"/>, for bits whose score is known.</summary>
    public void Keep(ReadOnlySpan<sbyte> bits, double score, double? bound = null)
    {
        if (Best is not null && score >= Minimized)
            return;
        Best = _problem.FromBits(bits);
        Minimized = score;
        _context.Report(Best, bound);
    }

    /// <summary>The outcome of a run that proves nothing.</summary>
    public SolveOutcome ToOutcome() => TryGet(out var best) ? new SolveOutcome.Found(best) : Nothing;

    public bool TryGet([NotNullWhen(true)] out QuboSolution? best) => (best = Best) is not null;

    private static SolveOutcome.NothingFound Nothing { get; } = new("The run was stopped before the first assignment.");
}

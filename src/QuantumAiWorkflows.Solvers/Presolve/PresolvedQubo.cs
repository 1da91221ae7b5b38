using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// A QUBO reduced to what has to be searched: some variables are fixed, some follow from others, what is left falls into
/// parts that share no interaction. An optimum of every part, taken back, is an optimum of the problem, and an answer of the parts, whatever it is,
/// has an objective of <see cref="Constant"/> plus theirs.
/// </summary>
/// <remarks>
/// With whole coefficients (also over a common scale, <see cref="IntegerModel.Exact"/>) everything is done in whole
/// numbers. With others only two things are: variables without an effect that their neighbours could turn around are fixed, where that
/// holds by more than all rounding of their rows, and parts are told apart. The coefficients that are left then take up
/// those of fixed neighbours in doubles, and are as exact as such sums are.
/// </remarks>
internal sealed class PresolvedQubo
{
    private readonly QuboProblem _problem;
    private readonly WorkingQubo _qubo;
    private readonly List<int[]> _parts;

    private PresolvedQubo(QuboProblem problem, WorkingQubo qubo, IntegerModel model, List<int[]> parts)
    {
        (_problem, _qubo, _parts) = (problem, qubo, parts);
        IsExact = model.IsExact;
        (Remainders, Constant) = new RemainderBuilder(problem, qubo, model).Build(parts);
    }

    /// <summary>False where coefficients are not whole: then optima before and after agree up to the rounding of sums.</summary>
    public bool IsExact { get; }

    /// <summary>
    /// One problem for each part, in the sense and unit of the original, over bits; none when everything is solved. Very
    /// small parts, which stages beyond their limits may leave, are put together in one. The original itself when nothing could be removed.
    /// </summary>
    public IReadOnlyList<QuboProblem> Remainders { get; }

    /// <summary>In the original's sense, its offset included; remainders have none.</summary>
    public double Constant { get; }

    public required PresolveMetrics Metrics { get; init; }

    /// <param name="shouldStop">Asked every some thousand operations; what was done until then stays done.</param>
    public static PresolvedQubo Of(QuboProblem problem, PresolveLimits limits, Func<bool> shouldStop)
    {
        var model = IntegerModel.Exact(problem) ?? IntegerModel.Rounded(problem);
        return new Reduction(problem, model, limits, shouldStop).Run();
    }

    /// <summary>The answer of the original for one of each remainder.</summary>
    public QuboSolution Lift(IReadOnlyList<QuboSolution> answers)
    {
        if (answers.Count != Remainders.Count)
            throw new ArgumentException($"Expected {Remainders.Count} answers, got {answers.Count}.", nameof(answers));
        var bits = new sbyte[_problem.NumVariables];
        for (var p = 0; p < answers.Count; p++)
        {
            var part = Remainders[p].ToBits(answers[p]);
            for (var v = 0; v < part.Length; v++)
                bits[_parts[p][v]] = part[v];
        }
        _qubo.Complete(bits);
        return _problem.FromBits(bits);
    }

    /// <summary>
    /// Of each remainder the answer that an answer of the original has there. Taken back, these are never worse than the
    /// original's: every reduction is best whatever the others are.
    /// </summary>
    public IReadOnlyList<QuboSolution> Restrict(QuboSolution answer)
    {
        var bits = _problem.ToBits(answer);
        return [.. _parts.Select((part, p) => Remainders[p].FromBits([.. part.Select(i => bits[i])]))];
    }

    internal static PresolvedQubo Made(
        QuboProblem problem,
        WorkingQubo qubo,
        IntegerModel model,
        List<int[]> parts,
        PresolveMetrics metrics
    ) => new(problem, qubo, model, parts) { Metrics = metrics };
}

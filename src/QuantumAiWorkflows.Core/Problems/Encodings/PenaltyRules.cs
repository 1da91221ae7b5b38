using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>What a violated constraint costs, by policy.</summary>
/// <remarks>
/// F. Glover, G. Kochenberger, Y. Du, A tutorial on formulating and using QUBO models, 4OR 17, 2019, for penalties as such;
/// A. Verma, M. Lewis, Penalty and partitioning techniques to improve performance of QUBO solvers, Discrete Optimization 44,
/// 2022; M. Ayodele, Penalty weights in QUBO formulations: permutation problems, EvoCOP 2022, for MOMC; E. Alessandroni et
/// al., Alleviating the quantum Big-M problem, 2023, for what penalties that are too large do.
/// </remarks>
internal static class PenaltyRules
{
    /// <summary>Largest value of a client's.</summary>
    private const double MaxValue = 1e12;

    /// <summary>One for each constraint; null when a fault was added.</summary>
    /// <param name="objective">As a minimization.</param>
    public static double[]? Apply(
        PenaltyRequest request,
        QuboTerms objective,
        IReadOnlyList<EncodedConstraint> constraints,
        FaultList faults
    )
    {
        var given = request.Values ?? new Dictionary<string, double>();
        CheckValues(given, constraints, faults);
        if (request.Policy == PenaltyPolicy.Fixed)
            foreach (var constraint in constraints.Where(c => Given(c, given) is null))
            {
                faults.Add(
                    FaultCode.MissingMember,
                    StrictJson.Append("/penalty/values", constraint.Kind),
                    $"Policy fixed needs a value for constraint {constraint.Name}, by its name or its kind {constraint.Kind}."
                );
                if (faults.IsFull)
                    break;
            }
        if (!faults.IsEmpty)
            return null;
        var whole = objective.IsIntegral;
        var change = new FlipBounds(objective).Most;
        var all = Tidy(
            request.Policy switch
            {
                PenaltyPolicy.ObjectiveRange => Above(Range(objective), whole),
                PenaltyPolicy.Momc => change / LeastChange(constraints, objective.NumVariables),
                PenaltyPolicy.VermaLewis => change,
                _ => LargestCoefficient(objective),
            },
            whole
        );
        return [.. constraints.Select(c => Given(c, given) ?? all)];
    }

    private static double? Given(EncodedConstraint constraint, IReadOnlyDictionary<string, double> values) =>
        values.TryGetValue(constraint.Name, out var own) ? own
        : values.TryGetValue(constraint.Kind, out var kind) ? kind
        : null;

    private static void CheckValues(
        IReadOnlyDictionary<string, double> values,
        IReadOnlyList<EncodedConstraint> constraints,
        FaultList faults
    )
    {
        var known = constraints.SelectMany(c => (string[])[c.Name, c.Kind]).ToHashSet(StringComparer.Ordinal);
        var kinds = string.Join(", ", constraints.Select(c => c.Kind).Distinct());
        foreach (var (name, value) in values)
        {
            var at = StrictJson.Append("/penalty/values", name);
            if (!known.Contains(name))
                faults.Add(
                    FaultCode.UnknownValue,
                    at,
                    $"No constraint has this name or kind; kinds are {(kinds.Length == 0 ? "none" : kinds)}."
                );
            else if (!(value > 0 && value <= MaxValue))
                faults.Add(
                    FaultCode.OutOfRange,
                    at,
                    $"Expected 0 < penalty <= {MaxValue}, got {value}.",
                    value,
                    value > 0 ? MaxValue : 0
                );
        }
    }

    /// <summary>The most by which two values of the objective can differ, whatever the bits.</summary>
    internal static double Range(QuboTerms objective) => objective.Linear.Sum(Math.Abs) + objective.Value.Sum(Math.Abs);

    private static double LargestCoefficient(QuboTerms objective) =>
        objective.Linear.Concat(objective.Value).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Ayodele's minimum constraint function: the least that one flip changes all penalties of weight 1 together, by the same
    /// bounds as for the objective.
    /// </summary>
    private static double LeastChange(IReadOnlyList<EncodedConstraint> constraints, int numVariables)
    {
        var builder = new QuboBuilder(_ => default) { Duplicates = DuplicateEntries.Sum };
        foreach (var terms in constraints.Select(c => c.Terms))
        {
            for (var k = 0; k < terms.Bits.Length; k++)
                builder.Add(terms.Bits[k], terms.Bits[k], terms.Linear[k], QuboBuilder.Whole);
            foreach (var (first, second, value) in terms.Pairs)
                builder.Add(terms.Bits[first], terms.Bits[second], value, QuboBuilder.Whole);
        }
        return builder.Build(numVariables, new()) is { } sum ? new FlipBounds(sum.Terms).Least : 1;
    }

    /// <summary>A little more, so that an infeasible answer can never draw level.</summary>
    private static double Above(double range, bool whole) => whole ? range + 1 : range * 1.001;

    /// <summary>
    /// Rounded up, to a whole number where the objective is whole, else to four binary digits: a penalty times a whole number
    /// is then exact. At least 1 where the objective is whole or constant, as Ayodele has it.
    /// </summary>
    private static double Tidy(double value, bool whole)
    {
        if (whole || value == 0)
            return Math.Max(1, Math.Ceiling(value));
        var step = Math.ScaleB(1, Math.ILogB(value) - 3);
        return Math.Ceiling(value / step) * step;
    }
}

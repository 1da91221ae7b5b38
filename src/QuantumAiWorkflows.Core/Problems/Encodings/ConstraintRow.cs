using System.Numerics;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// A constraint over the model's variables in whole numbers: Σ coefficient·v = bound, or at most bound. The same answers
/// satisfy it as the constraint it was made of.
/// </summary>
/// <param name="Least">The smallest that the left side can be.</param>
/// <param name="Most">The largest.</param>
internal sealed record ConstraintRow(
    IReadOnlyList<(int Variable, long Coefficient)> Terms,
    bool IsEquation,
    long Bound,
    long Least,
    long Most,
    double Scale
)
{
    /// <summary>The squares of these are whole as doubles, and so are their sums.</summary>
    private const long MaxSpan = 1L << 26;

    public bool HoldsAlways => IsEquation ? Least == Bound && Most == Bound : Most <= Bound;

    /// <summary>What is left up to the bound; below 0 where values violate an inequality.</summary>
    public long SlackOf(IReadOnlyList<long> values) => Bound - Terms.Sum(t => t.Coefficient * values[t.Variable]);

    public bool Holds(ReadOnlySpan<long> values)
    {
        var sum = 0L;
        foreach (var (variable, coefficient) in Terms)
            sum += coefficient * values[variable];
        return IsEquation ? sum == Bound : sum <= Bound;
    }

    /// <summary>Scales and checks; the row, or why there is none, with the constraint's name and the numbers.</summary>
    public static (ConstraintRow? Row, EncodingResult.Refused? Refusal) Of(
        LinearConstraint constraint,
        IReadOnlyList<ModelVariable> variables
    )
    {
        double[] given = [.. constraint.Terms.Select(t => t.Coefficient), constraint.Bound];
        if (WholeNumbers.Of(given) is not { } whole)
            return (null, NotWhole(constraint, given));

        var sign = constraint.Relation == Relation.AtLeast ? -1 : 1;
        // Added up when they are whole: sums of a client's decimals would not be decimals any more.
        var merged = constraint
            .Terms.Select((t, k) => (t.Variable, Coefficient: whole.Numbers[k]))
            .GroupBy(t => t.Variable)
            .Select(g => (Variable: g.Key, Coefficient: g.Aggregate(BigInteger.Zero, (sum, t) => sum + t.Coefficient)))
            .Where(t => !t.Coefficient.IsZero && variables[t.Variable].Lower != variables[t.Variable].Upper)
            .OrderBy(t => t.Variable)
            .ToArray();
        var coefficients = merged.Select(t => t.Coefficient).ToArray();
        // A variable that can only have one value is a constant.
        var constant = constraint
            .Terms.Select(
                (t, k) => variables[t.Variable] is { } v && v.Lower == v.Upper ? whole.Numbers[k] * v.Lower : 0
            )
            .Aggregate(BigInteger.Zero, BigInteger.Add);
        var bound = (whole.Numbers[^1] - constant) * sign;
        var isEquation = constraint.Relation == Relation.Equal;
        var common = coefficients.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        if (common.IsZero)
            common = BigInteger.One;
        var rest = BigInteger.Remainder(BigInteger.Remainder(bound, common) + common, common);
        if (isEquation && !rest.IsZero)
            return (null, CannotHold(constraint, $"its left side is a multiple of {common} over {whole.Factor}"));
        bound = (bound - rest) / common;

        var (least, most) = (BigInteger.Zero, BigInteger.Zero);
        var terms = new (int Variable, BigInteger Coefficient)[merged.Length];
        for (var k = 0; k < terms.Length; k++)
        {
            var coefficient = sign * coefficients[k] / common;
            var (low, high) = (variables[merged[k].Variable].Lower, variables[merged[k].Variable].Upper);
            terms[k] = (merged[k].Variable, coefficient);
            least += coefficient * (coefficient.Sign > 0 ? low : high);
            most += coefficient * (coefficient.Sign > 0 ? high : low);
        }
        if (bound < least || (isEquation && bound > most))
            return (null, CannotHold(constraint, $"its left side is from {Text(constraint, variables)}"));
        // An inequality that can be broken has its bound below most; one that cannot needs no number of it.
        var span =
            BigInteger.Max(BigInteger.Abs(least), BigInteger.Abs(most)) + BigInteger.Abs(BigInteger.Min(bound, most));
        if (span > MaxSpan || terms.Any(t => BigInteger.Abs(t.Coefficient) > MaxSpan))
            return (
                null,
                new(
                    $"Constraint {constraint.Name} in whole numbers, scaled by {whole.Factor}, reaches {span}; the limit is {MaxSpan}, so that its square is exact.",
                    (double)span,
                    MaxSpan
                )
            );
        return (
            new(
                [.. terms.Select(t => (t.Variable, (long)t.Coefficient))],
                isEquation,
                (long)BigInteger.Min(bound, most),
                (long)least,
                (long)most,
                whole.Factor / (double)common
            ),
            null
        );
    }

    private static EncodingResult.Refused NotWhole(LinearConstraint constraint, IReadOnlyList<double> given) =>
        new(
            $"Constraint {constraint.Name} has numbers without a common denominator up to {WholeNumbers.MaxFactor}: {string.Join(", ", given.Where(g => !double.IsInteger(g)).Take(5).Select(CanonicalNumber))}.",
            Limit: WholeNumbers.MaxFactor
        );

    private static EncodingResult.Refused CannotHold(LinearConstraint constraint, string why) =>
        new($"Constraint {constraint.Name} cannot hold: {why}, and its bound is {CanonicalNumber(constraint.Bound)}.");

    private static string Text(LinearConstraint constraint, IReadOnlyList<ModelVariable> variables)
    {
        var (low, high) = (0.0, 0.0);
        foreach (var (variable, coefficient) in constraint.Terms)
        {
            var (a, b) = (coefficient * variables[variable].Lower, coefficient * variables[variable].Upper);
            (low, high) = (low + Math.Min(a, b), high + Math.Max(a, b));
        }
        return $"{CanonicalNumber(low)} to {CanonicalNumber(high)}";
    }

    private static string CanonicalNumber(double value) =>
        double.IsFinite(value) ? CanonicalJson.Number(value) : "not finite";
}

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>How a row becomes a penalty: settled before any bit is given out, so that sizes are known first.</summary>
internal sealed record ConstraintEncoding(LinearConstraint Source, ConstraintRow Row, ConstraintPattern Pattern)
{
    /// <summary>Steps from the tightest to the loosest way to satisfy an inequality.</summary>
    public long SlackRange => Pattern == ConstraintPattern.Slack ? Row.Bound - Row.Least : 0;

    public static ConstraintEncoding Of(
        LinearConstraint source,
        ConstraintRow row,
        IReadOnlyList<ModelVariable> variables
    )
    {
        if (row.HoldsAlways)
            return new(source, row, ConstraintPattern.Always);
        var areBinary = row.Terms.All(t => variables[t.Variable].IsBinary);
        if (row.IsEquation)
            return new(
                source,
                row,
                areBinary && row.Bound == 1 && row.Terms.All(t => t.Coefficient == 1)
                    ? ConstraintPattern.OneHot
                    : ConstraintPattern.Equality
            );
        return new(source, row, areBinary ? SlackFree(row) : ConstraintPattern.Slack);
    }

    /// <summary>
    /// In literals (x, or 1 - x where the coefficient is negative) the row says Σ |a|·l at most r. When any two literals
    /// that may be 1 at all exceed r together, it says "at most one of them", which needs no slack.
    /// </summary>
    private static ConstraintPattern SlackFree(ConstraintRow row)
    {
        var room = row.Bound - row.Least;
        var possible = row.Terms.Where(t => Math.Abs(t.Coefficient) <= room).ToArray();
        var smallest = possible.Select(t => Math.Abs(t.Coefficient)).Order().Take(2).ToArray();
        if (smallest.Length == 2 && smallest[0] + smallest[1] <= room)
            return ConstraintPattern.Slack;
        if (possible.Length < 2)
            return ConstraintPattern.Fixed;
        return possible.Length > 2 || row.Terms.Count > 2
            ? ConstraintPattern.AtMostOne
            : possible.Count(t => t.Coefficient < 0) switch
            {
                0 => ConstraintPattern.AtMostOneOfTwo,
                1 => ConstraintPattern.Implication,
                _ => ConstraintPattern.AtLeastOneOfTwo,
            };
    }

    /// <summary>Products of two bits that the penalty has, at most.</summary>
    public long Products(IReadOnlyList<long> bitsOfVariables, long slackBits)
    {
        if (Pattern is ConstraintPattern.Always or ConstraintPattern.Fixed)
            return 0;
        var bits = slackBits;
        foreach (var (variable, _) in Row.Terms)
            bits += bitsOfVariables[variable];
        return bits * (bits - 1) / 2;
    }

    /// <param name="slack">Null for a pattern without slack.</param>
    public EncodedConstraint ToConstraint(IReadOnlyList<EncodedBits> variables, EncodedBits? slack)
    {
        var row = Row;
        var terms = Pattern switch
        {
            ConstraintPattern.Always => PenaltyTerms.None,
            ConstraintPattern.OneHot or ConstraintPattern.Equality or ConstraintPattern.Slack => Difference(
                variables,
                slack
            ),
            _ => Conflicts(variables),
        };
        return new(terms, (_, values) => row.Holds(values))
        {
            Kind = Source.Kind,
            Name = Source.Name,
            Pointer = Source.Pointer,
            Pattern = Pattern,
            AddedVariables = slack?.Count ?? 0,
            Scale = Row.Scale,
        };
    }

    private PenaltyTerms Difference(IReadOnlyList<EncodedBits> variables, EncodedBits? slack)
    {
        var form = new List<(int Bit, long Weight)>();
        var constant = -Row.Bound;
        foreach (var (variable, coefficient) in Row.Terms)
        {
            variables[variable].AddTo(form, coefficient);
            constant += coefficient * variables[variable].Code.Lower;
        }
        slack?.AddTo(form, 1);
        return PenaltyTerms.Square(form, constant);
    }

    private PenaltyTerms Conflicts(IReadOnlyList<EncodedBits> variables)
    {
        var room = Row.Bound - Row.Least;
        return PenaltyTerms.Conflicts(
            [.. Row.Terms.Select(t => (variables[t.Variable].First, t.Coefficient < 0))],
            [.. Row.Terms.Select(t => Math.Abs(t.Coefficient) > room)]
        );
    }
}

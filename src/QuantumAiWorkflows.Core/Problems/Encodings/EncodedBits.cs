namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>Which bits of an encoding a number of the model, or the slack of a constraint, stands in.</summary>
internal sealed record EncodedBits(int First, IntegerCode Code)
{
    public int Count => Code.Weights.Count;

    /// <summary>Adds coefficient·(number - lower) to a sum over bits; bits of weight 0 are no part of it.</summary>
    public void AddTo(List<(int Bit, long Weight)> form, long coefficient)
    {
        for (var k = 0; k < Count; k++)
            if (Code.Weights[k] != 0)
                form.Add((First + k, coefficient * Code.Weights[k]));
    }

    public long Read(ReadOnlySpan<sbyte> bits) => Code.Read(bits.Slice(First, Count));

    public void Write(long value, Span<sbyte> bits) => Code.Write(value, bits.Slice(First, Count));

    /// <summary>The constraint that keeps bits away that stand for no number; null where all do.</summary>
    public EncodedConstraint? ToConstraint(string kind, string name, string pointer)
    {
        if (!Code.HasInvalidBits)
            return null;
        var (first, count, code, isSlack) = (First, Count, Code, kind == SlackKind);
        return new(
            Code.Kind == IntegerEncoding.OneHot
                ? PenaltyTerms.Square([.. Enumerable.Range(First, Count).Select(b => (b, 1L))], -1)
                : PenaltyTerms.Wall(First, Count),
            // An answer does not get worse by slack bits that say nothing.
            (bits, _) => isSlack || code.IsValid(bits.Slice(first, count))
        )
        {
            Kind = kind,
            Name = name,
            Pointer = pointer,
            Pattern = ConstraintPattern.Code,
        };
    }

    public const string IntegerKind = "integer";

    public const string SlackKind = "slack";
}

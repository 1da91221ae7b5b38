namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>A constraint in bits: what it costs, and whether it holds.</summary>
public sealed class EncodedConstraint
{
    private readonly Holds _test;

    internal EncodedConstraint(PenaltyTerms terms, Holds test) => (Terms, _test) = (terms, test);

    /// <summary>The family's name for this sort of constraint; <c>integer</c> or <c>slack</c> for the codes of numbers.</summary>
    public required string Kind { get; init; }

    /// <summary>Unique in the encoding.</summary>
    public required string Name { get; init; }

    /// <summary>JSON pointer into the problem.</summary>
    public required string Pointer { get; init; }

    public required ConstraintPattern Pattern { get; init; }

    /// <summary>Binary variables that exist because of it: slack bits.</summary>
    public int AddedVariables { get; init; }

    /// <summary>What its coefficients were multiplied by to make them whole.</summary>
    public double Scale { get; init; } = 1;

    internal PenaltyTerms Terms { get; }

    /// <summary>Whether bits and the model's values satisfy it; slack is no part of the question.</summary>
    internal bool IsSatisfied(ReadOnlySpan<sbyte> bits, ReadOnlySpan<long> values) => _test(bits, values);

    internal delegate bool Holds(ReadOnlySpan<sbyte> bits, ReadOnlySpan<long> values);
}

/// <summary>How a constraint was written as a penalty; all but <see cref="Slack"/> take no variables of their own.</summary>
public enum ConstraintPattern
{
    /// <summary>Exactly one of binary variables: (Σx - 1)².</summary>
    OneHot,

    /// <summary>An equation: the square of its difference.</summary>
    Equality,

    /// <summary>An inequality: an equation with slack.</summary>
    Slack,

    /// <summary>At most one of two: x·y.</summary>
    AtMostOneOfTwo,

    /// <summary>x at most y, which is x implies y: x·(1 - y).</summary>
    Implication,

    /// <summary>At least one of two: (1 - x)·(1 - y).</summary>
    AtLeastOneOfTwo,

    /// <summary>At most one of several, some of them perhaps negated: the sum of all products of two.</summary>
    AtMostOne,

    /// <summary>No two variables of certain pairs: the sum of these pairs' products.</summary>
    Pairs,

    /// <summary>Variables that the constraint fixes: linear.</summary>
    Fixed,

    /// <summary>Holds whatever the variables are: no penalty.</summary>
    Always,

    /// <summary>Which bits stand for a value of a one-hot or domain-wall number.</summary>
    Code,
}

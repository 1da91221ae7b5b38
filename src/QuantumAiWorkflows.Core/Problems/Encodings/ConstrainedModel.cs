namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// A problem as mathematics writes it: binary and integer variables, an objective of linear and quadratic terms, and linear
/// constraints with names. What a family builds for <see cref="QuboEncoder"/>. Whoever builds one bounds its size first, see
/// <see cref="EncodingLimits"/>.
/// </summary>
public sealed class ConstrainedModel(Sense sense)
{
    private readonly List<ModelVariable> _variables = [];
    private readonly List<ModelTerm> _objective = [];
    private readonly List<LinearConstraint> _constraints = [];
    private readonly List<PairConstraint> _pairConstraints = [];

    public Sense Sense { get; } = sense;

    /// <summary>Part of the objective that depends on nothing.</summary>
    public double Offset { get; set; }

    public IReadOnlyList<ModelVariable> Variables => _variables;

    public IReadOnlyList<ModelTerm> Objective => _objective;

    public IReadOnlyList<LinearConstraint> Constraints => _constraints;

    public IReadOnlyList<PairConstraint> PairConstraints => _pairConstraints;

    /// <summary>A variable of 0 or 1; returns its index.</summary>
    public int AddBinary(string name) => AddInteger(name, 0, 1);

    /// <summary>A whole number from <paramref name="lower"/> to <paramref name="upper"/>; returns its index.</summary>
    public int AddInteger(string name, long lower, long upper)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lower, upper);
        _variables.Add(new(name, lower, upper));
        return _variables.Count - 1;
    }

    /// <summary>Adds coefficient·v to the objective.</summary>
    public void AddObjective(int variable, double coefficient) => _objective.Add(new(variable, null, coefficient));

    /// <summary>Adds coefficient·v·w to the objective; a square when both are the same variable.</summary>
    public void AddObjective(int first, int second, double coefficient) =>
        _objective.Add(new(first, second, coefficient));

    /// <param name="kind">The family's name for this sort of constraint, as in a <see cref="Violation"/>.</param>
    /// <param name="name">Unique in the model.</param>
    /// <param name="pointer">JSON pointer into the problem: which one of them.</param>
    /// <param name="terms">A variable that stands twice counts twice.</param>
    public void AddConstraint(
        string kind,
        string name,
        string pointer,
        IReadOnlyList<(int Variable, double Coefficient)> terms,
        Relation relation,
        double bound
    ) => _constraints.Add(new(kind, name, pointer, terms, relation, bound));

    /// <summary>No two binary variables of a pair are both 1: one constraint, however many pairs; quadratic as it is.</summary>
    /// <param name="pairs">Of different variables, none twice.</param>
    public void AddPairs(string kind, string name, string pointer, IReadOnlyList<(int First, int Second)> pairs) =>
        _pairConstraints.Add(new(kind, name, pointer, pairs));

    /// <summary>Exactly one of binary variables is 1.</summary>
    public void AddOneHot(string kind, string name, string pointer, IReadOnlyList<int> variables) =>
        AddConstraint(kind, name, pointer, [.. variables.Select(v => (v, 1.0))], Relation.Equal, 1);
}

public sealed record ModelVariable(string Name, long Lower, long Upper)
{
    public bool IsBinary => Lower == 0 && Upper == 1;
}

/// <param name="Second">Null for a linear term.</param>
public sealed record ModelTerm(int First, int? Second, double Coefficient);

/// <summary>Σ coefficient·v, compared with a bound.</summary>
public sealed record LinearConstraint(
    string Kind,
    string Name,
    string Pointer,
    IReadOnlyList<(int Variable, double Coefficient)> Terms,
    Relation Relation,
    double Bound
);

/// <summary>Pairs of binary variables that must not both be 1.</summary>
public sealed record PairConstraint(
    string Kind,
    string Name,
    string Pointer,
    IReadOnlyList<(int First, int Second)> Pairs
);

public enum Relation
{
    Equal,
    AtMost,
    AtLeast,
}

/// <summary>What a family gives to be encoded: a model, and the way between its own answers and the model's values.</summary>
/// <param name="Decode">
/// An answer for any values within the variables' ranges, also for such as violate constraints: well-formed then, for the
/// referee to judge, and mended as little as its form allows.
/// </param>
/// <param name="Encode">Values for an answer; null for one that the model has no values for.</param>
/// <param name="Repair">The family's repair of an answer; null where there is none.</param>
/// <param name="CoversOptimum">
/// True when some best answer of the problem has values in the model, with its own objective. Then a bound on the model is one
/// on the problem; a model that leaves answers out, for a shorter horizon, say, must be false.
/// </param>
public sealed record FamilyModel(
    ConstrainedModel Model,
    Func<IReadOnlyList<long>, Solution> Decode,
    Func<Solution, IReadOnlyList<long>?> Encode,
    Func<Solution, Solution>? Repair,
    bool CoversOptimum
)
{
    /// <summary>True where the family's model looks at <see cref="EncodingRequest.Horizon"/>; the others refuse one.</summary>
    public bool HasHorizon { get; init; }
}

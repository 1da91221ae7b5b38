namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>What a binary variable of an encoding is.</summary>
/// <param name="Name">Unique in the encoding; the QUBO's label.</param>
/// <param name="Of">The number it is a bit of, or the constraint it is slack of; null for a decision.</param>
/// <param name="Weight">What a bit adds to its number; 1 for a decision.</param>
public sealed record EncodedVariable(int Index, string Name, VariableKind Kind, string? Of, double Weight);

public enum VariableKind
{
    Decision,
    IntegerBit,
    Slack,
}

/// <summary>Binary variables of which exactly one is 1 in every feasible answer. Groups may share variables.</summary>
/// <param name="Constraint">The name of the constraint that says so.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Variables">Indices, ascending.</param>
public sealed record OneHotGroup(string Constraint, string Kind, IReadOnlyList<int> Variables);

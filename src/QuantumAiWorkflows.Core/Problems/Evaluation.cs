namespace QuantumAiWorkflows.Problems;

/// <summary>What the referee found: an objective and every constraint that does not hold.</summary>
/// <param name="Objective">In the problem's own sense and unit, offset included.</param>
public sealed record Evaluation(double Objective, IReadOnlyList<Violation> Violations)
{
    public bool IsFeasible => Violations.Count == 0;
}

/// <param name="Constraint">The family's name for the constraint, such as <c>capacity</c>.</param>
/// <param name="Pointer">JSON pointer into the problem: which one of them.</param>
/// <param name="Amount">How far it is from holding; above 0.</param>
/// <param name="Unit">Of <paramref name="Amount"/>.</param>
public sealed record Violation(string Constraint, string Pointer, double Amount, string Unit);

public enum Sense
{
    Minimize,
    Maximize,
}

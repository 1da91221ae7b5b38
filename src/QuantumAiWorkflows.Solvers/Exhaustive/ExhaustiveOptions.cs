namespace QuantumAiWorkflows.Solvers.Exhaustive;

/// <summary>None: there is nothing to choose.</summary>
public sealed record ExhaustiveOptions;

using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Exhaustive;

/// <summary>None of its own: there is nothing to choose.</summary>
public sealed record ExhaustiveOptions : PresolvableOptions;

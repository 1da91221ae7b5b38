namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>Leaves an optimizer of the library from within its callback: a budget is spent to the last evaluation.</summary>
internal sealed class NoMorePointsException : Exception;

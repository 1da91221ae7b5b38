namespace QuantumAiWorkflows.UnitTests;

/// <summary>CPU budgets are the whole process's: tests that rest on one run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

namespace QuantumAiWorkflows.Solvers.NearestNeighbour;

/// <summary>None: there is nothing to choose.</summary>
public sealed record NearestNeighbourOptions;

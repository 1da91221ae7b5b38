namespace QuantumAiWorkflows.Benchmarks;

/// <summary>A solver entry as it is run: the suite's own, or one that the recorder adds. Kept with the benchmark.</summary>
/// <param name="Solver">Unique by name; role <c>ablation</c> for one that only the recorder can make.</param>
/// <param name="Added">Why the recorder added it; null for the suite's own.</param>
/// <param name="AblationOf">For an ablation: the candidate whose quantum step it replaces.</param>
public sealed record PlannedEntrant(SuiteSolver Solver, string? Added = null, string? AblationOf = null);

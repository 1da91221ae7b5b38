namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>What one way of choosing features looked at and what it came to. CPU seconds are metrics, no part of an answer.</summary>
/// <param name="Method">The job's solver, or <c>greedyForward</c>, <c>recursiveElimination</c>, <c>lasso</c>, <c>random</c>.</param>
/// <param name="How">What counts as a subset looked at.</param>
/// <param name="Features">Chosen on all rows; empty where it found no allowed subset.</param>
/// <param name="Objective">Of them, by the problem's own objective, which only solvers and random draws look at; null like the features.</param>
/// <param name="Feasible">Whether they satisfy the constraints.</param>
/// <param name="SubsetsEvaluated">Looked at in one selection on all rows.</param>
/// <param name="SubsetsToObjective">
/// Looked at when it first had an allowed subset as good, by objective, as the solver's best on all rows; null where it never had.
/// </param>
/// <param name="Score">Validated score of choosing so: repeated on each fold's training rows. Null where that was not possible.</param>
/// <param name="ReachesScore">Whether its mean score is at least the solver's; null without one of the two.</param>
public sealed record SearchCost(
    string Method,
    string How,
    IReadOnlyList<string> Features,
    double? Objective,
    bool Feasible,
    long SubsetsEvaluated,
    long? SubsetsToObjective,
    FoldScore? Score,
    bool? ReachesScore
);

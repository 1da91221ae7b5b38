using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Runs;

/// <summary>What became of a run's candidates in training and validation.</summary>
/// <param name="Report">Null where there is none.</param>
/// <param name="NotDone">Why there is none; null where there is.</param>
/// <param name="SearchCost">Empty where it was not asked for.</param>
public sealed record RunValidation(ValidationReport? Report, string? NotDone, IReadOnlyList<SearchCost> SearchCost);

/// <summary>What a validation took, apart from the solve before it. What cannot be had on a system is null, never 0.</summary>
/// <param name="CpuSeconds">Of the child, selections inside the folds and comparisons included.</param>
/// <param name="Killed">Ended by a kill, at its limit or for another reason.</param>
/// <param name="Fits">Models trained.</param>
/// <param name="Selections">Runs of the selection.</param>
/// <param name="SelectionEvaluations">What these counted, as the solver documents its evaluations.</param>
/// <param name="SearchCpuSeconds">By method of the comparison, for one selection on all rows.</param>
public sealed record ValidationMetrics(
    double WallSeconds,
    double? CpuSeconds,
    long? PeakMemoryBytes,
    bool Killed,
    int Fits,
    int Selections,
    long SelectionEvaluations,
    IReadOnlyDictionary<string, double> SearchCpuSeconds
);

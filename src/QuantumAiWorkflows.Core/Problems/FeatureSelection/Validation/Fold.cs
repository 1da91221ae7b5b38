namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Rows to train on and rows to test on, ascending; no row is on both sides.</summary>
public sealed record Fold(int[] Train, int[] Test);

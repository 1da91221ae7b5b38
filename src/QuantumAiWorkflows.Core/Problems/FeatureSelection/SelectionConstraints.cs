namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Which subsets are allowed. Costs are whole millionths, so that sums are exact and 0.1 + 0.2 meets a budget of 0.3.</summary>
/// <param name="Size">1 to n.</param>
/// <param name="IsExact">Exactly <paramref name="Size"/> features; else at most so many.</param>
/// <param name="Costs">Millionths per feature; null without a budget.</param>
/// <param name="Budget">Millionths.</param>
/// <param name="Required">Per feature.</param>
/// <param name="Excluded">Per feature; no feature is required and excluded.</param>
public sealed record SelectionConstraints(
    int Size,
    bool IsExact,
    long[]? Costs,
    long Budget,
    IReadOnlyList<FeatureGroup> Groups,
    bool[] Required,
    bool[] Excluded
)
{
    public const double CostUnit = 1e-6;

    public long Cost(int feature) => Costs?[feature] ?? 0;
}

/// <param name="Features">Ascending indices.</param>
/// <param name="AtLeast">0 for no lower limit.</param>
/// <param name="AtMost">At most the number of its features.</param>
public sealed record FeatureGroup(string? Name, int[] Features, int AtLeast, int AtMost);

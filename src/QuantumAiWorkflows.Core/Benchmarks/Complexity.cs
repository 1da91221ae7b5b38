using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What running a solver takes of people, declared with evidence: nothing here is measured.</summary>
public sealed record Complexity
{
    [Description("How easy it is to run: deploying, monitoring, incidents.")]
    public required ComplexityScore Operation { get; init; }

    [Description("How easy it is to change and to keep working.")]
    public required ComplexityScore Maintainability { get; init; }

    [Description("How well its answers can be explained.")]
    public required ComplexityScore Explainability { get; init; }

    /// <summary>The weighted mean, 1 to 5.</summary>
    public double Mean(ComplexityWeights weights) =>
        (
            weights.Operation * Operation.Score
            + weights.Maintainability * Maintainability.Score
            + weights.Explainability * Explainability.Score
        ) / (weights.Operation + weights.Maintainability + weights.Explainability);

    /// <summary>The largest deficit of any one score against another's; negative when all are better.</summary>
    public int LargestDeficit(Complexity other) =>
        Math.Max(
            other.Operation.Score - Operation.Score,
            Math.Max(
                other.Maintainability.Score - Maintainability.Score,
                other.Explainability.Score - Explainability.Score
            )
        );
}

public sealed record ComplexityScore
{
    [Description("1 hard, 5 easy.")]
    [Range(1, 5)]
    public required int Score { get; init; }

    [Description("A link to what the score rests on: a run book, an incident list, a review.")]
    [Length(1, 500)]
    public required string Evidence { get; init; }
}

public sealed record ComplexityWeights
{
    [Range(0, 100)]
    public double Operation { get; init; } = 1;

    [Range(0, 100)]
    public double Maintainability { get; init; } = 1;

    [Range(0, 100)]
    public double Explainability { get; init; } = 1;
}

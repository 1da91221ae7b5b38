namespace QuantumAiWorkflows.Problems.FeatureSelection.Scores;

/// <summary>
/// What a feature adds alone and what two have in common. Symmetric; a feature has no redundancy with itself. Safe to share
/// between threads.
/// </summary>
public abstract class FeatureScores
{
    public abstract int Count { get; }

    /// <summary>One per feature.</summary>
    public abstract IReadOnlyList<double> Relevance { get; }

    /// <summary>The largest magnitude that a redundancy has, or may have where they are computed on demand.</summary>
    public abstract double LargestRedundancy { get; }

    public abstract double Redundancy(int left, int right);

    /// <summary>The redundancies of one feature with all, the same numbers as one by one.</summary>
    /// <param name="row">[<see cref="Count"/>]</param>
    public virtual void FillRow(int feature, Span<double> row)
    {
        for (var other = 0; other < row.Length; other++)
            row[other] = Redundancy(feature, other);
    }
}

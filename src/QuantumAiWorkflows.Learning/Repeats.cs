using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>Repeats the selection on other rows or with other seeds.</summary>
/// <param name="count">Subsets that are looked at, the best first.</param>
internal sealed class Repeats(
    FeatureSelectionProblem problem,
    SubsetSelector select,
    long seed,
    int count,
    CancellationToken cancellation
)
{
    /// <summary>Selections so far.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<FeatureSelectionSolution> InFold(Fold fold, int number) =>
        Select(problem.OnRows(fold.Train), Seeds.OfFold(seed, number));

    /// <summary>On as many rows as there are, drawn with replacement.</summary>
    public IReadOnlyList<FeatureSelectionSolution> OnResample(int number)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"resample {number}");
        var rows = Draw(random);
        // Relevance to a target of one value means nothing. A table has two values, and both get drawn some time.
        while (problem.Table!.Target.IsConstantOn(rows))
            rows = Draw(random);
        return Select(problem.OnRows(rows), Seeds.OfResample(seed, number));
    }

    public IReadOnlyList<FeatureSelectionSolution> WithSeed(int number) =>
        Select(problem, Seeds.OfRepeat(seed, number));

    private int[] Draw(Xoshiro256 random)
    {
        var rows = new int[problem.Table!.NumRows];
        for (var at = 0; at < rows.Length; at++)
            rows[at] = random.NextInt32(rows.Length);
        Array.Sort(rows);
        return rows;
    }

    private IReadOnlyList<FeatureSelectionSolution> Select(FeatureSelectionProblem on, long withSeed)
    {
        cancellation.ThrowIfCancellationRequested();
        Count++;
        return [.. select(on, withSeed, cancellation).Take(count)];
    }
}

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
    public List<IReadOnlyList<FeatureSelectionSolution>> OnResamples(int resamples)
    {
        var rows = new int[problem.Table!.NumRows];
        var found = new List<IReadOnlyList<FeatureSelectionSolution>>(resamples);
        for (var resample = 0; resample < resamples; resample++)
        {
            var random = Xoshiro256.FromSeed((ulong)seed, $"resample {resample}");
            do for (var at = 0; at < rows.Length; at++)
                rows[at] = random.NextInt32(rows.Length);
            while (IsConstant(rows));
            Array.Sort(rows);
            found.Add(Select(problem.OnRows(rows), Seeds.OfResample(seed, resample)));
        }
        return found;
    }

    public List<IReadOnlyList<FeatureSelectionSolution>> WithSeeds(int seeds) =>
        [.. Enumerable.Range(0, seeds).Select(repeat => Select(problem, Seeds.OfRepeat(seed, repeat)))];

    /// <summary>Relevance to a target of one value means nothing. Ends: a table has two values, and both get drawn some time.</summary>
    private bool IsConstant(int[] rows)
    {
        var target = problem.Table!.Target;
        return target.Codes is { } codes
            ? Array.TrueForAll(rows, row => codes[row] == codes[rows[0]])
            : Array.TrueForAll(rows, row => target.Numbers![row] == target.Numbers[rows[0]]);
    }

    private IReadOnlyList<FeatureSelectionSolution> Select(FeatureSelectionProblem on, long withSeed)
    {
        cancellation.ThrowIfCancellationRequested();
        Count++;
        return [.. select(on, withSeed, cancellation).Take(count)];
    }
}

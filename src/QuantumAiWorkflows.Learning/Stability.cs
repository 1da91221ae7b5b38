using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>
/// How alike the subsets at one place are when the selection is repeated. What is required or excluded is no choice: indices that are
/// corrected for chance look at the other features alone, or chance would not be 0.
/// </summary>
/// <param name="inFolds">[place][fold]</param>
internal sealed class Stability(
    FeatureSelectionProblem problem,
    IReadOnlyList<FeatureSelectionSolution> proposals,
    FeatureSelectionSolution?[][] inFolds
)
{
    /// <summary>[feature] its place among those that are free to choose; -1 where there is no choice.</summary>
    private readonly int[] _free = Free(problem.Constraints);

    /// <summary>[repeat][place]; fewer places where the selection found fewer subsets.</summary>
    public IReadOnlyList<IReadOnlyList<FeatureSelectionSolution>> Resamples { get; set; } = [];

    /// <inheritdoc cref="Resamples"/>
    public IReadOnlyList<IReadOnlyList<FeatureSelectionSolution>> Seeds { get; set; } = [];

    public SubsetStabilityReport Of(int place)
    {
        var folds = inFolds[place].OfType<FeatureSelectionSolution>().ToList();
        var resamples = At(Resamples, place);
        return new(
            Compare(folds),
            Compare(resamples),
            Compare(At(Seeds, place)),
            [
                .. proposals[place]
                    .Features.Select(feature => new FeatureRecurrence(
                        problem.Names[feature],
                        Share(folds, feature),
                        Share(resamples, feature)
                    )),
            ]
        );
    }

    private static List<FeatureSelectionSolution> At(
        IReadOnlyList<IReadOnlyList<FeatureSelectionSolution>> repeats,
        int place
    ) => [.. repeats.Where(r => r.Count > place).Select(r => r[place])];

    private static double? Share(List<FeatureSelectionSolution> subsets, int feature) =>
        subsets.Count == 0 ? null : (double)subsets.Count(s => s.Features.Contains(feature)) / subsets.Count;

    private RepeatStability? Compare(List<FeatureSelectionSolution> subsets)
    {
        if (subsets.Count < 2)
            return null;
        var count = _free.Count(place => place >= 0);
        var chosen = subsets.ConvertAll<IReadOnlyList<int>>(s =>
            [.. s.Features.Select(f => _free[f]).Where(place => place >= 0)]
        );
        return new(
            subsets.Count,
            count == 0 ? null : StabilityIndex.Of(SubsetStability.Nogueira(chosen, count)),
            count == 0 ? null : StabilityIndex.Of(SubsetStability.Kuncheva(chosen, count)),
            StabilityIndex.Of(SubsetStability.Jaccard(subsets.ConvertAll(s => s.Features)))!
        );
    }

    private static int[] Free(SelectionConstraints rules)
    {
        var count = 0;
        return [.. rules.Required.Zip(rules.Excluded, (required, excluded) => required || excluded ? -1 : count++)];
    }
}

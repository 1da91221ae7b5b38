using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>How alike the subsets at one place are when the selection is repeated.</summary>
/// <param name="inFolds">[place][fold]</param>
internal sealed class Stability(
    FeatureSelectionProblem problem,
    IReadOnlyList<FeatureSelectionSolution> proposals,
    FeatureSelectionSolution?[][] inFolds
)
{
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
        var features = subsets.ConvertAll(s => s.Features);
        return new(
            subsets.Count,
            StabilityIndex.Of(SubsetStability.Nogueira(features, problem.NumVariables)),
            StabilityIndex.Of(SubsetStability.Kuncheva(features, problem.NumVariables)),
            StabilityIndex.Of(SubsetStability.Jaccard(features))!
        );
    }
}

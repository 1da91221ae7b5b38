using QuantumAiWorkflows.Learning.Scores;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>Trains a subset with one feature less, and with one more.</summary>
internal static class Ablation
{
    /// <param name="most">Left-out features that are added, the most relevant first.</param>
    public static SubsetAblation Of(
        FeatureSelectionProblem problem,
        FeatureSelectionSolution subset,
        int most,
        int folds,
        FoldScorer scorer,
        OverFolds overFolds
    )
    {
        var chosen = subset.Features;
        var leftOut = Enumerable
            .Range(0, problem.NumVariables)
            .Where(f => !problem.Constraints.Excluded[f])
            .Except(chosen)
            .ToList();
        var dropped = ByRelevance(chosen).Take(ValidationWork.MaxDropped).ToList();
        var added = ByRelevance(leftOut).Take(most).ToList();
        return new(
            [.. dropped.Select(f => Change(f, [.. chosen.Where(other => other != f)]))],
            [.. added.Select(f => Change(f, [.. chosen.Append(f).Order()]))],
            chosen.Count - dropped.Count,
            leftOut.Count - added.Count
        );

        IEnumerable<int> ByRelevance(IEnumerable<int> features) =>
            features.OrderByDescending(f => problem.Scores.Relevance[f]).ThenBy(f => f);

        FeatureChange Change(int feature, int[] changed) =>
            new(
                problem.Names[feature],
                overFolds.Of([
                    .. Enumerable
                        .Range(0, folds)
                        .Select(fold => (double?)(scorer.Main(fold, changed) - scorer.Main(fold, chosen))),
                ])
            );
    }
}

using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Learning.Scores;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>
/// Trains and validates proposed subsets by nested cross-validation: what chooses features never sees the rows that score them. The
/// same problem, proposals, plan and seed give the same report, byte for byte, on one machine.
/// </summary>
public static class SubsetValidator
{
    /// <param name="proposals">Distinct allowed subsets, best first by objective, chosen with all rows.</param>
    /// <param name="select">What chose them, asked again for training rows, resamples and seeds.</param>
    /// <exception cref="ArgumentException">The plan does not fit: <see cref="OuterFolds"/> and <see cref="ValidationWork"/> say so before.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, within one model or one selection.</exception>
    public static ValidationReport Validate(
        FeatureSelectionProblem problem,
        IReadOnlyList<FeatureSelectionSolution> proposals,
        ValidationPlan plan,
        long seed,
        SubsetSelector select,
        Action<ValidationProgress>? onProgress = null,
        CancellationToken cancellation = default
    )
    {
        if (proposals.Count == 0)
            throw new ArgumentException("There is no subset to validate.", nameof(proposals));
        var (folds, work) = Prepare(problem, proposals.Count, plan, seed);
        return new ValidationRun(
            problem,
            proposals,
            plan,
            seed,
            folds,
            work,
            select,
            onProgress,
            cancellation
        ).Report();
    }

    /// <summary>
    /// What choosing features so is worth: the nested score of the first subset of every selection, and nothing else; in the folds and on the rows
    /// that <see cref="Validate"/> uses.
    /// </summary>
    /// <inheritdoc cref="Validate"/>
    public static FoldScore Score(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        long seed,
        SubsetSelector select,
        CancellationToken cancellation = default
    )
    {
        var (folds, work) = Prepare(problem, 1, plan, seed);
        var scorer = new FoldScorer(problem.Table!, folds, plan.Models, work.RowsPerFit, seed, cancellation);
        var scores = new double?[folds.Count];
        for (var fold = 0; fold < scores.Length; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var chosen = select(problem.OnRows(folds[fold].Train), Seeds.OfFold(seed, fold), cancellation);
            if (chosen.Count > 0)
                scores[fold] = scorer.Main(fold, chosen[0].Features);
        }
        return new OverFolds(folds).Of(scores);
    }

    /// <summary>What one way of choosing is worth more than another, by folds, both scored under this plan and seed.</summary>
    public static FoldScore Difference(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        long seed,
        FoldScore left,
        FoldScore right
    ) => new OverFolds(Prepare(problem, 1, plan, seed).Item1).Difference(left, right);

    private static (IReadOnlyList<Fold>, ValidationWork) Prepare(
        FeatureSelectionProblem problem,
        int proposals,
        ValidationPlan plan,
        long seed
    )
    {
        var faults = new FaultList();
        if (
            OuterFolds.Of(problem, plan, seed, "", faults) is { } folds
            && ValidationWork.Of(problem, plan, proposals, "", faults) is { } work
        )
            return (folds, work);
        throw new ArgumentException(faults.Items[0].Detail, nameof(plan));
    }
}

using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning;

/// <summary>What a reader must know before the figures.</summary>
internal static class Notes
{
    public static IReadOnlyList<string> Of(ValidationPlan plan, IReadOnlyList<Fold> folds, ValidationWork work)
    {
        var notes = new List<string>
        {
            "Subsets are advice; none is applied.",
            "Ranked by the validated score: in every fold the selection was repeated on the training rows, and the subset that it puts at "
                + "the same place was trained there and scored on the test rows. It is the score of choosing so; the features chosen in a "
                + "fold may differ from those of the proposal (stability says how much).",
            "The naive score keeps the proposal's features in every fold. They were chosen with the test rows, so it is optimistic.",
            "The best of several scores is a little optimistic itself; behindBest says whether a subset is really behind.",
        };
        if (plan.Scheme == FoldScheme.Time)
            notes.Add("Later folds train on more rows than earlier ones; their scores are not from one distribution.");
        if (folds.Any(f => Math.Max(f.Train.Length, f.Test.Length) > work.RowsPerFit))
            notes.Add(
                $"Models were trained and tested on random samples of {work.RowsPerFit} rows where a side of a fold has more; the selection "
                    + "saw all training rows."
            );
        return notes;
    }
}

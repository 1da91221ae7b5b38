using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Models;

/// <summary>Trains one model on some rows and columns and predicts others.</summary>
internal static class ModelFit
{
    public static Prediction Predict(
        FeatureTable table,
        IReadOnlyList<int> features,
        Fold fold,
        ModelKind kind,
        CancellationToken cancellation
    )
    {
        var design = Design.Fit(table, features, fold.Train);
        // Without a column that says anything, or with one answer alone to learn, the best guess is that of no model.
        if (design.Width == 0 || table.Target.IsConstantOn(fold.Train))
            return WithoutFeatures(table, fold);
        var (training, test) = (design.Of(fold.Train), design.Of(fold.Test));
        return table.Target.Codes is { } codes
            ? new Prediction.OfClasses(
                Classifier.Predict(
                    kind,
                    training,
                    Array.ConvertAll(fold.Train, row => codes[row]),
                    test,
                    table.Target.Levels.Count,
                    cancellation
                )
            )
            : new Prediction.OfNumbers(
                Regressor.Predict(kind, training, Array.ConvertAll(fold.Train, row => table.Target.Numbers![row]), test)
            );
    }

    /// <summary>Chance: the shares of the classes, or the mean, in the training rows.</summary>
    public static Prediction WithoutFeatures(FeatureTable table, Fold fold)
    {
        if (table.Target.Codes is not { } codes)
        {
            var mean = fold.Train.Sum(row => table.Target.Numbers![row] / fold.Train.Length);
            return new Prediction.OfNumbers(Array.ConvertAll(fold.Test, _ => mean));
        }
        var shares = new double[table.Target.Levels.Count];
        foreach (var row in fold.Train)
            shares[codes[row]] += 1.0 / fold.Train.Length;
        return new Prediction.OfClasses(Array.ConvertAll(fold.Test, _ => shares));
    }
}

using MathNet.Numerics.Distributions;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Scores;

/// <summary>
/// Means over folds with the corrected resampled t interval: folds share training rows, so their scores vary less than independent
/// ones would, and the variance of the mean is taken as s²·(1/J + test rows/training rows). Nadeau and Bengio, "Inference for the
/// generalization error", Machine Learning 52, 2003.
/// </summary>
internal sealed class OverFolds(IReadOnlyList<Fold> folds)
{
    public const string Name =
        "95%, corrected resampled t over the folds (Nadeau and Bengio, 2003); not adjusted for the number of subsets";

    private readonly double _ratio = folds.Average(f => f.Test.Length) / folds.Average(f => f.Train.Length);

    /// <param name="values">Per fold; null where there is none.</param>
    public FoldScore Of(IReadOnlyList<double?> values)
    {
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToArray();
        if (known.Length == 0)
            return new(null, null, null, values);
        // Divided first: errors in the unit of the target may be as large as doubles are.
        var mean = known.Sum(v => v / known.Length);
        if (known.Length == 1)
            return new(mean, null, null, values);
        var variance = known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1);
        var half = StudentT.InvCDF(0, 1, known.Length - 1, 0.975) * Math.Sqrt((1.0 / known.Length + _ratio) * variance);
        return double.IsFinite(mean - half) && double.IsFinite(mean + half)
            ? new(mean, mean - half, mean + half, values)
            : new(mean, null, null, values);
    }

    /// <summary>By folds; null where either has none.</summary>
    public FoldScore Difference(FoldScore left, FoldScore right) =>
        Of([.. left.Folds.Zip(right.Folds, (l, r) => l - r)]);
}

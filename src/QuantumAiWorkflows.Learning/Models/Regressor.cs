using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Models;

/// <summary>Trains on numbers and predicts them. One thread, a fixed seed: equal rows give equal numbers.</summary>
internal static class Regressor
{
    private const int Seed = 1;

    /// <param name="values">Per training row; not all equal.</param>
    /// <returns>Per test row.</returns>
    public static double[] Predict(ModelKind kind, float[][] training, double[] values, float[][] test)
    {
        // The models work in floats; what they are given has mean 0 and deviation 1.
        var largest = values.Max(Math.Abs);
        var mean = values.Sum(v => v / largest) / values.Length;
        var deviation = Math.Sqrt(values.Sum(v => (v / largest - mean) * (v / largest - mean)) / values.Length);
        var context = new MLContext(Seed);
        var shape = Shape.Of<Row>(test[0].Length);
        var rows = training.Zip(
            values,
            (x, value) => new Row { Features = x, Label = (float)((value / largest - mean) / deviation) }
        );
        var data = context.Data.LoadFromEnumerable(rows, shape);
        IEstimator<ITransformer> trainer =
            kind == ModelKind.Linear
                ? context.Regression.Trainers.Sdca(
                    new SdcaRegressionTrainer.Options
                    {
                        // The trainer adds half of it to the mean of the squares: ridge regression with 0.5 on their sum.
                        L2Regularization = 1f / training.Length,
                        L1Regularization = 0,
                        ConvergenceTolerance = 1e-4f,
                        MaximumNumberOfIterations = 300,
                        NumberOfThreads = 1,
                    }
                )
                : context.Regression.Trainers.FastTree(
                    Trees.Shape(new FastTreeRegressionTrainer.Options(), training.Length)
                );
        var scored = trainer
            .Fit(data)
            .Transform(context.Data.LoadFromEnumerable(test.Select(x => new Row { Features = x }), shape));
        return [.. scored.GetColumn<float>("Score").Select(score => InRange((score * deviation + mean) * largest))];
    }

    /// <summary>A line goes on for ever, a double does not.</summary>
    private static double InRange(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
        public float Label { get; set; }
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Models;

/// <summary>Trains on classes that occur and predicts their probabilities. One thread, a fixed seed: equal rows give equal numbers.</summary>
internal static class Classifier
{
    private const int Seed = 1;

    /// <param name="labels">Per training row, 0 to <paramref name="classes"/> - 1; at least two classes occur.</param>
    /// <returns>[test row][class]</returns>
    public static double[][] Predict(
        ModelKind kind,
        float[][] training,
        int[] labels,
        float[][] test,
        int classes,
        CancellationToken cancellation
    )
    {
        var present = labels.Distinct().Order().ToArray();
        var result = Array.ConvertAll(test, _ => new double[classes]);
        if (present.Length == 2)
        {
            var second = Binary(kind, training, labels, present[1], test);
            for (var row = 0; row < test.Length; row++)
                (result[row][present[0]], result[row][present[1]]) = (1 - second[row], second[row]);
        }
        else if (kind == ModelKind.Linear)
            FillMaximumEntropy(training, labels, present, test, result);
        else
        {
            foreach (var one in present)
            {
                cancellation.ThrowIfCancellationRequested();
                var probabilities = Binary(kind, training, labels, one, test);
                for (var row = 0; row < test.Length; row++)
                    result[row][one] = probabilities[row];
            }
            foreach (var row in result)
                Normalize(row);
        }
        return result;
    }

    /// <returns>Per test row the probability of the class <paramref name="positive"/>.</returns>
    private static float[] Binary(ModelKind kind, float[][] training, int[] labels, int positive, float[][] test)
    {
        var context = new MLContext(Seed);
        var rows = training.Zip(labels, (x, label) => new BinaryRow { Features = x, Label = label == positive });
        var data = context.Data.LoadFromEnumerable(rows, Shape.Of<BinaryRow>(test[0].Length));
        IEstimator<ITransformer> trainer =
            kind == ModelKind.Linear
                ? context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                    new LbfgsLogisticRegressionBinaryTrainer.Options
                    {
                        L1Regularization = 0,
                        L2Regularization = 1,
                        NumberOfThreads = 1,
                    }
                )
                : context.BinaryClassification.Trainers.FastTree(
                    Trees.Shape(new FastTreeBinaryTrainer.Options(), training.Length)
                );
        var scored = trainer
            .Fit(data)
            .Transform(
                context.Data.LoadFromEnumerable(
                    test.Select(x => new BinaryRow { Features = x }),
                    Shape.Of<BinaryRow>(test[0].Length)
                )
            );
        return [.. scored.GetColumn<float>("Probability")];
    }

    private static void FillMaximumEntropy(
        float[][] training,
        int[] labels,
        int[] present,
        float[][] test,
        double[][] result
    )
    {
        var context = new MLContext(Seed);
        var shape = Shape.Of<ClassRow>(test[0].Length);
        shape[nameof(ClassRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), (ulong)present.Length);
        // Read through a shape that says key, a number is the class's index.
        var rows = training.Zip(
            labels,
            (x, label) => new ClassRow { Features = x, Label = (uint)Array.BinarySearch(present, label) }
        );
        var trainer = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = 0,
                L2Regularization = 1,
                NumberOfThreads = 1,
            }
        );
        var scored = trainer
            .Fit(context.Data.LoadFromEnumerable(rows, shape))
            .Transform(context.Data.LoadFromEnumerable(test.Select(x => new ClassRow { Features = x }), shape));
        var at = 0;
        foreach (var probabilities in scored.GetColumn<float[]>("Score"))
        {
            for (var k = 0; k < present.Length; k++)
                result[at][present[k]] = probabilities[k];
            at++;
        }
    }

    /// <summary>One against the rest: each says a probability of its own, and they need not sum to 1.</summary>
    private static void Normalize(double[] probabilities)
    {
        var sum = probabilities.Sum();
        for (var k = 0; k < probabilities.Length; k++)
            probabilities[k] = sum > 0 ? probabilities[k] / sum : 1.0 / probabilities.Length;
    }

    private sealed class BinaryRow
    {
        public float[] Features { get; set; } = [];
        public bool Label { get; set; }
    }

    private sealed class ClassRow
    {
        public float[] Features { get; set; } = [];
        public uint Label { get; set; }
    }
}

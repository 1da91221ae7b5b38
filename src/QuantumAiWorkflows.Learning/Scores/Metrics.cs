using QuantumAiWorkflows.Learning.Models;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Scores;

/// <summary>What a prediction of test rows is worth, by the metrics of the task; the first is what subsets are ranked by.</summary>
internal static class Metrics
{
    public const string Auc = "auc";
    public const string BalancedAccuracy = "balancedAccuracy";
    public const string Accuracy = "accuracy";
    public const string LogLoss = "logLoss";
    public const string R2 = "r2";
    public const string Rmse = "rmse";

    /// <summary>A probability of 0 would make one wrong row outweigh all others for ever.</summary>
    private const double LeastProbability = 1e-6;

    public static IReadOnlyList<string> Of(FeatureTable table) =>
        table.Target.Codes is null ? [R2, Rmse]
        : table.Target.Levels.Count == 2 ? [Auc, BalancedAccuracy, Accuracy, LogLoss]
        : [BalancedAccuracy, Accuracy, LogLoss];

    public static string Why(string metric) =>
        metric switch
        {
            Auc =>
                "Area under the ROC curve: the chance that a row of the one class gets a higher probability than one of the other. It "
                    + "depends neither on how rare a class is nor on a threshold. 0.5 is chance.",
            BalancedAccuracy =>
                "Mean over the classes of the share of their rows that are recognized, so that a rare class counts as much as a "
                    + "frequent one. 1/classes is chance.",
            _ =>
                "1 - squared error of the model / squared error of the training rows' mean, on test rows. 0 is chance, below 0 worse.",
        };

    /// <summary>In the order of <see cref="Of"/>.</summary>
    public static double[] Evaluate(FeatureTable table, Fold fold, Prediction prediction) =>
        prediction switch
        {
            Prediction.OfClasses(var probabilities) => OfClasses(
                probabilities,
                Array.ConvertAll(fold.Test, row => table.Target.Codes![row]),
                table.Target.Levels.Count
            ),
            Prediction.OfNumbers(var values) => OfNumbers(values, table.Target.Numbers!, fold),
            _ => throw new InvalidOperationException("Neither classes nor numbers."),
        };

    private static double[] OfClasses(double[][] probabilities, int[] truth, int classes)
    {
        var (right, rows) = (new int[classes], new int[classes]);
        var loss = 0.0;
        for (var at = 0; at < truth.Length; at++)
        {
            // The first of equals, whichever class it is: no test row decides.
            var said = Array.IndexOf(probabilities[at], probabilities[at].Max());
            rows[truth[at]]++;
            if (said == truth[at])
                right[said]++;
            loss -= Math.Log(Math.Max(probabilities[at][truth[at]], LeastProbability));
        }
        var balanced = Enumerable.Range(0, classes).Where(k => rows[k] > 0).Average(k => (double)right[k] / rows[k]);
        double[] shared = [balanced, (double)right.Sum() / truth.Length, loss / truth.Length];
        return classes == 2
            ?
            [
                AreaUnderCurve.Of(Array.ConvertAll(probabilities, p => p[1]), Array.ConvertAll(truth, k => k == 1)),
                .. shared,
            ]
            : shared;
    }

    private static double[] OfNumbers(double[] values, double[] truth, Fold fold)
    {
        // Scaled, so that squares are finite; all may be 0.
        var scale = fold.Train.Concat(fold.Test).Max(row => Math.Abs(truth[row]));
        if (scale == 0)
            scale = 1;
        var mean = fold.Train.Sum(row => truth[row] / scale) / fold.Train.Length;
        var (error, spread) = (0.0, 0.0);
        for (var at = 0; at < values.Length; at++)
        {
            var actual = truth[fold.Test[at]] / scale;
            error += Math.Pow(actual - values[at] / scale, 2);
            spread += Math.Pow(actual - mean, 2);
        }
        // Test rows that all have the training mean: no model can do better than it.
        return
        [
            spread == 0 ? 0 : 1 - error / spread,
            Math.Min(scale * Math.Sqrt(error / values.Length), double.MaxValue),
        ];
    }
}

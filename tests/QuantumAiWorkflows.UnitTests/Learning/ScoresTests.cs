using QuantumAiWorkflows.Learning.Models;
using QuantumAiWorkflows.Learning.Scores;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Learning;

public sealed class ScoresTests
{
    [Fact]
    public void Metrics_of_two_classes_are_those_worked_out_by_hand()
    {
        // First occurring class is class 0 of the table: rows of the test are 0, 0, 0, 1.
        var table = new SomeTable(8, 1).WithClasses(row => row is 3 or 7 ? 1 : 0).Problem(1).Table!;
        double[] second = [0.1, 0.6, 0.2, 0.4];
        var metrics = Metrics.Evaluate(
            table,
            new([4, 5, 6, 7], [0, 1, 2, 3]),
            new Prediction.OfClasses(Array.ConvertAll(second, p => new[] { 1 - p, p }))
        );

        Metrics.Of(table).Should().Equal("auc", "balancedAccuracy", "accuracy", "logLoss");
        metrics[0].Should().BeApproximately(2 / 3.0, 1e-12);
        metrics[1].Should().BeApproximately((2 / 3.0 + 0) / 2, 1e-12);
        metrics[2].Should().BeApproximately(0.5, 1e-12);
        metrics[3]
            .Should()
            .BeApproximately(-(Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.8) + Math.Log(0.4)) / 4, 1e-12);
    }

    [Fact]
    public void Metrics_of_numbers_are_those_worked_out_by_hand()
    {
        var table = new SomeTable(6, 1, 0).WithTarget(row => ((double[])[1, 2, 3, 4, 6, 0])[row]).Problem(1).Table!;
        // The mean of training is 2; the test rows are 4, 6, 0.
        var metrics = Metrics.Evaluate(table, new([0, 1, 2], [3, 4, 5]), new Prediction.OfNumbers([4, 5, 1]));

        Metrics.Of(table).Should().Equal("r2", "rmse");
        metrics[0].Should().BeApproximately(1 - 2.0 / (4 + 16 + 4), 1e-12);
        metrics[1].Should().BeApproximately(Math.Sqrt(2 / 3.0), 1e-12);
    }

    [Fact]
    public void The_interval_is_the_corrected_resampled_t_worked_out_by_hand()
    {
        var rows = Enumerable.Range(0, 30).ToArray();
        var fold = new Fold(rows[..20], rows[20..]);
        var score = new OverFolds([fold, fold, fold]).Of([0.5, 0.7, 0.9]);

        // s² = 0.04, (1/3 + 10/20)·0.04 = 1/30, and the 97.5% point of t with 2 degrees of freedom is 4.302653.
        score.Mean.Should().BeApproximately(0.7, 1e-12);
        (score.High - score.Mean).Should().BeApproximately(4.302652729911275 / Math.Sqrt(30), 1e-6);
        (score.Mean - score.Low).Should().BeApproximately(4.302652729911275 / Math.Sqrt(30), 1e-6);
    }

    [Fact]
    public void Folds_without_a_figure_are_left_out_of_mean_and_difference()
    {
        var rows = Enumerable.Range(0, 30).ToArray();
        var fold = new Fold(rows[..20], rows[20..]);
        var over = new OverFolds([fold, fold, fold]);

        var some = over.Of([0.5, null, 0.9]);
        some.Mean.Should().BeApproximately(0.7, 1e-12);
        some.Folds.Should().Equal(0.5, null, 0.9);
        over.Difference(some, over.Of([0.1, 0.2, null])).Folds.Should().Equal(0.4, null, null);
        over.Of([null, 0.4, null]).Low.Should().BeNull();
        over.Of([null, null, null]).Mean.Should().BeNull();
    }
}

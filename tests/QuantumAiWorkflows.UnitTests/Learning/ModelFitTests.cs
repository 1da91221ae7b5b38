using QuantumAiWorkflows.Learning.Models;
using QuantumAiWorkflows.Learning.Scores;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Learning;

public sealed class ModelFitTests
{
    [Theory]
    [InlineData(2, ModelKind.Linear)]
    [InlineData(2, ModelKind.TreeEnsemble)]
    [InlineData(3, ModelKind.Linear)]
    [InlineData(3, ModelKind.TreeEnsemble)]
    [InlineData(0, ModelKind.Linear)]
    [InlineData(0, ModelKind.TreeEnsemble)]
    public void A_model_finds_what_is_there_and_nothing_in_noise(int classes, ModelKind kind)
    {
        var table = new SomeTable(240, 4, classes);
        table
            .With("signal", row => 4 * (classes == 0 ? table.Target[row] : table.Classes[row]) + table.Normal())
            .WithWords(
                "word",
                row => (classes == 0 ? table.Target[row] > 0 : table.Classes[row] == 0) ? "low" : "high"
            );
        var problem = table.Problem();
        var fold = new Fold([.. Enumerable.Range(0, 160)], [.. Enumerable.Range(160, 80)]);

        var strong = Score(problem, fold, kind, 4, 5);
        var noise = Score(problem, fold, kind, 0, 1, 2);
        var chance = classes switch
        {
            0 => 0,
            2 => 0.5,
            _ => 1.0 / classes,
        };

        strong.Should().BeGreaterThan(0.85);
        noise.Should().BeInRange(chance - 0.35, chance + 0.15);
    }

    [Fact]
    public void Least_squares_is_what_linear_regression_finds()
    {
        var table = new SomeTable(100, 3, 0);
        table.WithTarget(row => 1e6 + 300 * table.Noise(0)[row] - 2000 * table.Noise(1)[row]);
        var fold = new Fold([.. Enumerable.Range(0, 70)], [.. Enumerable.Range(70, 30)]);

        Score(table.Problem(), fold, ModelKind.Linear, 0, 1, 2).Should().BeGreaterThan(0.999);
    }

    [Fact]
    public void A_classifier_says_probabilities_of_all_classes_also_of_those_it_never_saw()
    {
        var table = new SomeTable(60, 3, 4);
        var train = Enumerable.Range(0, 60).Where(row => table.Classes[row] != 2 && row % 3 > 0).ToArray();
        var test = Enumerable.Range(0, 60).Where(row => row % 3 == 0).ToArray();

        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            var prediction = (Prediction.OfClasses)
                ModelFit.Predict(table.Problem().Table!, [0, 1], new(train, test), kind, default);
            foreach (var row in prediction.Probabilities)
            {
                row.Should().HaveCount(4).And.OnlyContain(p => p >= 0 && p <= 1);
                row.Sum().Should().BeApproximately(1, 1e-5);
            }
            var unseen = table.Problem().Table!.Target.Levels.ToList().IndexOf("\"class 2\"");
            prediction.Probabilities.Should().OnlyContain(row => row[unseen] == 0);
        }
    }

    [Fact]
    public void Without_a_column_that_says_anything_a_model_is_chance()
    {
        var table = new SomeTable(40, 1).With("constant", _ => 3).With("empty", _ => double.NaN).Problem().Table!;
        var fold = new Fold([.. Enumerable.Range(0, 30)], [.. Enumerable.Range(30, 10)]);

        Metrics
            .Evaluate(table, fold, ModelFit.Predict(table, [1, 2], fold, ModelKind.Linear, default))
            .Should()
            .Equal(Metrics.Evaluate(table, fold, ModelFit.WithoutFeatures(table, fold)));
        Metrics.Evaluate(table, fold, ModelFit.WithoutFeatures(table, fold))[0].Should().Be(0.5);
    }

    [Fact]
    public void What_a_model_is_given_is_fitted_on_training_rows_alone()
    {
        var table = new SomeTable(20, 1)
            .With("x", row => row < 10 ? row : 1e300)
            .WithWords(
                "word",
                row =>
                    row < 5 ? "a"
                    : row < 8 ? "b"
                    : row < 10 ? null
                    : "new"
            );
        var design = Design.Fit(table.Problem().Table!, [1, 2], [.. Enumerable.Range(0, 10)]);
        var train = design.Of([.. Enumerable.Range(0, 10)]);
        var test = design.Of([15, 16]);

        design.Width.Should().Be(1 + 3, "x, and a, b and missing");
        for (var column = 0; column < design.Width; column++)
        {
            train.Average(row => row[column]).Should().BeApproximately(0, 1e-5f);
            train.Average(row => row[column] * row[column]).Should().BeApproximately(1, 1e-5f);
        }
        test.SelectMany(row => row).Should().OnlyContain(value => float.IsFinite(value));
        test[0]
            .Skip(1)
            .Should()
            .Equal(train.Aggregate((least, row) => [.. least.Zip(row, Math.Min)]).Skip(1), "a new word is none");
    }

    [Fact]
    public void Thinned_sides_of_a_fold_keep_every_class_and_a_model_of_one_answer_is_chance()
    {
        // Three rows of 3,000 are of the class that matters.
        var table = new SomeTable(3000, 2).WithClasses(row => row % 1000 == 0 ? 1 : 0).Problem(2).Table!;
        var fold = new Fold(
            [.. Enumerable.Range(0, 3000).Where(row => row % 3 > 0)],
            [.. Enumerable.Range(0, 3000).Where(row => row % 3 == 0)]
        );

        var scores = new FoldScorer(table, [fold], [ModelKind.Linear], 50, 1, default).Score(0, [0, 1])[0];
        scores[0].Should().NotBe(0.5, "both classes are in training and in test");

        var numbers = new SomeTable(3000, 2, 0).WithTarget(row => row == 1 ? 1 : 0).Problem(2).Table!;
        new FoldScorer(numbers, [fold], [ModelKind.Linear, ModelKind.TreeEnsemble], 50, 1, default)
            .Score(0, [0, 1])
            .Should()
            .OnlyContain(ofModel => double.IsFinite(ofModel[0]) && double.IsFinite(ofModel[1]));
    }

    private static double Score(FeatureSelectionProblem problem, Fold fold, ModelKind kind, params int[] features) =>
        Metrics.Evaluate(
            problem.Table!,
            fold,
            ModelFit.Predict(problem.Table!, features, fold, kind, TestContext.Current.CancellationToken)
        )[0];
}

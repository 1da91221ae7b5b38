using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Baselines;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Baselines;

/// <summary>Lasso, recursive elimination and random draws, by what is known of them beforehand.</summary>
public sealed class SelectionBaselinesTests
{
    /// <summary>Columns of a Walsh matrix: any two are uncorrelated, so a joint model is one of each column by itself.</summary>
    private static double Walsh(int row, int column) => int.PopCount(row & column) % 2 == 0 ? 1 : -1;

    [Fact]
    public void On_uncorrelated_columns_both_linear_methods_order_by_correlation()
    {
        double[] weights = [0.5, -3, 0.1, 2, 0, 1, -0.2];
        var problem = Regression(
            32,
            7,
            (row, column) => Walsh(row, column + 1),
            row => Enumerable.Range(0, 7).Sum(c => weights[c] * Walsh(row, c + 1)),
            size: 3
        );

        SelectionBaselines.Lasso(problem, default).Subset!.Features.Should().Equal(1, 3, 5);
        SelectionBaselines.Elimination(problem, default).Subset!.Features.Should().Equal(1, 3, 5);
    }

    [Fact]
    public void The_lasso_path_lets_features_in_where_the_penalty_falls_below_their_correlation()
    {
        double[] weights = [1, 4, 2, 3];
        var table = Regression(
            16,
            4,
            (row, column) => Walsh(row, column + 1),
            row => Enumerable.Range(0, 4).Sum(c => weights[c] * Walsh(row, c + 1)),
            size: 4
        ).Table!;

        var (order, fits) = LassoPath.Rank(LinearTable.Of(table, _ => true), 4, default);

        order.Should().Equal(1, 3, 2, 0);
        // The penalty falls by a tenth a model from the largest correlation: a quarter of it is reached at the 14th.
        fits.Should().Be(14);
    }

    [Fact]
    public void Relevance_alone_takes_copies_and_the_linear_methods_do_not()
    {
        // a and b make y together; the copies of a are each more correlated with y than b is.
        var random = Xoshiro256.FromSeed(3, "copies");
        var cells = Enumerable
            .Range(0, 200)
            .Select(_ =>
            {
                var (a, b) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
                return new[] { a, a + 0.02 * random.NextDouble(), a + 0.02 * random.NextDouble(), b };
            })
            .ToArray();
        var problem = Regression(
            200,
            4,
            (row, c) => cells[row][c],
            row => 2 * cells[row][0] + 1.5 * cells[row][3],
            size: 2
        );

        SelectionBaselines.Lasso(problem, default).Subset!.Features.Should().Equal(0, 3);
        SelectionBaselines.Elimination(problem, default).Subset!.Features.Should().HaveCount(2).And.Contain(3);
    }

    [Theory]
    [InlineData("categories")]
    [InlineData("three classes")]
    [InlineData("missing")]
    public void Tables_of_every_kind_are_taken(string kind)
    {
        var json = SomeFeatures.Table(rows: 60, numbers: 6, informative: 2, size: 3);
        var rows = json["table"]!["rows"]!.AsArray();
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows[r]!.AsArray();
            if (kind == "categories")
                row[6] = row[7]!.GetValue<string>() == "yes" ? "only with yes" : $"k{r % 3}";
            else if (kind == "three classes")
                row[7] = r % 3 == 0 ? "third" : row[7]!.GetValue<string>();
            else if (r % 4 == 0)
                row[0] = null;
        }
        var problem = SomeFeatures.Read(json);

        foreach (
            var found in new[]
            {
                SelectionBaselines.Lasso(problem, default),
                SelectionBaselines.Elimination(problem, default),
            }
        )
        {
            problem.Evaluate(found.Subset!).Violations.Should().BeEmpty();
            found.Looked.Should().BePositive();
            if (kind == "categories")
                found.Subset!.Features.Should().Contain(6, "the category tells the class");
        }
    }

    [Fact]
    public void Constraints_hold_where_the_ranking_leaves_a_way()
    {
        var json = SomeFeatures.Table(rows: 60, numbers: 8, informative: 3, size: 4);
        json["require"] = new JsonArray("n7");
        json["exclude"] = new JsonArray("n0");
        json["groups"] = JsonNode.Parse(
            """[{"features":["n1","n2"],"atMost":1},{"features":["n4","n5"],"atLeast":1}]"""
        );
        json["costs"] = JsonNode.Parse("""{"n6":3}""");
        json["budget"] = 2;
        var problem = SomeFeatures.Read(json);

        BaselineSubset[] found =
        [
            SelectionBaselines.Lasso(problem, default),
            SelectionBaselines.Elimination(problem, default),
            SelectionBaselines.Random(problem, 500, 1, null, default),
        ];

        found.Should().OnlyContain(f => problem.Evaluate(f.Subset!).IsFeasible);
    }

    [Fact]
    public void Random_draws_are_repeatable_and_tell_when_they_reached_the_target()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(8, seed: 4, size: 3));
        var best = SomeFeatures.Best(problem)!.Value;

        var first = SelectionBaselines.Random(problem, 1_000, 5, best, default);
        var second = SelectionBaselines.Random(problem, 1_000, 5, best, default);
        var shorter = SelectionBaselines.Random(problem, first.Reached!.Value - 1, 5, best, default);

        second.Should().Be(first);
        problem.Evaluate(first.Subset!).Objective.Should().Be(best, "there are only 56 subsets");
        shorter.Reached.Should().BeNull();
        (shorter.Looked, first.Looked).Should().Be((first.Reached!.Value - 1, 1_000));
    }

    [Fact]
    public void Five_thousand_features_take_some_dozens_of_models()
    {
        var random = Xoshiro256.FromSeed(9, "many");
        var columns = new double[5_000][];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() - 0.5)];
        var problem = Regression(
            200,
            5_000,
            (row, column) => columns[column][row],
            row => 3 * columns[17][row] + 2 * columns[4_001][row],
            size: 2
        );

        var lasso = SelectionBaselines.Lasso(problem, default);
        var elimination = SelectionBaselines.Elimination(problem, default);

        lasso.Subset!.Features.Should().Equal(17, 4_001);
        elimination.Subset!.Features.Should().Equal(17, 4_001);
        lasso.Looked.Should().BeLessThan(81);
        elimination.Looked.Should().BeLessThan(60);
    }

    [Fact]
    public void A_cancel_ends_them()
    {
        var problem = SomeFeatures.Read(SomeFeatures.Table(rows: 40));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        foreach (
            var run in new Action[]
            {
                () => SelectionBaselines.Lasso(problem, cancelled.Token),
                () => SelectionBaselines.Elimination(problem, cancelled.Token),
                () => SelectionBaselines.Random(problem, 10, 1, null, cancelled.Token),
            }
        )
            run.Should().Throw<OperationCanceledException>();
    }

    private static FeatureSelectionProblem Regression(
        int rows,
        int features,
        Func<int, int, double> cell,
        Func<int, double> target,
        int size
    )
    {
        var names = Enumerable.Range(0, features).Select(i => $"x{i}").ToArray();
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(value)];
        var table = new FeatureTable(
            [.. names.Select((n, i) => TableColumn.Numeric(n, Column(row => cell(row, i))))],
            TableColumn.Numeric("y", Column(target)),
            SelectionTask.Regression
        );
        return new(
            names,
            table,
            null,
            Criterion.Pearson,
            1,
            new(size, true, null, 0, [], new bool[features], new bool[features])
        );
    }
}

using CsCheck;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

public sealed class FeatureScoresTests
{
    private static readonly double[] Y = [1, 2, 3, 4, 5];

    [Fact]
    public void Pearson_is_the_absolute_correlation()
    {
        // Deviations (-1, 0, -2, 1, 2) beside (-2, -1, 0, 1, 2): 2 + 0 + 0 + 1 + 4 = 7 of 10.
        Relevance(Criterion.Pearson, TableColumn.Numeric("x", [2, 3, 1, 4, 5])).Should().BeApproximately(0.7, 1e-12);
        Relevance(Criterion.Pearson, TableColumn.Numeric("x", [-2, -3, -1, -4, -5]))
            .Should()
            .BeApproximately(0.7, 1e-12);
        Relevance(Criterion.Pearson, TableColumn.Numeric("x", [1, 8, 27, 64, 125])).Should().BeLessThan(0.95);
    }

    [Fact]
    public void Spearman_looks_at_ranks_only_and_ties_share_theirs()
    {
        Relevance(Criterion.Spearman, TableColumn.Numeric("x", [1, 8, 27, 64, 125])).Should().BeApproximately(1, 1e-12);
        // Ranks 1.5, 1.5, 3, 4.5, 4.5: deviations (-1.5, -1.5, 0, 1.5, 1.5), so 9 / sqrt(9 * 10).
        Relevance(Criterion.Spearman, TableColumn.Numeric("x", [0, 0, 1, 7, 7]))
            .Should()
            .BeApproximately(9 / Math.Sqrt(90), 1e-12);
    }

    [Fact]
    public void The_correlation_ratio_is_the_share_of_variance_between_the_categories()
    {
        // Means 1.5 and 4 of 1..5: between 2(1.5 - 3)² + 3(4 - 3)² = 7.5 of 10.
        Relevance(Criterion.Pearson, Category("a", "a", "b", "b", "b"))
            .Should()
            .BeApproximately(Math.Sqrt(0.75), 1e-12);
    }

    [Fact]
    public void With_two_categories_all_three_measures_are_the_correlation_of_the_indicator()
    {
        double[] indicator = [0, 0, 1, 1, 1, 0, 1];
        double[] other = [1, 0, 1, 0, 1, 0, 1];
        var numeric = Redundancy(TableColumn.Numeric("a", indicator), TableColumn.Numeric("b", other));

        Redundancy(Coded(indicator), TableColumn.Numeric("b", other)).Should().BeApproximately(numeric, 1e-12);
        Redundancy(Coded(indicator), Coded(other)).Should().BeApproximately(numeric, 1e-12);
    }

    [Fact]
    public void Mutual_information_is_in_nats()
    {
        // A copy of a column with two equal halves has ln 2; one that says nothing about the other has 0.
        var half = Category("a", "a", "b", "b");
        var alternating = Category("a", "b", "a", "b");
        Information(half, half).Should().BeApproximately(Math.Log(2), 1e-12);
        Information(half, alternating).Should().BeApproximately(0, 1e-12);
        // P(a, a) = 1/2, P(b, a) = P(b, b) = 1/4: ln 2 · 1.5 - (ln 4 - 3/4 ln 3) ... = Σ p ln(p / pq).
        Information(half, Category("a", "a", "a", "b"))
            .Should()
            .BeApproximately(0.5 * Math.Log(0.5 / 0.375) + 0.25 * Math.Log(0.25 / 0.375) + 0.25 * Math.Log(2), 1e-12);
    }

    [Fact]
    public void Bins_hold_equal_numbers_of_rows_and_equal_values_together()
    {
        CodedColumn.OfNumbers([5, 1, 3, 2, 4, 6], 3).Counts.Should().Equal(2, 2, 2);
        CodedColumn.OfNumbers([1, 1, 1, 1, 2, 3], 3).Counts.Should().Equal(4, 2);
        CodedColumn.OfNumbers([7, 7, 7], 2).Counts.Should().Equal(3);
        CodedColumn.OfNumbers([double.NaN, 1, 2, double.NaN], 2).Counts.Should().Equal(1, 1, 2);
        MutualInformationScores.Bins(20).Should().Be(2);
        MutualInformationScores.Bins(180).Should().Be(6);
        MutualInformationScores.Bins(100_000).Should().Be(10);
    }

    [Fact]
    public void A_missing_number_counts_as_the_mean_and_a_missing_category_as_a_category()
    {
        Relevance(Criterion.Pearson, TableColumn.Numeric("x", [1, 2, double.NaN, 4, 5]))
            .Should()
            .BeApproximately(1, 1e-12);
        Relevance(Criterion.Pearson, Category("a", "a", null, null, null))
            .Should()
            .Be(Relevance(Criterion.Pearson, Category("a", "a", "b", "b", "b")));
    }

    [Theory]
    [InlineData(Criterion.Pearson)]
    [InlineData(Criterion.Spearman)]
    [InlineData(Criterion.MutualInformation)]
    public void A_constant_column_has_no_relevance_and_no_redundancy(Criterion criterion)
    {
        foreach (
            var constant in new[]
            {
                TableColumn.Numeric("x", [0.1, 0.1, 0.1, 0.1, 0.1]),
                Category("a", "a", "a", "a", "a"),
            }
        )
        {
            var scores = Scores(criterion, constant, TableColumn.Numeric("z", [3, 1, 2, 5, 4]));
            scores.Relevance[0].Should().Be(0);
            scores.Redundancy(0, 1).Should().Be(0);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    [InlineData(5e-324)]
    public void Huge_and_tiny_numbers_have_the_same_correlation(double unit)
    {
        var scaled = TableColumn.Numeric("x", [2 * unit, 3 * unit, 1 * unit, 4 * unit, 5 * unit]);
        Relevance(Criterion.Pearson, scaled).Should().BeApproximately(0.7, 1e-9);
        var ends = TableColumn.Numeric("x", [-double.MaxValue, 0, 0, 0, double.MaxValue]);
        Relevance(Criterion.Pearson, ends).Should().BeApproximately(4 / Math.Sqrt(20), 1e-12);
    }

    [Fact]
    public void Rows_of_redundancies_are_the_pairs_bit_for_bit_and_symmetric()
    {
        foreach (var criterion in (string[])["pearson", "spearman", "mutualInformation"])
        {
            var problem = SomeFeatures.Read(SomeFeatures.Table(rows: 53, criterion: criterion));
            var row = new double[problem.NumVariables];
            for (var i = 0; i < row.Length; i++)
            {
                problem.Scores.FillRow(i, row);
                row[i].Should().Be(0);
                for (var j = 0; j < row.Length; j++)
                    row[j].Should().Be(problem.Scores.Redundancy(i, j)).And.Be(problem.Scores.Redundancy(j, i));
            }
        }
    }

    /// <summary>Hundreds of categories in as many rows: a table of all pairs of categories would be empty but for the rows.</summary>
    [Fact]
    public void A_pair_of_columns_costs_by_its_rows_and_not_by_all_pairs_of_categories()
    {
        Words(300, 256).IsSparseWith(Words(300, 256)).Should().BeTrue();
        Words(300, 8).IsSparseWith(Words(300, 8)).Should().BeFalse();
        Words(100_000, 256).IsSparseWith(Words(100_000, 256)).Should().BeFalse();

        static CodedColumn Words(int rows, int categories) =>
            CodedColumn.OfLevels(Coded([.. Enumerable.Range(0, rows).Select(row => (double)(row % categories))]));
    }

    /// <summary>Few rows of many categories are counted another way than many rows of few: the same sums in the same order.</summary>
    [Fact]
    public void Pairs_of_categories_are_counted_in_one_order_however_many_there_are() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 300], Gen.Int[1, 300], Gen.Long[1, 1000])
            .Sample(
                (rows, left, right, seed) =>
                {
                    var random = QuantumAiWorkflows.Numerics.Xoshiro256.FromSeed((ulong)seed, "codes");
                    var (x, y) = (Column(left), Column(right));
                    var expected = Enumerable
                        .Range(0, rows)
                        .GroupBy(row => (Left: (int)x.Codes[row], Right: (int)y.Codes[row]))
                        .Select(g => (g.Key.Left, g.Key.Right, g.Count()))
                        .Order();

                    x.JointCounts(y).Should().Equal(expected);

                    CodedColumn Column(int categories) =>
                        CodedColumn.OfLevels(
                            Coded([.. Enumerable.Range(0, rows).Select(_ => (double)random.NextInt32(categories))])
                        );
                },
                iter: 200
            );

    [Fact]
    public void The_vector_product_is_the_sum_of_products() =>
        Gen.Double[-1, 1]
            .Array[0, 70]
            .Sample(values =>
            {
                var other = values.Reverse().ToArray();
                var expected = values.Zip(other, (a, b) => a * b).Sum();
                CorrelationScores.Dot(values, other).Should().BeApproximately(expected, 1e-12);
            });

    [Fact]
    public void An_association_is_between_0_and_1() =>
        Gen.Select(Gen.Int[0, 3].Array[12], Gen.Double[-1e6, 1e6].Array[12], Gen.Int[0, 5].Array[12])
            .Sample(
                (codes, numbers, others) =>
                {
                    TableColumn[] columns =
                    [
                        Coded([.. codes.Select(c => (double)c)]),
                        TableColumn.Numeric("n", numbers),
                        Coded([.. others.Select(c => (double)c)]),
                    ];
                    var scores = new CorrelationScores(
                        new(
                            columns,
                            TableColumn.Numeric("y", [.. Enumerable.Range(0, 12).Select(i => (double)i)]),
                            SelectionTask.Regression
                        ),
                        ranked: false
                    );
                    for (var i = 0; i < 3; i++)
                    for (var j = 0; j < 3; j++)
                        scores.Redundancy(i, j).Should().BeInRange(0, 1);
                }
            );

    private static TableColumn Category(params string?[] values) =>
        TableColumn.Categorical("x", [.. values.Select(v => v is null ? null : $"\"{v}\"")]);

    private static TableColumn Coded(double[] values) =>
        TableColumn.Categorical(
            "x",
            [.. values.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture))]
        );

    private static FeatureScores Scores(Criterion criterion, params TableColumn[] features)
    {
        var table = new FeatureTable(features, TableColumn.Numeric("y", Y), SelectionTask.Regression);
        return criterion == Criterion.MutualInformation
            ? new MutualInformationScores(table)
            : new CorrelationScores(table, criterion == Criterion.Spearman);
    }

    private static double Relevance(Criterion criterion, TableColumn feature) =>
        Scores(criterion, feature).Relevance[0];

    private static double Redundancy(TableColumn left, TableColumn right)
    {
        var target = TableColumn.Numeric("y", [.. Enumerable.Range(0, left.Length).Select(i => (double)i)]);
        return new CorrelationScores(new([left, right], target, SelectionTask.Regression), ranked: false).Redundancy(
            0,
            1
        );
    }

    private static double Information(TableColumn feature, TableColumn target) =>
        new MutualInformationScores(new([feature], target, SelectionTask.Classification)).Relevance[0];
}

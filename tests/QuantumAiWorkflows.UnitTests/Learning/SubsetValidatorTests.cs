using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Learning;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Learning;

public sealed class SubsetValidatorTests
{
    private static readonly ValidationPlan Quick = new()
    {
        Resamples = 0,
        Seeds = 0,
        Ablated = 0,
    };

    [Fact]
    public void Planted_noise_scores_at_chance_where_a_naive_protocol_shows_more()
    {
        // 60 rows and 500 columns of noise: some column always goes with the target.
        var (nested, naive) = (new List<double>(), new List<double>());
        for (var seed = 1; seed <= 3; seed++)
        {
            var problem = new SomeTable(60, 500, seed: seed).Problem(5);
            var best = Validate(problem, Quick, 1, seed).Subsets[0].Validation;
            nested.Add(best.Score.Mean!.Value);
            naive.Add(best.Naive.Mean!.Value);
            best.Score.Low.Should().BeLessThan(0.5, $"seed {seed}: its interval holds chance");
            best.Score.High.Should().BeGreaterThan(0.5);
            // The naive protocol here and now: choose with all rows, then cross-validate what was chosen.
            best.Naive.Low.Should().BeGreaterThan(0.5, $"seed {seed}: a naive protocol finds what is not there");
            best.Optimism.Mean.Should().BeApproximately(best.Naive.Mean!.Value - best.Score.Mean!.Value, 1e-12);
        }
        nested.Average().Should().BeInRange(0.4, 0.6);
        naive.Average().Should().BeGreaterThan(0.75);
    }

    [Fact]
    public void Noise_explains_nothing_of_a_number_either()
    {
        var best = Validate(new SomeTable(60, 300, 0).Problem(5), Quick, 1).Subsets[0].Validation;

        best.Score.Low.Should().BeLessThan(0);
        best.Score.Mean.Should().BeLessThan(0.1);
        best.Optimism.Low.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Planted_signal_is_found_and_its_subset_is_ranked_first()
    {
        var table = new SomeTable(120, 60);
        for (var i = 0; i < 3; i++)
            table.With($"s{i}", row => table.Classes[row] + 0.8 * table.Normal());
        var problem = table.Problem();
        var report = Validate(problem, Quick, 3);

        var best = report.Subsets[0];
        best.Features.Should().Equal("s0", "s1", "s2");
        best.Validation.Score.Low.Should().BeGreaterThan(0.7);
        best.Validation.AboveChance.Low.Should().BeGreaterThan(0.2);
        best.Validation.BehindBest.Should().BeNull();
        report.Subsets.Select(s => s.Rank).Should().Equal(1, 2, 3);
        report.Subsets.Select(s => s.Validation.Score.Mean).Should().BeInDescendingOrder();
        report.Subsets[1].Validation.BehindBest!.Mean.Should().BeGreaterThan(0);
        report.Chance["auc"].Mean.Should().Be(0.5);
        report.Leakage.Findings.Should().BeEmpty();
    }

    [Fact]
    public void Subsets_are_ranked_by_validated_score_and_never_by_objective()
    {
        // The selection prefers noise: whatever it thinks of them, the subset with the signal comes first.
        var table = new SomeTable(100, 6);
        table.With("signal", row => 2 * table.Classes[row] + table.Normal());
        var problem = table.Problem(1);
        FeatureSelectionSolution[] fixedOrder = [new([0]), new([1]), new([6])];
        var report = SubsetValidator.Validate(
            problem,
            fixedOrder,
            Quick,
            1,
            (_, _, _) => fixedOrder,
            null,
            TestContext.Current.CancellationToken
        );

        report.Subsets[0].Features.Should().Equal("signal");
        report.Subsets[0].ProposedRank.Should().Be(3);
        report.Subsets[0].Validation.Optimism.Mean.Should().Be(0, "the selection looked at no row");
    }

    [Fact]
    public void The_selection_sees_training_rows_and_no_other()
    {
        var problem = new SomeTable(50, 4).With("row", row => row).Problem(2);
        var folds = OuterFolds.Of(problem, Quick, 3, "", new FaultList())!;
        var seen = new List<(double[] Rows, long Seed)>();
        var select = SomeTable.MostRelevant(1);
        SubsetValidator.Validate(
            problem,
            select(problem, 0, default),
            Quick,
            3,
            (training, seed, cancellation) =>
            {
                seen.Add((training.Table!.Features[4].Numbers!, seed));
                training.Table.NumRows.Should().Be(training.Table.Target.Length);
                return select(training, seed, cancellation);
            },
            null,
            TestContext.Current.CancellationToken
        );

        seen.Select(s => s.Rows).Should().BeEquivalentTo(folds.Select(f => f.Train), o => o.WithStrictOrdering());
        seen.Select(s => s.Seed).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void Two_runs_give_equal_bytes(int classes)
    {
        var table = new SomeTable(60, 8, classes).WithWords("word", row => $"k{row % 4}");
        var problem = table.Problem();
        var plan = new ValidationPlan
        {
            Folds = 2,
            Repeats = 2,
            Resamples = 3,
            Seeds = 2,
            AddedInAblation = 2,
        };

        var first = JsonSerializer.Serialize(Validate(problem, plan, 2), StrictJson.Options);
        JsonSerializer.Serialize(Validate(problem, plan, 2), StrictJson.Options).Should().Be(first);
        JsonSerializer.Serialize(Validate(problem, plan, 2, 9), StrictJson.Options).Should().NotBe(first);
        JsonSerializer
            .Serialize(JsonSerializer.Deserialize<ValidationReport>(first, StrictJson.Options), StrictJson.Options)
            .Should()
            .Be(first, "the report travels between processes");
    }

    [Fact]
    public void Numbers_at_the_end_of_what_doubles_hold_give_a_report_that_can_be_written()
    {
        var table = new SomeTable(40, 3, 0);
        table
            .WithTarget(row => (row % 2 == 0 ? 4e307 : -4e307) * (row % 5))
            .With("huge", row => row % 3 == 0 ? 1e308 : -1e308)
            .With("tiny", row => row % 4 * double.Epsilon)
            .With("one huge", row => row == 7 ? 1e308 : table.Normal())
            .With("empty", _ => double.NaN);
        var every = new FeatureSelectionSolution([0, 3, 4, 5, 6]);
        var report = SubsetValidator.Validate(
            table.Problem(5),
            [every],
            Quick,
            1,
            (_, _, _) => [every],
            null,
            TestContext.Current.CancellationToken
        );

        var act = () => JsonSerializer.Serialize(report, StrictJson.Options);
        act.Should().NotThrow();
        report.Subsets[0].Validation.Score.Mean.Should().NotBeNull();
    }

    [Fact]
    public void Ablation_tells_the_feature_that_matters_from_one_that_does_not()
    {
        var table = new SomeTable(120, 6);
        table
            .With("matters", row => 2 * table.Classes[row] + table.Normal())
            .With("helps", row => 2 * table.Classes[row] + table.Normal());
        var problem = table.Problem(2);
        var report = SubsetValidator.Validate(
            problem,
            [new([0, 6])],
            Quick with
            {
                Ablated = 1,
                AddedInAblation = 3,
            },
            1,
            (_, _, _) => [new([0, 6])],
            null,
            TestContext.Current.CancellationToken
        );
        var ablation = report.Subsets[0].Validation.Ablation!;

        var dropped = ablation.Dropped.ToDictionary(d => d.Feature, d => d.Change);
        dropped["matters"].High.Should().BeLessThan(-0.05);
        dropped["n0"].Low.Should().BeGreaterThan(-0.1);
        ablation.Added[0].Feature.Should().Be("helps");
        ablation.Added[0].Change.Low.Should().BeGreaterThan(0);
        (ablation.Added.Count, ablation.NotAdded, ablation.NotDropped).Should().Be((3, 3, 0));
    }

    [Fact]
    public void Stability_is_that_of_the_subsets_in_folds_resamples_and_seeds()
    {
        var table = new SomeTable(60, 9);
        var problem = table.Problem(2);
        var call = 0;
        // Five folds: twice {0, 1}, then {0, 2}, {0, 1}, {0, 1}; resamples alternate; seeds agree.
        int[][] answers =
        [
            [0, 1],
            [0, 1],
            [0, 2],
            [0, 1],
            [0, 1],
            [0, 3],
            [4, 3],
            [0, 1],
            [0, 1],
        ];
        var stability = SubsetValidator
            .Validate(
                problem,
                [new([0, 1])],
                Quick with
                {
                    Resamples = 2,
                    Seeds = 2,
                },
                1,
                (_, _, _) => [new(answers[call++])],
                null,
                TestContext.Current.CancellationToken
            )
            .Subsets[0]
            .Stability;

        call.Should().Be(9);
        var expected = SubsetStability.Nogueira(answers[..5], 9)!;
        stability.Folds!.Subsets.Should().Be(5);
        stability.Folds.Nogueira.Should().Be(new StabilityIndex(expected.Value, expected.Low, expected.High));
        stability.Folds.Kuncheva!.Value.Should().BeApproximately(expected.Value, 1e-12);
        stability
            .Resamples!.Jaccard.Should()
            .Be(new StabilityIndex(1 / 3.0, null, null), "of two there is no interval");
        stability.Seeds!.Nogueira!.Value.Should().BeApproximately(1, 1e-12);
        stability.Features.Should().Equal(new FeatureRecurrence("n0", 1, 0.5), new FeatureRecurrence("n1", 0.8, 0));
    }

    [Fact]
    public void Stability_of_a_free_choice_at_random_is_about_0_whatever_else_is_fixed()
    {
        // Two of five are required, and half of the columns may not be chosen: three of 17 are drawn.
        var table = new SomeTable(60, 19);
        for (var i = 0; i < 19; i++)
            table.With($"out{i}", row => row, excluded: true);
        var open = table.Problem(5);
        var required = new bool[open.NumVariables];
        required[0] = required[1] = true;
        var problem = new FeatureSelectionProblem(
            open.Names,
            open.Table,
            null,
            Criterion.Pearson,
            0,
            open.Constraints with
            {
                Required = required,
            }
        );
        var random = new SomeTable(1, 0).Random;

        var stability = SubsetValidator
            .Validate(
                problem,
                [Draw()],
                Quick with
                {
                    Resamples = 50,
                },
                1,
                (_, _, _) => [Draw()],
                null,
                TestContext.Current.CancellationToken
            )
            .Subsets[0]
            .Stability.Resamples!;

        stability.Nogueira!.Value.Should().BeInRange(-0.05, 0.05);
        stability.Kuncheva!.Value.Should().BeInRange(-0.05, 0.05);
        stability.Jaccard.Value.Should().BeGreaterThan(0.25, "it is not corrected, and counts all that was chosen");

        FeatureSelectionSolution Draw()
        {
            var free = Enumerable.Range(2, 17).ToArray();
            random.Shuffle<int>(free);
            return new([0, 1, .. free[..3]]);
        }
    }

    [Fact]
    public void Where_nothing_is_free_to_choose_no_index_is_defined()
    {
        var table = new SomeTable(60, 2).With("out", row => row, excluded: true);
        var open = table.Problem(2);
        var problem = new FeatureSelectionProblem(
            open.Names,
            open.Table,
            null,
            Criterion.Pearson,
            0,
            open.Constraints with
            {
                Required = [true, true, false],
            }
        );

        var folds = SubsetValidator
            .Validate(
                problem,
                [new([0, 1])],
                Quick,
                1,
                (_, _, _) => [new([0, 1])],
                null,
                TestContext.Current.CancellationToken
            )
            .Subsets[0]
            .Stability.Folds!;

        (folds.Nogueira, folds.Kuncheva, folds.Jaccard.Value).Should().Be((null, null, 1));
    }

    [Fact]
    public void A_place_that_some_fold_leaves_empty_does_not_outrank_those_with_a_score_in_every_fold()
    {
        var table = new SomeTable(100, 6);
        table
            .With("good", row => 2 * table.Classes[row] + table.Normal())
            .With("better", row => 6 * table.Classes[row] + table.Normal());
        var problem = table.Problem(1);
        var fold = 0;

        var report = SubsetValidator.Validate(
            problem,
            [new([6]), new([7])],
            Quick,
            1,
            (_, _, _) => fold++ == 0 ? [new([6]), new([7])] : [new([6])],
            null,
            TestContext.Current.CancellationToken
        );

        report.Subsets[1].Validation.Score.Mean.Should().BeGreaterThan(report.Subsets[0].Validation.Score.Mean!.Value);
        report.Subsets.Select(s => s.Features.Single()).Should().Equal("good", "better");
    }

    [Fact]
    public void A_place_that_the_selection_leaves_empty_has_no_score_and_comes_last()
    {
        var problem = new SomeTable(60, 6).Problem(2);
        var select = SomeTable.MostRelevant(2);
        var report = SubsetValidator.Validate(
            problem,
            select(problem, 0, default),
            Quick,
            1,
            (training, seed, cancellation) => [.. select(training, seed, cancellation).Take(1)],
            null,
            TestContext.Current.CancellationToken
        );

        var last = report.Subsets[1];
        last.ProposedRank.Should().Be(2);
        last.Validation.Score.Should().BeEquivalentTo(new FoldScore(null, null, null, [null, null, null, null, null]));
        last.Validation.Naive.Mean.Should().NotBeNull();
        last.Stability.Folds.Should().BeNull();
    }

    [Fact]
    public void It_ends_where_it_is_cancelled_and_says_how_far_it_is()
    {
        using var cancellation = new CancellationTokenSource();
        var problem = new SomeTable(60, 6).Problem(2);
        var stages = new List<ValidationProgress>();
        var select = SomeTable.MostRelevant(1);

        var act = () =>
            SubsetValidator.Validate(
                problem,
                select(problem, 0, default),
                new(),
                1,
                select,
                progress =>
                {
                    stages.Add(progress);
                    if (progress.Stage == "fold 3 of 5")
                        cancellation.Cancel();
                },
                cancellation.Token
            );

        act.Should().Throw<OperationCanceledException>();
        stages.Select(s => s.Stage).Should().Equal("leakage checks", "fold 1 of 5", "fold 2 of 5", "fold 3 of 5");
        stages[^1].Done.Should().BeInRange(1, stages[^1].Total - 1);
    }

    [Fact]
    public void A_report_names_the_features_of_a_subset_that_leak()
    {
        var table = new SomeTable(60, 6);
        table.With("copy", row => 3 - table.Classes[row]);
        var report = Validate(table.Problem(2), Quick, 1);

        report.Subsets[0].Leaks.Should().Equal("copy");
        report.Subsets[0].Validation.Score.Mean.Should().BeGreaterThan(0.99);
    }

    [Fact]
    public void The_score_of_a_selection_alone_is_that_of_the_report()
    {
        var problem = new SomeTable(60, 30).Problem(3);
        var select = SomeTable.MostRelevant(1);

        SubsetValidator
            .Score(problem, Quick, 4, select, TestContext.Current.CancellationToken)
            .Should()
            .BeEquivalentTo(Validate(problem, Quick, 1, 4).Subsets[0].Validation.Score);
    }

    private static ValidationReport Validate(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        int candidates,
        long seed = 1
    )
    {
        var select = SomeTable.MostRelevant(candidates);
        return SubsetValidator.Validate(
            problem,
            select(problem, 0, default),
            plan,
            seed,
            select,
            null,
            TestContext.Current.CancellationToken
        );
    }
}

using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

public sealed class OuterFoldsTests
{
    [Fact]
    public void Every_row_is_tested_once_a_repeat_and_never_trained_on_there()
    {
        Gen.Select(Gen.Int[2, 10], Gen.Int[1, 3], Gen.Int[40, 90], Gen.Int[0, 3], Gen.Long[1, 1000])
            .Sample(
                (folds, repeats, rows, classes, seed) =>
                {
                    var problem = new SomeTable(rows, 2, classes == 1 ? 2 : classes, seed).Problem(1);
                    var made = Folds(problem, new() { Folds = folds, Repeats = repeats }, seed);
                    made.Should().HaveCount(folds * repeats);
                    foreach (var round in made.Chunk(folds))
                        round.SelectMany(f => f.Test).Order().Should().Equal(Enumerable.Range(0, rows));
                    foreach (var fold in made)
                        fold.Train.Concat(fold.Test).Order().Should().Equal(Enumerable.Range(0, rows));
                },
                iter: 40
            );
    }

    [Fact]
    public void Stratified_folds_have_every_class_within_one_row_of_its_share()
    {
        Gen.Select(Gen.Int[2, 10], Gen.Int[2, 4], Gen.Int[50, 150], Gen.Long[1, 1000])
            .Sample(
                (folds, classes, rows, seed) =>
                {
                    var table = new SomeTable(rows, 1, classes, seed);
                    foreach (var fold in Folds(table.Problem(1), new() { Folds = folds }, seed))
                        for (var k = 0; k < classes; k++)
                            (
                                fold.Test.Count(row => table.Classes[row] == k)
                                - (double)table.Classes.Count(c => c == k) / folds
                            )
                                .Should()
                                .BeInRange(-1, 1);
                },
                iter: 40
            );
    }

    [Fact]
    public void Stratified_folds_of_a_regression_have_their_share_of_every_part_of_the_range()
    {
        var table = new SomeTable(100, 1, 0);
        var rank = new int[100];
        foreach (var (row, at) in Enumerable.Range(0, 100).OrderBy(r => table.Target[r]).Select((r, at) => (r, at)))
            rank[row] = at;

        foreach (var fold in Folds(table.Problem(1), new() { Folds = 5 }))
            fold.Test.CountBy(row => rank[row] / 20).Should().OnlyContain(part => part.Value == 4);
    }

    [Fact]
    public void No_group_is_on_both_sides_and_classes_stay_even()
    {
        Gen.Select(Gen.Int[2, 5], Gen.Int[12, 30], Gen.Long[1, 1000])
            .Sample(
                (folds, groups, seed) =>
                {
                    var table = new SomeTable(groups * 5, 1, 2, seed);
                    var group = Enumerable.Range(0, table.Rows).Select(_ => table.Random.NextInt32(groups)).ToArray();
                    var problem = table.WithWords("patient", row => $"p{group[row]}", excluded: true).Problem(1);
                    var plan = new ValidationPlan
                    {
                        Scheme = FoldScheme.Grouped,
                        GroupColumn = "patient",
                        Folds = folds,
                    };
                    foreach (var fold in Folds(problem, plan, seed))
                    {
                        fold.Train.Select(row => group[row])
                            .Intersect(fold.Test.Select(row => group[row]))
                            .Should()
                            .BeEmpty();
                        fold.Test.Count(row => table.Classes[row] == 0).Should().BeGreaterThan(0);
                    }
                },
                iter: 40
            );
    }

    [Fact]
    public void Groups_of_one_class_each_are_spread_over_all_folds()
    {
        // Six patients, two of each diagnosis.
        var table = new SomeTable(60, 1, 3).WithClasses(row => row / 10 % 3);
        var problem = table.WithWords("patient", row => $"p{row / 10}", excluded: true).Problem(1);

        foreach (
            var fold in Folds(
                problem,
                new()
                {
                    Scheme = FoldScheme.Grouped,
                    GroupColumn = "patient",
                    Folds = 3,
                }
            )
        )
            fold.Test.Length.Should().BeInRange(10, 30);
    }

    [Fact]
    public void In_order_of_time_every_training_row_is_before_every_test_row()
    {
        Gen.Select(Gen.Int[2, 6], Gen.Int[40, 100], Gen.Int[10, 60], Gen.Long[1, 1000])
            .Sample(
                (folds, rows, moments, seed) =>
                {
                    var table = new SomeTable(rows, 1, 0, seed);
                    var time = Enumerable.Range(0, rows).Select(_ => table.Random.NextInt32(moments)).ToArray();
                    var problem = table.WithWords("day", row => $"{2000 + time[row]}-01-31", excluded: true).Problem(1);
                    var plan = new ValidationPlan
                    {
                        Scheme = FoldScheme.Time,
                        TimeColumn = "day",
                        Folds = folds,
                    };
                    var faults = new FaultList();
                    if (OuterFolds.Of(problem, plan, seed, "/validate", faults) is not { } made)
                        faults.Items.Single().Code.Should().Be(FaultCode.DoesNotFit);
                    else
                        foreach (var fold in made)
                            fold.Train.Max(row => time[row]).Should().BeLessThan(fold.Test.Min(row => time[row]));
                },
                iter: 60
            );
    }

    [Fact]
    public void Without_a_time_column_the_rows_are_in_order_of_time()
    {
        var made = Folds(new SomeTable(30, 1, 0).Problem(1), new() { Scheme = FoldScheme.Time, Folds = 2 });

        made[0].Train.Should().Equal(Enumerable.Range(0, 10));
        made[0].Test.Should().Equal(Enumerable.Range(10, 10));
        made[1].Train.Should().Equal(Enumerable.Range(0, 20));
        made[1].Test.Should().Equal(Enumerable.Range(20, 10));
    }

    [Fact]
    public void Equal_seeds_give_equal_folds_and_others_do_not()
    {
        var problem = new SomeTable(60, 1).Problem(1);

        Folds(problem, new(), 7).Should().BeEquivalentTo(Folds(problem, new(), 7), o => o.WithStrictOrdering());
        Folds(problem, new(), 7)[0].Test.Should().NotEqual(Folds(problem, new(), 8)[0].Test);
    }

    [Fact]
    public void A_table_that_cannot_be_split_so_is_refused_with_value_and_limit()
    {
        Refused(new SomeTable(7, 1).Problem(1), new())
            .Should()
            .Contain(("/validate/folds", FaultCode.OutOfRange, "7", "10"));
        var rare = new SomeTable(40, 1).WithClasses(row => row < 3 ? 1 : 0).Problem(1);
        Refused(rare, new()).Should().Equal(("/validate/folds", FaultCode.OutOfRange, "3", "5"));
        Refused(rare, new() { Scheme = FoldScheme.Time })
            .Should()
            .ContainSingle(
                f => f.Code == FaultCode.DoesNotFit,
                "later folds have no row of the rare class to be tested on"
            );
        Refused(new SomeTable(40, 1).Problem(1), new() { Resamples = 1, Seeds = 1 })
            .Should()
            .Equal(
                ("/validate/resamples", FaultCode.OutOfRange, "1", "2"),
                ("/validate/seeds", FaultCode.OutOfRange, "1", "2")
            );
        Refused(SomeFeatures.Read(SomeFeatures.Scores(5)), new())
            .Should()
            .Equal(("/validate", FaultCode.NotApplicable, null, null));
    }

    [Fact]
    public void Columns_that_the_plan_names_must_be_there_complete_and_out_of_the_choice()
    {
        var table = new SomeTable(40, 2)
            .WithWords("free", row => $"g{row % 8}")
            .WithWords("holey", row => row == 3 ? null : $"g{row % 8}", excluded: true)
            .WithWords("two", row => $"g{row % 2}", excluded: true);
        var problem = table.Problem(1);

        Grouped(null).Should().Be(("/validate/groupColumn", FaultCode.MissingMember, null, null));
        Grouped("absent").Should().Be(("/validate/groupColumn", FaultCode.IndexOutOfRange, null, null));
        Grouped("free").Should().Be(("/validate/groupColumn", FaultCode.Conflict, null, null));
        Grouped("holey").Should().Be(("/validate/groupColumn", FaultCode.OutOfRange, "1", "0"));
        Grouped("two").Should().Be(("/validate/folds", FaultCode.OutOfRange, "2", "5"));
        Refused(problem, new() { GroupColumn = "two" })
            .Should()
            .Equal(("/validate/groupColumn", FaultCode.Conflict, null, null));
        Refused(problem, new() { Scheme = FoldScheme.Time, TimeColumn = "two" })
            .Should()
            .Equal(("/validate/timeColumn", FaultCode.NotApplicable, null, null));
        Refused(problem, new() { Scheme = FoldScheme.Time, Repeats = 2 })
            .Should()
            .Equal(("/validate/repeats", FaultCode.Conflict, "2", "1"));

        (string?, FaultCode, string?, string?) Grouped(string? column) =>
            Refused(problem, new() { Scheme = FoldScheme.Grouped, GroupColumn = column }).Single();
    }

    [Fact]
    public void Too_much_work_is_refused_with_the_number_of_models_and_long_tables_are_thinned()
    {
        var problem = new SomeTable(60, 10).Problem(3);
        var faults = new FaultList();

        // 5 folds, 2 models: twice 4 subsets, and 3 dropped and 10 added of one.
        ValidationWork.Of(problem, new(), 4, "/validate", faults)!.Fits.Should().Be(5 * 2 * (2 * 4 + 3 + 10));
        ValidationWork.Of(problem, new() { Folds = 10, Repeats = 10 }, 60, "/validate", faults).Should().BeNull();
        faults.Items.Single().Value!.ToString().Should().Be("26600");
        faults.Items.Single().Limit!.ToString().Should().Be("20000");

        var many = new SomeTable(3000, 500).Problem(50);
        var work = ValidationWork.Of(many, new(), 5, "/validate", faults)!;
        work.RowsPerFit.Should().BeInRange(1000, 19_999);
        (work.RowsPerFit * work.Fits * work.Width).Should().BeLessThanOrEqualTo(ValidationWork.MaxCells);
        ValidationWork.Of(many, new(), 1, "/validate", faults)!.RowsPerFit.Should().Be(work.RowsPerFit);
        many = new SomeTable(3000, 500).Problem(400);
        ValidationWork.Of(many, new() { Folds = 10 }, 20, "/validate", new()).Should().BeNull();
    }

    [Fact]
    public void Columns_that_may_not_be_chosen_make_no_work()
    {
        var table = new SomeTable(60, 10);
        for (var i = 0; i < 3; i++)
            table.WithWords($"id{i}", row => $"k{row}", excluded: true);

        ValidationWork.Of(table.Problem(3), new(), 4, "/validate", new())!.Width.Should().Be(3);
    }

    private static IReadOnlyList<Fold> Folds(FeatureSelectionProblem problem, ValidationPlan plan, long seed = 1)
    {
        var faults = new FaultList();
        var folds = OuterFolds.Of(problem, plan, seed, "/validate", faults);
        faults.Items.Should().BeEmpty();
        return folds!;
    }

    private static List<(string? Pointer, FaultCode Code, string? Value, string? Limit)> Refused(
        FeatureSelectionProblem problem,
        ValidationPlan plan
    )
    {
        var faults = new FaultList();
        OuterFolds.Of(problem, plan, 1, "/validate", faults).Should().BeNull();
        return [.. faults.Items.Select(f => (f.Pointer, f.Code, f.Value?.ToString(), f.Limit?.ToString()))];
    }
}

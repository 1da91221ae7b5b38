using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

public sealed class LeakageChecksTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void A_clean_table_has_no_finding(int classes)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var table = new SomeTable(120, 40, classes, seed);
            // Signal, but no leak; categories; whole numbers that repeat and some that do not; missing values.
            table
                .With("signal", row => (classes == 0 ? table.Target[row] : table.Classes[row]) + table.Normal())
                .WithWords("word", _ => $"k{table.Random.NextInt32(5)}")
                .WithWords("flag", row => row % 7 == 0 ? null : $"{table.Random.NextInt32(2)}")
                .With("age", _ => table.Random.NextInt32(60))
                .With("income", _ => 20_000 + table.Random.NextInt32(80_000))
                .With("holey", _ => table.Random.NextInt32(4) == 0 ? double.NaN : table.Normal())
                .With("constant", _ => 4);

            Report(table.Problem()).Findings.Should().BeEmpty($"seed {seed}");
        }
    }

    [Fact]
    public void Copies_of_classes_are_found_however_they_are_written()
    {
        var table = new SomeTable(60, 5, 3);
        table
            .WithWords("renamed", row => "abc"[table.Classes[row]].ToString())
            .With("coded", row => ((double[])[7.5, -2, 100])[table.Classes[row]])
            .With("holey", row => row % 4 == 0 ? double.NaN : table.Classes[row])
            .WithWords("almost", row => row == 5 ? "x" : "abc"[table.Classes[row]].ToString())
            .WithWords("one of them", row => table.Classes[row] == 0 ? "yes" : "no");

        Columns(table, LeakageKind.TargetCopy).Should().Equal("renamed", "coded", "holey");
    }

    [Fact]
    public void Copies_of_numbers_are_found_after_affine_and_monotone_maps()
    {
        var table = new SomeTable(60, 5, 0);
        table
            .With("affine", row => 3 - 2 * table.Target[row])
            .With("monotone", row => Math.Exp(table.Target[row]))
            .WithWords("named", row => $"level {Math.Round(table.Target[row])}")
            .With("noisy", row => table.Target[row] + 0.2 * table.Normal());

        // Named by its rounded value it is not the target: several values have one name.
        Columns(table, LeakageKind.TargetCopy).Should().Equal("affine", "monotone");
        var rounded = new SomeTable(60, 5, 0);
        rounded
            .WithTarget(row => Math.Round(rounded.Random.NextDouble() * 4))
            .WithWords("named", row => $"level {rounded.Target[row] * 7 % 5}");
        Columns(rounded, LeakageKind.TargetCopy).Should().Equal("named");
    }

    [Fact]
    public void One_column_that_tells_the_classes_apart_is_found_whatever_its_shape()
    {
        var two = new SomeTable(100, 5);
        two.With("shifted", row => 10 * two.Classes[row] + two.Normal())
            .With("far from 0", row => (1 + 4 * two.Classes[row] + two.Random.NextDouble()) * (row % 2 == 0 ? 1 : -1))
            .WithWords("city", row => $"{"ab"[two.Classes[row]]}{row % 5}")
            .With("good", row => 2 * two.Classes[row] + two.Normal());
        Columns(two, LeakageKind.NearPerfectPredictor).Should().Equal("shifted", "far from 0", "city");

        var three = new SomeTable(90, 5, 3);
        three
            .With("bands", row => three.Classes[row] * 5 + three.Random.NextDouble())
            .With("one class only", row => three.Classes[row] == 0 ? 9 + three.Normal() : three.Normal());
        Columns(three, LeakageKind.NearPerfectPredictor)
            .Should()
            .Equal(["bands"], "to tell one class of three is what good features do");
    }

    [Fact]
    public void One_column_that_explains_a_number_is_found_whatever_its_shape()
    {
        var table = new SomeTable(200, 5, 0);
        table
            .WithTarget(row => table.Noise(0)[row] * table.Noise(0)[row] + 0.01 * table.Normal())
            .With("nearly", row => table.Target[row] + 0.01 * table.Normal());

        Columns(table, LeakageKind.NearPerfectPredictor).Should().Equal("n0", "nearly");
    }

    [Theory]
    [InlineData(12, 2)]
    [InlineData(10, 0)]
    public void A_few_rows_prove_nothing_among_thousands_of_columns(int rows, int classes)
    {
        var table = new SomeTable(rows, 3000, classes);

        Report(table.Problem()).Findings.Should().BeEmpty();
    }

    /// <summary>Five rows of a hundred and five lie in two stretches of one column in five thousand.</summary>
    [Fact]
    public void A_few_rows_of_a_rare_class_prove_nothing_among_thousands_of_columns()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var table = new SomeTable(105, 2000, 2, seed).WithClasses(row => row % 21 == 0 ? 1 : 0);

            Report(table.Problem())
                .Findings.Should()
                .NotContain(f => f.Kind == LeakageKind.NearPerfectPredictor, $"seed {seed}");
        }
    }

    /// <summary>Ten categories of two rows: one in two hundred columns of noise has no category of both classes.</summary>
    [Fact]
    public void Categories_of_a_few_rows_prove_nothing_among_many_columns()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var table = new SomeTable(20, 0, 2, seed);
            var words = Enumerable.Range(0, 20).Select(i => i / 2).ToArray();
            for (var column = 0; column < 90; column++)
            {
                table.Random.Shuffle<int>(words);
                table.WithWords($"c{column}", row => $"k{words[row]}");
            }

            Report(table.Problem())
                .Findings.Should()
                .NotContain(f => f.Kind == LeakageKind.NearPerfectPredictor, $"seed {seed}");
        }
    }

    [Fact]
    public void A_column_that_tells_many_classes_or_a_rare_one_is_still_found()
    {
        var many = new SomeTable(1000, 100, 100);
        many.With("bands", row => many.Classes[row] * 5 + many.Random.NextDouble())
            .WithWords("word", row => $"k{many.Classes[row] * 2 + row % 2}");
        Columns(many, LeakageKind.NearPerfectPredictor).Should().Equal("bands", "word");

        var rare = new SomeTable(400, 100).WithClasses(row => row % 40 == 0 ? 1 : 0);
        rare.With("shifted", row => 20 * rare.Classes[row] + rare.Normal());
        Columns(rare, LeakageKind.NearPerfectPredictor).Should().Equal("shifted");
    }

    [Fact]
    public void Columns_that_number_or_name_the_rows_are_found()
    {
        var table = new SomeTable(60, 5);
        var shuffled = Enumerable.Range(1, 60).ToArray();
        table.Random.Shuffle<int>(shuffled);
        table
            .With("counted", row => shuffled[row])
            .WithWords("name", row => $"person {shuffled[row]}")
            .With("clock", row => 1000 + row + 0.5 * table.Random.NextDouble())
            .With("drawn", row => shuffled[row] * 3)
            .With("customer_id", row => shuffled[row] * 977)
            .With("price", row => shuffled[row] * 977);

        Columns(table, LeakageKind.IdLike).Should().Equal("counted", "name", "clock", "drawn", "customer_id");
    }

    [Fact]
    public void Dates_later_than_the_row_are_found_where_the_plan_names_the_row_s_date()
    {
        var table = new SomeTable(40, 5);
        table
            .WithWords("seen", row => $"2024-03-{1 + row % 20:00}", excluded: true)
            .WithWords("closed", row => row % 8 == 0 ? null : $"2024-03-{1 + row % 20:00}T12:00:00Z")
            .WithWords("opened", row => $"2024-02-{1 + row % 20:00}");
        var problem = table.Problem();

        var finding = Report(problem, new() { TimeColumn = "seen" })
            .Findings.Single(f => f.Kind == LeakageKind.FutureDated);
        finding.Columns.Should().Equal("closed");
        finding.Rows.Should().Be(35);
        Report(problem).Findings.Should().NotContain(f => f.Kind == LeakageKind.FutureDated);
        Report(problem)
            .Checks.Single(c => c.Kind == LeakageKind.FutureDated)
            .Looks.Should()
            .StartWith("not looked for");
    }

    [Fact]
    public void Equal_rows_on_both_sides_of_a_fold_are_counted_by_their_targets()
    {
        // Rows 0 and 1 are equal, rows 2 and 3 but for the target.
        var table = new SomeTable(40, 4).WithClasses(row => row / 2 == 1 ? row % 2 : row / 2 % 2);
        for (var i = 0; i < 4; i++)
            (table.Noise(i)[1], table.Noise(i)[3]) = (table.Noise(i)[0], table.Noise(i)[2]);
        var all = Enumerable.Range(0, 40).ToArray();
        Fold[] folds = [new(all[20..], [.. all[..20]]), new(all[..20], all[20..])];
        Fold[] parting =
        [
            new([.. all.Where(r => r % 2 == 0)], [.. all.Where(r => r % 2 == 1)]),
            new([.. all.Where(r => r % 2 == 1)], [.. all.Where(r => r % 2 == 0)]),
        ];

        Findings(folds).Should().BeEmpty("each pair is on one side");
        Findings(parting).Should().BeEquivalentTo([(LeakageKind.DuplicateRows, 2), (LeakageKind.ContradictingRows, 2)]);

        IEnumerable<(LeakageKind, int)> Findings(Fold[] of) =>
            new LeakageChecks(table.Problem(), new() { Folds = 2 }, of)
                .Report()
                .Findings.Select(f => (f.Kind, f.Rows!.Value));
    }

    [Fact]
    public void Rows_of_few_categories_repeat_and_that_is_no_finding()
    {
        var table = new SomeTable(80, 0);
        for (var i = 0; i < 4; i++)
            table.WithWords($"c{i}", _ => $"{table.Random.NextInt32(3)}");

        Report(table.Problem()).Findings.Should().BeEmpty();
    }

    [Fact]
    public void Folds_that_overlap_are_found()
    {
        var table = new SomeTable(40, 3).WithWords("g", row => $"{row / 4}", excluded: true);
        var all = Enumerable.Range(0, 40).ToArray();
        var grouped = new ValidationPlan { Scheme = FoldScheme.Grouped, GroupColumn = "g" };

        Overlap(new(), new(all[..20], all[18..])).Should().Be(2);
        Overlap(grouped, new(all[..18], all[18..])).Should().Be(2, "rows 18 and 19 are of the group of 16 and 17");
        Overlap(new() { Scheme = FoldScheme.Time }, new(all[5..], all[..5])).Should().Be(5);
        Overlap(grouped, new(all[..20], all[20..])).Should().BeNull();

        int? Overlap(ValidationPlan plan, Fold fold) =>
            new LeakageChecks(table.Problem(), plan, [fold])
                .Report()
                .Findings.SingleOrDefault(f => f.Kind == LeakageKind.TrainTestOverlap)
                ?.Rows;
    }

    [Fact]
    public void Of_many_columns_a_report_names_twenty_and_counts_the_others()
    {
        var table = new SomeTable(60, 2);
        for (var i = 0; i < 33; i++)
            table.With($"copy {i}", row => table.Classes[row] * (i + 1));
        var checks = new LeakageChecks(table.Problem(), new(), []);
        var findings = checks.Report().Findings;

        findings.Select(f => f.NumColumns).Should().Equal([.. Enumerable.Repeat(1, 20), 13]);
        findings.SelectMany(f => f.Columns).Should().HaveCount(20);
        checks.Leaking.Should().HaveCount(33);
    }

    [Fact]
    public void Columns_that_may_not_be_chosen_are_not_looked_at()
    {
        var table = new SomeTable(60, 5);
        table.With("id", row => row, excluded: true).With("copy", row => table.Classes[row], excluded: true);

        Report(table.Problem()).Findings.Should().BeEmpty();
    }

    private static IEnumerable<string> Columns(SomeTable table, LeakageKind kind) =>
        Report(table.Problem()).Findings.Where(f => f.Kind == kind).SelectMany(f => f.Columns);

    private static LeakageReport Report(FeatureSelectionProblem problem, ValidationPlan? plan = null)
    {
        plan ??= new();
        var folds = OuterFolds.Of(problem, plan, 1, "", new FaultList());
        return new LeakageChecks(problem, plan, folds ?? []).Report();
    }
}

using CsCheck;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;
using QuantumAiWorkflows.UnitTests.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems;

/// <summary>Problems that baselines are calibrated on: other ones, of the same size and kind, the same for the same seed.</summary>
public sealed class LookalikeTests
{
    [Fact]
    public void A_roster_keeps_contracts_weekdays_and_the_sum_of_all_wishes()
    {
        var like = Rosters.Generate("""{"staff":9,"days":31,"shifts":3}""", 1);

        var other = (RosterProblem)like.Lookalike(1)!;

        other.Id.Should().NotBe(like.Id).And.Be(like.Lookalike(1)!.Id).And.NotBe(like.Lookalike(2)!.Id);
        Posted.Again(other).Id.Should().Be(other.Id);
        other.Staff.Select(Contract).Should().Equal(like.Staff.Select(Contract));
        Wishes(other).Should().BeEquivalentTo(Wishes(like));
        other
            .Cover.Select(c => (c.Day % 7, c with { Day = 0 }))
            .Should()
            .BeEquivalentTo(like.Cover.Select(c => (c.Day % 7, c with { Day = 0 })));
        other.Cover.Where(c => c.Day >= 28).Should().Equal(like.Cover.Where(c => c.Day >= 28), "no whole week");

        static string Contract(RosterStaff p) =>
            $"{p.Id} {string.Join(',', p.MaxShifts)} {p.MinMinutes} {p.MaxMinutes} {p.MinConsecutiveShifts} {p.MaxConsecutiveShifts} {p.MinConsecutiveDaysOff} {p.MaxWeekends} {string.Join(',', p.DaysOff)}";

        static IEnumerable<string> Wishes(RosterProblem problem) =>
            problem.Staff.Select(p => $"{string.Join(',', p.ShiftOnRequests)} {string.Join(',', p.ShiftOffRequests)}");
    }

    /// <summary>Hard cover stays where it is: whoever could meet it before still can, as limits stay, too.</summary>
    [Fact]
    public void A_roster_that_has_an_answer_keeps_it() =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var like = Rosters.Tiny(seed);
                    if (like.Lookalike(seed) is not { } other)
                        return like.Staff.All(p => p.ShiftOnRequests.Count + p.ShiftOffRequests.Count == 0);
                    return Rosters
                        .All(like)
                        .All(plan => like.Evaluate(plan).IsFeasible == other.Evaluate(plan).IsFeasible);
                },
                iter: 60
            );

    [Fact]
    public void One_person_of_one_week_has_none()
    {
        var problem = Rosters.Generate("""{"staff":1,"days":13,"shifts":2}""", 1);

        problem.Lookalike(1).Should().BeNull();
        Rosters.Generate("""{"staff":1,"days":14,"shifts":2}""", 1).Lookalike(1).Should().NotBeNull();
    }

    [Fact]
    public void Given_scores_are_dealt_anew_under_the_same_rules()
    {
        var like = SomeFeatures.Read(SomeFeatures.Scores(20, 2, 6, 0.4, exactly: false));

        var other = (FeatureSelectionProblem)like.Lookalike(1)!;

        other.Id.Should().NotBe(like.Id).And.Be(like.Lookalike(1)!.Id).And.NotBe(like.Lookalike(2)!.Id);
        Posted.Again(other).Id.Should().Be(other.Id);
        (other.NumVariables, other.NumInteractions).Should().Be((like.NumVariables, like.NumInteractions));
        other.Constraints.Should().BeEquivalentTo(like.Constraints);
        other.Scores.Relevance.Should().BeEquivalentTo(like.Scores.Relevance);
    }

    [Theory]
    [InlineData("pearson")]
    [InlineData("mutualInformation")]
    public void A_table_is_sampled_again_from_its_own_rows_with_classes_as_large_as_before(string criterion)
    {
        var like = SomeFeatures.Read(SomeFeatures.Table(rows: 60, numbers: 11, size: 4, criterion: criterion));

        var other = (FeatureSelectionProblem)like.Lookalike(1)!;

        other.Id.Should().NotBe(like.Id).And.Be(like.Lookalike(1)!.Id).And.NotBe(like.Lookalike(2)!.Id);
        Posted.Again(other).Id.Should().Be(other.Id);
        var rows = Rows(like.Table!);
        Rows(other.Table!).Should().OnlyContain(row => rows.Contains(row));
        if (like.Table!.Task == SelectionTask.Classification)
            Classes(other.Table!).Should().BeEquivalentTo(Classes(like.Table!));
        other
            .Scores.Relevance.Zip(like.Scores.Relevance)
            .Average(pair => Math.Abs(pair.First - pair.Second))
            .Should()
            .BeLessThan(0.25, "another sample of the same source says nearly the same");
    }

    private static List<string> Rows(FeatureTable table) =>
        [
            .. Enumerable
                .Range(0, table.NumRows)
                .Select(row => string.Join(' ', table.Features.Append(table.Target).Select(c => Cell(c, row)))),
        ];

    private static string Cell(TableColumn column, int row) =>
        column.Numbers is { } numbers ? $"{numbers[row]:R}"
        : column.Codes![row] is >= 0 and var code ? column.Levels[code]
        : "-";

    private static Dictionary<string, int> Classes(FeatureTable table) =>
        Enumerable
            .Range(0, table.NumRows)
            .GroupBy(row => Cell(table.Target, row))
            .ToDictionary(g => g.Key, g => g.Count());
}

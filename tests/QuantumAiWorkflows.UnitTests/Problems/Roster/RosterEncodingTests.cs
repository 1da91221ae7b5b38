using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.UnitTests.Problems.Encodings;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RosterEncodingTests : EncodingContract
{
    /// <summary>Two people, two days, one shift that has to be worked by somebody, and wishes.</summary>
    private const string Duo = """
        {"family":"roster","days":2,"shifts":[{"id":"D","minutes":480}],
         "staff":[{"id":"A","maxShifts":{"D":1},"shiftOffRequests":[{"day":0,"shift":"D","weight":3}]},
                  {"id":"B","daysOff":[1],"shiftOnRequests":[{"day":1,"shift":"D","weight":2}]}],
         "cover":[{"day":0,"shift":"D","required":1},{"day":1,"shift":"D","required":1,"weightUnder":7,"weightOver":1}]}
        """;

    private readonly Dictionary<Problem, List<RosterSolution>> _feasible = [];

    protected override IEnumerable<Problem> Problems =>
        [
            Rosters.Read(Duo),
            .. Enumerable
                .Range(0, 12)
                .Select(seed => Rosters.Tiny(seed))
                .Where(p => p.Encode(new()) is EncodingResult.Encoded),
        ];

    protected override Solution? Feasible(Problem problem, Xoshiro256 random)
    {
        if (!_feasible.TryGetValue(problem, out var all))
            _feasible[problem] = all = [
                .. Rosters.All((RosterProblem)problem).Where(r => problem.Evaluate(r).IsFeasible).Take(200),
            ];
        return all.Count == 0 ? null : all[random.NextInt32(all.Count)];
    }

    [Fact]
    public void The_constraints_of_the_model_are_those_of_the_referee_at_every_roster()
    {
        var (feasible, refused) = (0, 0);
        for (var seed = 100; seed < 160; seed++)
        {
            var problem = Rosters.Tiny(seed);
            if (problem.Encode(new()) is not EncodingResult.Encoded { Encoding: var encoding })
            {
                // A constraint that nothing can satisfy says so by its name; then no roster is feasible.
                problem
                    .Encode(new())
                    .Should()
                    .BeOfType<EncodingResult.Refused>()
                    .Which.Reason.Should()
                    .MatchRegex("^(Constraint .* cannot hold|The problem has nothing to decide)");
                Rosters.All(problem).Count(r => problem.Evaluate(r).IsFeasible).Should().BeLessThanOrEqualTo(1);
                refused++;
                continue;
            }
            foreach (var roster in Rosters.All(problem))
            {
                var evaluation = problem.Evaluate(roster);
                if (encoding.Encode(roster) is not { } bits)
                {
                    evaluation.IsFeasible.Should().BeFalse();
                    continue;
                }
                encoding.Decode(bits).Should().Be(roster);
                encoding
                    .IsFeasible(bits)
                    .Should()
                    .Be(evaluation.IsFeasible, $"seed {seed}, {string.Join(',', roster.Shifts)}");
                if (!evaluation.IsFeasible)
                    continue;
                Energy(encoding, bits).Should().Be(evaluation.Objective);
                feasible++;
            }
        }
        feasible.Should().BeGreaterThan(200);
        refused.Should().BeLessThan(30);
    }

    [Fact]
    public void Fixed_days_off_have_no_variables_and_cover_that_cannot_be_too_much_is_linear()
    {
        var encoding = Encoded(Rosters.Read(Duo), new());

        encoding.Variables.Select(v => v.Name).Should().Equal("day 0, \"D\": A", "day 1, \"D\": A", "day 0, \"D\": B");
        encoding
            .Constraints.Select(c => $"{c.Name} {c.Pattern}")
            .Should()
            .Equal("maxShifts[0,0] AtMostOneOfTwo", "cover[0] AtLeastOneOfTwo");
    }

    [Fact]
    public void Successions_and_weekends_need_no_slack()
    {
        var encoding = Encoded(
            Rosters.Read(
                """
                {"family":"roster","days":7,"shifts":[{"id":"E","minutes":480},{"id":"L","minutes":480,"cannotBeFollowedBy":["E"]}],
                 "staff":[{"id":"A","maxWeekends":0},{"id":"B"}],"cover":[],"rules":{"firstDay":"monday"}}
                """
            ),
            new()
        );

        encoding
            .Constraints.Single(c => c.Name == "cannotBeFollowedBy[1,0]")
            .Pattern.Should()
            .Be(ConstraintPattern.Pairs);
        encoding.Constraints.Sum(c => c.AddedVariables).Should().Be(0);
        // Shifts, days off of A, who has a rule on weekends, and the weekend itself.
        encoding.Qubo.NumVariables.Should().Be(2 * 7 * 2 + 7 + 1);
        encoding.Groups.Should().HaveCount(7).And.OnlyContain(g => g.Variables.Count == 3);
    }

    [Theory]
    [InlineData(300, 200, "The encoding needs 60000 binary variables; the limit is ")]
    [InlineData(366, 1, "The encoding has 366 binary variables for shifts, and the rules on consecutive days take ")]
    public void What_is_too_large_is_refused_with_the_number(int days, int people, string reason)
    {
        var staff = string.Join(
            ',',
            Enumerable
                .Range(0, people)
                .Select(i => $$"""{"id":"P{{i}}","minConsecutiveShifts":{{days}},"minConsecutiveDaysOff":{{days}} }""")
        );

        Rosters
            .Read(
                $$"""{"family":"roster","days":{{days}},"shifts":[{"id":"D","minutes":1}],"staff":[{{staff}}],"cover":[]}"""
            )
            .Encode(new())
            .Should()
            .BeOfType<EncodingResult.Refused>()
            .Which.Reason.Should()
            .StartWith(reason);
    }

    [Fact]
    public void As_many_variables_as_are_allowed_are_encoded_within_a_gigabyte_and_one_more_is_refused_at_once()
    {
        var cover = string.Join(
            ',',
            from d in Enumerable.Range(0, 100)
            from s in Enumerable.Range(0, 5)
            select $$"""{"day":{{d}},"shift":"S{{s}}","required":9,"weightUnder":null,"weightOver":null}"""
        );
        var problem = Crew(100, cover);
        problem.NumVariables.Should().Be(EncodingLimits.MaxVariables);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var encoding = Encoded(problem, new());

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1L << 30);
        encoding.Qubo.NumVariables.Should().Be(50_000);
        encoding.Qubo.NumInteractions.Should().Be(500 * (100 * 99 / 2) + 10_000 * 10);
        var larger = Crew(101, cover);
        before = GC.GetAllocatedBytesForCurrentThread();
        larger.Encode(new()).Should().BeOfType<EncodingResult.Refused>().Which.Needed.Should().Be(50_500);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000_000);
    }

    private static RosterProblem Crew(int people, string cover) =>
        Rosters.Read(
            $$"""
            {"family":"roster","days":100,"shifts":[{{string.Join(
                ',',
                Enumerable.Range(0, 5).Select(s => $$"""{"id":"S{{s}}","minutes":480}""")
            )}}],
             "staff":[{{string.Join(
                ',',
                Enumerable.Range(0, people).Select(i => $$"""{"id":"P{{i}}"}""")
            )}}],"cover":[{{cover}}]}
            """
        );
}

using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RosterRefereeTests
{
    private const string Shifts = """
        "shifts":[{"id":"E","minutes":480},{"id":"N","minutes":600,"cannotBeFollowedBy":["E"]}]
        """;

    /// <summary>One person and a horizon; the rest is what a test says.</summary>
    private static RosterProblem One(int days, string person, string rules = "", string cover = "") =>
        Rosters.Read(
            $$$"""{"family":"roster","days":{{{days}}},{{{Shifts}}},"staff":[{"id":"A"{{{person}}}}],"cover":[{{{cover}}}],"rules":{ {{{rules}}} }}"""
        );

    [Theory]
    [InlineData(
        ""","daysOff":[1,3]""",
        "EEEE.",
        "dayOff /staff/0/daysOff/0 1 shifts",
        "dayOff /staff/0/daysOff/1 1 shifts"
    )]
    [InlineData(""","maxShifts":{"N":1}""", "NNN..", "maxShifts /staff/0/maxShifts/N 2 shifts")]
    [InlineData(""","minMinutes":1500""", "N...E", "minMinutes /staff/0/minMinutes 420 minutes")]
    [InlineData(""","maxMinutes":1500""", "E.NN.", "maxMinutes /staff/0/maxMinutes 180 minutes")]
    [InlineData(
        ""","maxConsecutiveShifts":2""",
        "EEEE.",
        "maxConsecutiveShifts /staff/0/maxConsecutiveShifts 2 shifts"
    )]
    [InlineData(
        ""","minConsecutiveShifts":3""",
        ".E.EE",
        "minConsecutiveShifts /staff/0/minConsecutiveShifts 2 shifts"
    )]
    [InlineData(
        ""","minConsecutiveShifts":3""",
        ".EE..",
        "minConsecutiveShifts /staff/0/minConsecutiveShifts 1 shifts"
    )]
    [InlineData(
        ""","minConsecutiveShifts":3""",
        "..E..",
        "minConsecutiveShifts /staff/0/minConsecutiveShifts 2 shifts"
    )]
    [InlineData(""","minConsecutiveShifts":3""", "EE..E")]
    [InlineData(
        ""","minConsecutiveDaysOff":2""",
        "E.E.E",
        "minConsecutiveDaysOff /staff/0/minConsecutiveDaysOff 2 days"
    )]
    [InlineData(""","minConsecutiveDaysOff":2""", ".E..E")]
    [InlineData(""","minConsecutiveDaysOff":4""", ".EEE.")]
    [InlineData("", "NE.NE", "cannotBeFollowedBy /shifts/1/cannotBeFollowedBy/0 2 successions")]
    [InlineData("", "EN.E.")]
    public void Names_every_hard_rule_that_does_not_hold_and_how_far_it_is_from_holding(
        string person,
        string plan,
        params string[] violations
    )
    {
        var problem = One(5, person);

        var evaluation = problem.Evaluate(Rosters.Plan(problem, plan));

        evaluation.Objective.Should().Be(0);
        evaluation
            .Violations.Select(v => FormattableString.Invariant($"{v.Constraint} {v.Pointer} {v.Amount} {v.Unit}"))
            .Should()
            .Equal(violations);
    }

    /// <summary>From a Thursday on: day 2 is a Saturday, day 3 a Sunday, day 9 the next Saturday and the last day.</summary>
    [Theory]
    [InlineData("..E.......", 0)]
    [InlineData("...E......", 0)]
    [InlineData("..EE......", 0)]
    [InlineData("...E.....E", 1)]
    [InlineData("EE..EEEEE.", 0)]
    public void A_weekend_is_worked_when_its_Saturday_or_its_Sunday_is(string plan, int excess)
    {
        var problem = One(10, ""","maxWeekends":1""", "\"firstDay\":\"thursday\"");

        var violations = problem.Evaluate(Rosters.Plan(problem, plan)).Violations;

        violations.Sum(v => v.Amount).Should().Be(excess);
        violations.All(v => v is { Constraint: "maxWeekends", Pointer: "/staff/0/maxWeekends" }).Should().BeTrue();
    }

    [Fact]
    public void A_horizon_that_begins_on_a_Sunday_has_that_weekend()
    {
        var problem = One(8, ""","maxWeekends":0""", "\"firstDay\":\"sunday\"");

        problem.Weekends.Should().BeEquivalentTo(new[] { new[] { 0 }, [6, 7] });
        problem.Evaluate(Rosters.Plan(problem, "E.......")).Violations.Should().ContainSingle();
        problem.Evaluate(Rosters.Plan(problem, ".E......")).IsFeasible.Should().BeTrue();
    }

    [Theory]
    [InlineData("E.", "..", 5)] // nobody for N on day 1
    [InlineData("EE", "..", 14 + 5)] // and Ann on day 1, which she does not want
    [InlineData("EE", "E.", 14 + 4 + 5)] // and one too many on day 0
    [InlineData("..", "..", 10 + 15 + 5)] // Ann's wish, nobody on both days
    [InlineData("N.", "EN", 10 + 3)] // Ann's two wishes for day 0, the cover is met
    [InlineData("EN", ".N", 100)] // one too many on day 1
    public void The_objective_is_the_cost_of_requests_and_of_cover(string first, string second, double expected)
    {
        var problem = Rosters.Read(
            $$"""
            {"family":"roster","days":2,{{Shifts}},
             "staff":[{"id":"Ann","shiftOnRequests":[{"day":0,"shift":"E","weight":10}],
                       "shiftOffRequests":[{"day":0,"shift":"N","weight":3},{"day":1,"shift":"E","weight":14}]},
                      {"id":"Bob"}],
             "cover":[{"day":0,"shift":"E","required":1,"weightUnder":15,"weightOver":4},
                      {"day":1,"shift":"N","required":1,"weightUnder":5,"weightOver":100}]}
            """
        );

        var objective = problem.Evaluate(Rosters.Plan(problem, first, second)).Objective;

        objective.Should().Be(expected);
    }

    [Theory]
    [InlineData("..", "coverUnder /cover/0 2", "coverUnder /cover/1 1")]
    [InlineData("EN", "coverUnder /cover/0 1")]
    [InlineData("NN", "coverUnder /cover/0 2")]
    public void Cover_without_a_weight_for_too_few_is_hard(string plan, params string[] violations)
    {
        var problem = One(
            2,
            "",
            cover: """{"day":1,"shift":"N","required":1},{"day":0,"shift":"E","required":2,"weightUnder":null,"weightOver":9}"""
        );

        problem
            .Evaluate(Rosters.Plan(problem, plan))
            .Violations.Select(v => FormattableString.Invariant($"{v.Constraint} {v.Pointer} {v.Amount}"))
            .Should()
            .Equal(violations);
    }

    [Fact]
    public void Cover_with_null_for_too_many_is_hard_and_without_it_free()
    {
        var hard = One(1, "", cover: """{"day":0,"shift":"E","required":0,"weightOver":null}""");
        var free = One(1, "", cover: """{"day":0,"shift":"E","required":0}""");

        hard.Evaluate(Rosters.Plan(hard, "E"))
            .Violations.Should()
            .Equal(new Violation("coverOver", "/cover/0", 1, "people"));
        free.Evaluate(Rosters.Plan(free, "E")).Should().BeEquivalentTo(new { Objective = 0.0, IsFeasible = true });
    }

    [Fact]
    public void Details_add_up_to_the_objective() =>
        Gen.Long[0, 100_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    return Rosters
                        .All(problem)
                        .Where((_, k) => k % 97 == 0)
                        .All(plan =>
                        {
                            var details = problem.Details(plan)!;
                            var cost = details["cost"]!.AsObject().Sum(c => c.Value!.GetValue<long>());
                            var requests = details["staff"]!
                                .AsArray()
                                .SelectMany(p => p!["requestsBroken"]!.AsArray())
                                .Sum(r => r!["weight"]!.GetValue<int>());
                            return cost == problem.Evaluate(plan).Objective
                                && requests == details["cost"]!["requests"]!.GetValue<long>()
                                && details["staff"]!.AsArray().Sum(p => p!["shifts"]!.GetValue<int>())
                                    == plan.Shifts.Count(s => s != RosterSolution.Off);
                        });
                },
                iter: 30
            );

    [Fact]
    public void The_part_of_one_person_differs_from_the_whole_by_a_constant() =>
        Gen.Long[0, 100_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    var plans = Rosters.All(problem).Where((_, k) => k % 83 == 0).ToList();
                    return plans.TrueForAll(plan =>
                    {
                        var part = problem.PartOf([1], plan);
                        return Rosters
                                .All(part)
                                .Select(own =>
                                {
                                    var whole = new RosterSolution([.. plan.Shifts]);
                                    own.Shifts.CopyTo(whole.Shifts, problem.Days);
                                    return problem.Evaluate(whole).Objective - part.Evaluate(own).Objective;
                                })
                                .Distinct()
                                .Count() == 1;
                    });
                },
                iter: 15
            );

    [Fact]
    public void A_solution_reads_back_as_it_was_written() =>
        Gen.Long[0, 100_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    return Rosters
                        .All(problem)
                        .Where((_, k) => k % 211 == 0)
                        .All(plan =>
                        {
                            var json = JsonSerializer.SerializeToElement(problem.SolutionToJson(plan));
                            return plan.Equals(problem.ReadSolution(json, "", new FaultList()));
                        });
                },
                iter: 20
            );

    [Theory]
    [InlineData(
        """{"assignments":[{"staff":"A","day":2,"shift":"E"}]}""",
        FaultCode.IndexOutOfRange,
        "/s/assignments/0/day"
    )]
    [InlineData(
        """{"assignments":[{"staff":"B","day":0,"shift":"E"}]}""",
        FaultCode.IndexOutOfRange,
        "/s/assignments/0/staff"
    )]
    [InlineData(
        """{"assignments":[{"staff":"A","day":0,"shift":"X"}]}""",
        FaultCode.IndexOutOfRange,
        "/s/assignments/0/shift"
    )]
    [InlineData(
        """{"assignments":[{"staff":"A","day":0,"shift":"E"},{"staff":"A","day":0,"shift":"N"}]}""",
        FaultCode.DuplicateEntry,
        "/s/assignments/1"
    )]
    [InlineData("""{"assignments":[{"staff":"A","day":0}]}""", FaultCode.MissingMember, "/s/assignments/0/shift")]
    [InlineData("""{}""", FaultCode.MissingMember, "/s/assignments")]
    public void A_solution_that_cannot_be_one_is_a_fault(string json, FaultCode code, string pointer)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(json);

        One(2, "").ReadSolution(document.RootElement, "/s", faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }
}

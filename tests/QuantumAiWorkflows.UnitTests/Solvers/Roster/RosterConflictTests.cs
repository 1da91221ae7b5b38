using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solvers.CpSat.Roster;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Solvers.Roster;

public sealed class RosterConflictTests
{
    private static readonly SolveBudget Ample = new() { DeterministicSeconds = 60 };

    [Theory]
    // Two shifts of work in a week with one day left.
    [InlineData(
        ""","minMinutes":960,"daysOff":[0,1,2,3,4,5]""",
        "",
        "dayOff /staff/0/daysOff/*",
        "minMinutes /staff/0/minMinutes"
    )]
    [InlineData(
        ""","minMinutes":960,"maxMinutes":480""",
        "",
        "minMinutes /staff/0/minMinutes",
        "maxMinutes /staff/0/maxMinutes"
    )]
    [InlineData(
        ""","minMinutes":480,"maxShifts":{"E":0,"L":0}""",
        "",
        "maxShifts /staff/0/maxShifts/E",
        "maxShifts /staff/0/maxShifts/L",
        "minMinutes /staff/0/minMinutes"
    )]
    // Both are needed on a Saturday that Ann has off.
    [InlineData(
        ""","daysOff":[5]""",
        """{"day":5,"shift":"E","required":2}""",
        "dayOff /staff/0/daysOff/0",
        "coverUnder /cover/0"
    )]
    [InlineData(
        ""","maxWeekends":0""",
        """{"day":5,"shift":"E","required":2},{"day":1,"shift":"L","required":1}""",
        "maxWeekends /staff/0/maxWeekends",
        "coverUnder /cover/1"
    )]
    // Two people, both late on day 2 and both early on day 3.
    [InlineData(
        "",
        """{"day":2,"shift":"L","required":2},{"day":3,"shift":"E","required":1}""",
        "cannotBeFollowedBy /shifts/1/cannotBeFollowedBy/0",
        "coverUnder /cover/0",
        "coverUnder /cover/1"
    )]
    [InlineData(
        ""","maxConsecutiveShifts":2""",
        """{"day":2,"shift":"L","required":2},{"day":3,"shift":"L","required":2},{"day":4,"shift":"L","required":2}""",
        "maxConsecutiveShifts /staff/0/maxConsecutiveShifts",
        "coverUnder /cover/0",
        "coverUnder /cover/1",
        "coverUnder /cover/2"
    )]
    [InlineData("", """{"day":2,"shift":"L","required":3}""", "coverUnder /cover/0")]
    [InlineData(
        ""","minMinutes":3360""",
        """{"day":0,"shift":"E","required":0,"weightUnder":1,"weightOver":null},{"day":0,"shift":"L","required":0,"weightUnder":1,"weightOver":null}""",
        "minMinutes /staff/0/minMinutes",
        "coverOver /cover/0",
        "coverOver /cover/1"
    )]
    public void A_planted_contradiction_is_found_exactly_and_without_any_part_of_it_there_is_a_roster(
        string ann,
        string cover,
        params string[] expected
    )
    {
        var problem = Week(ann, cover);

        var conflict = Conflict(problem);

        conflict.ProvenIrreducible.Should().BeTrue();
        var named = conflict.Constraints.Select(c => $"{c.Constraint} {c.Pointer}").ToList();
        if (expected[0].EndsWith('*'))
        {
            // Any six days off of seven, 960 minutes: all six are needed for it.
            named.Should().HaveCount(7).And.Contain(expected[1]);
            named.Count(n => n.StartsWith("dayOff", StringComparison.Ordinal)).Should().Be(6);
        }
        else
            named.Should().BeEquivalentTo(expected);
        foreach (var constraint in conflict.Constraints)
            CpSatRosterTests.Solve(Without(problem, constraint), Ample).Outcome.Should().BeOfType<SolveOutcome.Found>();
    }

    /// <summary>Two contradictions that have nothing to do with each other: one is named, whole, and nothing of the other.</summary>
    [Fact]
    public void Of_two_disjoint_contradictions_one_is_named_and_the_other_shows_once_it_is_mended()
    {
        string[] minutes = ["minMinutes /staff/0/minMinutes", "maxMinutes /staff/0/maxMinutes"];
        string[] cover = ["coverUnder /cover/0"];
        var problem = Week(
            ""","minMinutes":960,"maxMinutes":480""",
            """{"day":2,"shift":"L","required":3},{"day":3,"shift":"E","required":1}"""
        );

        var first = Conflict(problem);
        var second = Conflict(Without(problem, first.Constraints[0]));

        first.ProvenIrreducible.Should().BeTrue();
        second.ProvenIrreducible.Should().BeTrue();
        string[][] named = [Named(first), Named(second)];
        named.Should().BeEquivalentTo([minutes, cover]);

        static string[] Named(Conflict conflict) =>
            [.. conflict.Constraints.Select(c => $"{c.Constraint} {c.Pointer}")];
    }

    /// <summary>By the referee alone: no roster keeps all that is named, and without any one of them some roster does.</summary>
    [Fact]
    public void Conflicts_are_irreducible_by_looking_at_every_roster() =>
        Gen.Long[0, 1_000_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Tiny(seed);
                    if (CpSatRosterTests.Solve(problem, Ample).Outcome is not SolveOutcome.Infeasible infeasible)
                        return true;
                    var named = infeasible.Conflict!.Constraints.Select(c => (c.Constraint, c.Pointer)).ToHashSet();
                    var broken = Rosters
                        .All(problem)
                        .Select(plan =>
                            problem
                                .Evaluate(plan)
                                .Violations.Select(v => (v.Constraint, v.Pointer))
                                .Where(named.Contains)
                                .ToList()
                        )
                        .ToList();
                    return named.Count == infeasible.Conflict.Constraints.Count
                        && broken.TrueForAll(b => b.Count > 0)
                        && named.All(c => broken.Exists(b => b.Count == 1 && b[0] == c));
                },
                iter: 80
            );

    [Fact]
    public void A_planted_contradiction_is_found_among_hundreds_of_constraints()
    {
        var feasible = Rosters.Generate("""{"staff":12,"days":14,"shifts":3,"hardCover":true}""", 11);
        var json = Json(feasible);
        // One more than there are people.
        var cover = json["cover"]!.AsArray().First(c => (int)c!["day"]! == 3 && (int)c["required"]! > 0)!;
        cover["required"] = 13;
        var problem = Rosters.Read(json.ToJsonString());

        var conflict = Conflict(problem);

        conflict.ProvenIrreducible.Should().BeTrue();
        conflict
            .Constraints.Should()
            .Equal(new ConflictingConstraint("coverUnder", $"/cover/{json["cover"]!.AsArray().IndexOf(cover)}"));
    }

    /// <summary>A budget that infeasibility was shown within, but no more: the conflict is then a larger one, and says so.</summary>
    [Fact]
    public void At_the_end_of_the_budget_it_has_what_it_has_and_claims_no_more()
    {
        var problem = Week(""","minMinutes":960,"daysOff":[0,1,2,3,4,5]""", "");
        var least = Conflict(problem).Constraints;
        var stopped = new SolveContext(Ample, 1);
        stopped.RequestStop(StoppedBy.Cancel);
        var brief = new SolveContext(new() { DeterministicSeconds = 1e-7 }, 1);
        foreach (var context in new[] { stopped, brief })
        {
            var conflict = new RosterConflict(problem, new(new(), context)).Find();

            conflict.ProvenIrreducible.Should().BeFalse();
            conflict.Constraints.Should().Contain(least);
        }
    }

    [Fact]
    public void The_same_roster_has_the_same_conflict_under_a_count()
    {
        var problem = Rosters.Generate("""{"staff":6,"days":14,"shifts":2,"hardCover":true}""", 2);
        var json = Json(problem);
        json["staff"]![0]!["minMinutes"] = 14 * 600;
        problem = Rosters.Read(json.ToJsonString());

        Conflict(problem).Constraints.Should().Equal(Conflict(problem).Constraints);
    }

    /// <summary>Ann, who is as said, and Bob, who does anything; two shifts, late not before early.</summary>
    private static RosterProblem Week(string ann, string cover) =>
        Rosters.Read(
            $$$"""
            {"family":"roster","days":7,
             "shifts":[{"id":"E","minutes":480},{"id":"L","minutes":480,"cannotBeFollowedBy":["E"]}],
             "staff":[{"id":"Ann"{{{ann}}}},{"id":"Bob","maxConsecutiveShifts":6,"minMinutes":480}],
             "cover":[{{{cover}}}]}
            """
        );

    private static Conflict Conflict(RosterProblem problem) =>
        CpSatRosterTests.Solve(problem, Ample).Outcome.Should().BeOfType<SolveOutcome.Infeasible>().Subject.Conflict!;

    /// <summary>The problem as a client would post it without one of its constraints.</summary>
    private static RosterProblem Without(RosterProblem problem, ConflictingConstraint constraint)
    {
        var json = Json(problem);
        var path = constraint.Pointer.Split('/')[1..];
        JsonNode parent = json;
        foreach (var token in path[..^1])
            parent = parent is JsonArray array ? array[Number(token)]! : parent[token]!;
        if (constraint.Constraint is "coverUnder" or "coverOver")
            parent[Number(path[^1])]![constraint.Constraint == "coverUnder" ? "weightUnder" : "weightOver"] = 0;
        else if (parent is JsonArray items)
            items.RemoveAt(Number(path[^1]));
        else
            parent.AsObject().Remove(path[^1]).Should().BeTrue();
        return Rosters.Read(json.ToJsonString());
    }

    private static JsonObject Json(RosterProblem problem)
    {
        var json = JsonNode.Parse(problem.CanonicalBytes.Span)!.AsObject();
        json.Remove("schema");
        return json;
    }

    private static int Number(string token) => int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
}

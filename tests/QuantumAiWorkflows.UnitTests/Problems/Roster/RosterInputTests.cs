using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RosterInputTests
{
    private const string Body = """
        {"family":"roster","days":7,
         "shifts":[{"id":"E","minutes":480},{"id":"L","minutes":480,"cannotBeFollowedBy":["E"]}],
         "staff":[{"id":"Ann","maxShifts":{"L":2},"daysOff":[5,1],"shiftOnRequests":[{"day":2,"shift":"E","weight":3},{"day":0,"shift":"L"}]},
                  {"id":"Bob","minMinutes":960,"maxMinutes":2400,"maxConsecutiveShifts":5,"shiftOffRequests":[{"day":3,"shift":"L","weight":1}]}],
         "cover":[{"day":1,"shift":"E","required":1,"weightUnder":10,"weightOver":1},{"day":0,"shift":"L","required":1}],
         "rules":{"minConsecutiveDaysOff":2,"maxWeekends":0},"name":"week","tags":{"a":"b"}}
        """;

    [Theory]
    [InlineData("\"days\":7", "\"days\":0", FaultCode.OutOfRange, "/problem/days")]
    [InlineData("\"days\":7", "\"days\":367", FaultCode.OutOfRange, "/problem/days")]
    [InlineData("\"days\":7", "\"days\":7.5", FaultCode.WrongType, "/problem/days")]
    [InlineData("\"days\":7,", "", FaultCode.MissingMember, "/problem/days")]
    [InlineData("\"id\":\"L\"", "\"id\":\"E\"", FaultCode.DuplicateEntry, "/problem/shifts/1/id")]
    [InlineData("\"id\":\"Bob\"", "\"id\":\"Ann\"", FaultCode.DuplicateEntry, "/problem/staff/1/id")]
    [InlineData("\"id\":\"Bob\"", "\"id\":\"B\\nb\"", FaultCode.OutOfRange, "/problem/staff/1/id")]
    [InlineData("\"id\":\"Bob\"", "\"id\":\"\"", FaultCode.Empty, "/problem/staff/1/id")]
    [InlineData("[\"E\"]", "[\"X\"]", FaultCode.IndexOutOfRange, "/problem/shifts/1/cannotBeFollowedBy/0")]
    [InlineData("[\"E\"]", "[\"E\",\"E\"]", FaultCode.DuplicateEntry, "/problem/shifts/1/cannotBeFollowedBy/1")]
    [InlineData("{\"L\":2}", "{\"X\":2}", FaultCode.IndexOutOfRange, "/problem/staff/0/maxShifts/X")]
    [InlineData("{\"L\":2}", "{\"L\":-1}", FaultCode.OutOfRange, "/problem/staff/0/maxShifts/L")]
    [InlineData("[5,1]", "[5,7]", FaultCode.IndexOutOfRange, "/problem/staff/0/daysOff/1")]
    [InlineData("[5,1]", "[5,5]", FaultCode.DuplicateEntry, "/problem/staff/0/daysOff/1")]
    [InlineData("\"day\":2", "\"day\":-1", FaultCode.IndexOutOfRange, "/problem/staff/0/shiftOnRequests/0/day")]
    [InlineData("\"weight\":3", "\"weight\":-3", FaultCode.OutOfRange, "/problem/staff/0/shiftOnRequests/0/weight")]
    [InlineData(
        "\"day\":2,\"shift\":\"E\"",
        "\"day\":0,\"shift\":\"L\"",
        FaultCode.DuplicateEntry,
        "/problem/staff/0/shiftOnRequests/1"
    )]
    [InlineData(
        "{\"day\":0,\"shift\":\"L\",\"r",
        "{\"day\":1,\"shift\":\"E\",\"r",
        FaultCode.DuplicateEntry,
        "/problem/cover/1"
    )]
    [InlineData(
        "{\"day\":0,\"shift\":\"L\",\"r",
        "{\"day\":9,\"shift\":\"L\",\"r",
        FaultCode.IndexOutOfRange,
        "/problem/cover/1/day"
    )]
    [InlineData("\"required\":1}", "\"required\":10001}", FaultCode.OutOfRange, "/problem/cover/1/required")]
    [InlineData("\"weightUnder\":10", "\"weightUnder\":1e7", FaultCode.OutOfRange, "/problem/cover/0/weightUnder")]
    [InlineData("\"maxWeekends\":0", "\"maxWeekend\":0", FaultCode.UnknownMember, "/problem/rules/maxWeekend")]
    [InlineData("\"maxWeekends\":0", "\"firstDay\":\"mon\"", FaultCode.UnknownValue, "/problem/rules/firstDay")]
    [InlineData(
        "\"maxWeekends\":0",
        "\"maxShifts\":{\"Z\":1}",
        FaultCode.IndexOutOfRange,
        "/problem/rules/maxShifts/Z"
    )]
    public void Every_fault_has_its_code_and_pointer(string good, string bad, FaultCode code, string pointer)
    {
        Body.Should().Contain(good);

        var faults = Posted.Faults(
            new Regex(Regex.Escape(good), RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(Body, bad, 1)
        );

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var body = Body.Replace("[5,1]", "[9,1]", StringComparison.Ordinal)
            .Replace("[\"E\"]", "[\"X\"]", StringComparison.Ordinal)
            .Replace("\"day\":3", "\"day\":33", StringComparison.Ordinal);

        Posted
            .Faults(body)
            .Items.Select(f => f.Pointer)
            .Should()
            .Equal(
                "/problem/shifts/1/cannotBeFollowedBy/0",
                "/problem/staff/0/daysOff/0",
                "/problem/staff/1/shiftOffRequests/0/day"
            );
    }

    [Fact]
    public void A_horizon_too_large_for_its_people_and_shifts_is_refused_before_it_is_built()
    {
        var staff = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"id":"P{{i}}"}"""));
        var shifts = string.Join(',', Enumerable.Range(0, 100).Select(s => $$"""{"id":"S{{s}}","minutes":1}"""));

        var faults = Posted.Faults(
            $$"""{"family":"roster","days":366,"shifts":[{{shifts}}],"staff":[{{staff}}],"cover":[]}"""
        );

        faults
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(new { Code = FaultCode.OverLimit, Pointer = "/problem/staff" });
    }

    /// <summary>What does not change the meaning does not change the id.</summary>
    [Theory]
    [InlineData("[5,1]", "[1,5]")]
    [InlineData(
        "\"day\":2,\"shift\":\"E\",\"weight\":3},",
        "\"day\":2,\"shift\":\"E\",\"weight\":3},{\"day\":4,\"shift\":\"E\",\"weight\":0},"
    )]
    [InlineData("{\"L\":2}", "{\"L\":2,\"E\":7}")]
    [InlineData("\"maxMinutes\":2400", "\"maxMinutes\":2400,\"minConsecutiveShifts\":1")]
    [InlineData("\"id\":\"Bob\"", "\"id\":\"Bob\",\"maxWeekends\":0")]
    [InlineData("\"maxWeekends\":0", "\"maxWeekends\":0,\"maxMinutes\":3360,\"firstDay\":\"monday\"")]
    [InlineData("\"required\":1}", "\"required\":1,\"weightOver\":0,\"weightUnder\":null}")]
    [InlineData("\"name\":\"week\"", "\"name\":\"other\"")]
    public void What_means_the_same_has_the_same_id(string one, string other)
    {
        Body.Should().Contain(one);

        Rosters.Read(Body.Replace(one, other, StringComparison.Ordinal)).Id.Should().Be(Rosters.Read(Body).Id);
    }

    [Theory]
    [InlineData("[5,1]", "[5]")]
    [InlineData("\"maxWeekends\":0", "\"maxWeekends\":0,\"firstDay\":\"tuesday\"")]
    [InlineData("\"required\":1}", "\"required\":1,\"weightOver\":null}")]
    [InlineData("\"maxMinutes\":2400", "\"maxMinutes\":2401")]
    public void What_means_something_else_has_another_id(string one, string other) =>
        Rosters.Read(Body.Replace(one, other, StringComparison.Ordinal)).Id.Should().NotBe(Rosters.Read(Body).Id);

    [Fact]
    public void Canonical_bytes_are_canonical_and_read_back_to_the_same_problem() =>
        Gen.Long[0, 1_000_000]
            .Sample(seed =>
            {
                var problem = Rosters.Tiny(seed);
                using var document = System.Text.Json.JsonDocument.Parse(problem.CanonicalBytes);
                return Posted.Again(problem).Id == problem.Id
                    && CanonicalJson.Value(document.RootElement)
                        == Encoding.UTF8.GetString(problem.CanonicalBytes.Span);
            });

    [Fact]
    public void The_example_reads_and_says_what_was_understood()
    {
        var problem = Rosters.Read(RosterFamily.Instance.Example.ToJsonString());

        problem.Summary["staff"]!.GetValue<int>().Should().Be(4);
        problem.Summary["weekends"]!.GetValue<int>().Should().Be(1);
        problem.Summary["requiredMinutes"]!.GetValue<long>().Should().Be(14 * 480);
        problem.Summary["mostMinutesOfStaff"]!.GetValue<long>().Should().Be(4 * 2400);
        problem.NumVariables.Should().Be(4 * 7 * 2);
    }

    private static readonly string[] Fragments =
    [
        "null",
        "true",
        "0",
        "-1",
        "7",
        "1e400",
        "2147483648",
        "\"\"",
        "\"E\"",
        "\"Ann\"",
        "\"\\u0001\"",
        "[]",
        "{}",
        "[[]]",
        ",",
        "NaN",
        "",
    ];

    [Fact]
    public void Whatever_is_sent_there_is_a_problem_or_a_fault_and_never_an_exception() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, Fragments.Length - 1])
            .Array[1, 3]
            .Select(damages => damages.Aggregate(Body, (text, d) => Damage(text, d.Item1, Fragments[d.Item2])))
            .Sample(
                body =>
                {
                    var faults = new FaultList();
                    var problem = Posted.Read(body, "/problem", faults);
                    return problem is null
                        ? !faults.IsEmpty && faults.Items.All(f => f.Detail.Length is > 5 and < 1000)
                        : faults.IsEmpty && Posted.Again(problem).Id == problem.Id;
                },
                iter: 10_000
            );

    private static string Damage(string text, int at, string fragment)
    {
        var tokens = Regex.Matches(
            text,
            "\"[^\"]*\"|[-+.0-9a-zA-Z]+|[\\[\\]{}]",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        if (tokens.Count == 0)
            return text;
        var token = tokens[at % tokens.Count];
        return string.Concat(text.AsSpan(0, token.Index), fragment, text.AsSpan(token.Index + token.Length));
    }
}

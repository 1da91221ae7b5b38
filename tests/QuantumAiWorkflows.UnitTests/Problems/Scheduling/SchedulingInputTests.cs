using System.Text.RegularExpressions;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling;

public sealed class SchedulingInputTests
{
    private const string OneJob = """[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1,"uses":{"r":1}}]}]}]""";

    [Theory]
    [InlineData(""" "jobs":[] """, FaultCode.Empty, "/problem/jobs")]
    [InlineData(""" "jobs":[{"id":"j","tasks":[]}] """, FaultCode.Empty, "/problem/jobs/0/tasks")]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[]}]}] """,
        FaultCode.Empty,
        "/problem/jobs/0/tasks/0/modes"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":-1}]}]}] """,
        FaultCode.OutOfRange,
        "/problem/jobs/0/tasks/0/modes/0/duration"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1.5}]}]}] """,
        FaultCode.WrongType,
        "/problem/jobs/0/tasks/0/modes/0/duration"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1,"uses":{"x/y":1}}]}]}] """,
        FaultCode.UnknownValue,
        "/problem/jobs/0/tasks/0/modes/0/uses/x~1y"
    )]
    [InlineData(
        """ "resources":[{"id":"r"}],"jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1,"uses":{"r":-1}}]}]}] """,
        FaultCode.OutOfRange,
        "/problem/jobs/0/tasks/0/modes/0/uses/r"
    )]
    [InlineData(
        """ "resources":[{"id":"r"},{"id":"r"}],"jobs":""" + OneJob,
        FaultCode.DuplicateEntry,
        "/problem/resources/1/id"
    )]
    [InlineData(
        """ "resources":[{"id":"r","capacity":0}],"jobs":""" + OneJob,
        FaultCode.OutOfRange,
        "/problem/resources/0/capacity"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1}]}]},{"id":"j","tasks":[{"id":"u","modes":[{"duration":1}]}]}] """,
        FaultCode.DuplicateEntry,
        "/problem/jobs/1/id"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1}]}]},{"id":"k","tasks":[{"id":"t","modes":[{"duration":1}]}]}] """,
        FaultCode.DuplicateEntry,
        "/problem/jobs/1/tasks/0/id"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1},{"id":"1","duration":2}]}]}] """,
        FaultCode.DuplicateEntry,
        "/problem/jobs/0/tasks/0/modes/1/id"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","after":["x"],"modes":[{"duration":1}]}]}] """,
        FaultCode.UnknownValue,
        "/problem/jobs/0/tasks/0/after/0"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","after":["t"],"modes":[{"duration":1}]}]}] """,
        FaultCode.Conflict,
        "/problem/jobs/0/tasks/0/after/0"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1}]},{"id":"u","after":["t","t"],"modes":[{"duration":1}]}]}] """,
        FaultCode.DuplicateEntry,
        "/problem/jobs/0/tasks/1/after/1"
    )]
    [InlineData(
        """ "resources":[{"id":"r","capacity":2}],"jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1,"uses":{"r":3}}]}]}] """,
        FaultCode.DoesNotFit,
        "/problem/jobs/0/tasks/0/modes/0/uses/r"
    )]
    [InlineData(
        """ "objective":"maxLateness","jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":1}]}]}] """,
        FaultCode.Conflict,
        "/problem/objective"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","tasks":[{"id":"t","modes":[{"duration":600000000}]},{"id":"u","modes":[{"duration":600000000}]}]}] """,
        FaultCode.Overflow,
        "/problem/jobs"
    )]
    [InlineData(
        """ "jobs":[{"id":"j","weight":3000000,"tasks":[{"id":"t","modes":[{"duration":1}]}]},{"id":"k","weight":3000000,"tasks":[{"id":"u","modes":[{"duration":1}]}]}] """,
        FaultCode.Overflow,
        "/problem/jobs"
    )]
    public void Each_fault_has_its_code_and_place(string members, FaultCode code, string pointer) =>
        Posted
            .Faults($$"""{"family":"scheduling",{{members}}}""")
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .Match<Fault>(f => f.Code == code && f.Pointer == pointer);

    [Fact]
    public void A_cycle_is_named_task_by_task_also_across_jobs()
    {
        var fault = Posted
            .Faults(
                """{"family":"scheduling","jobs":[{"id":"j","tasks":[{"id":"a","after":["c"],"modes":[{"duration":1}]},{"id":"b","after":["a"],"modes":[{"duration":1}]}]},{"id":"k","tasks":[{"id":"c","after":["b"],"modes":[{"duration":1}]},{"id":"d","after":["c"],"modes":[{"duration":1}]}]}]}"""
            )
            .Items.Should()
            .ContainSingle()
            .Subject;

        fault.Code.Should().Be(FaultCode.Conflict);
        var circle = fault.Detail[fault.Detail.IndexOf(':', StringComparison.Ordinal)..];
        circle
            .Should()
            .BeOneOf(
                ": \"a\" before \"b\" before \"c\", before \"a\" again.",
                ": \"b\" before \"c\" before \"a\", before \"b\" again.",
                ": \"c\" before \"a\" before \"b\", before \"c\" again."
            );
    }

    [Fact]
    public void All_faults_come_at_once() =>
        Posted
            .Faults(
                """{"family":"scheduling","resources":[{"id":"r"},{"id":"r"}],"jobs":[{"id":"j","tasks":[{"id":"t","after":["x"],"modes":[{"duration":1,"uses":{"q":1}}]},{"id":"t","modes":[{"duration":1,"uses":{"r":9}}]}]}]}"""
            )
            .Items.Select(f => f.Code)
            .Should()
            .BeEquivalentTo([
                FaultCode.DuplicateEntry,
                FaultCode.DuplicateEntry,
                FaultCode.UnknownValue,
                FaultCode.UnknownValue,
                FaultCode.DoesNotFit,
            ]);

    [Fact]
    public void A_chain_as_long_as_a_problem_may_be_is_read()
    {
        var tasks = Enumerable
            .Range(0, SchedulingProblem.MaxTasks)
            .Select(i =>
                $$"""{"id":"t{{i}}","after":[{{(i == 0 ? "" : $"\"t{i - 1}\"")}}],"modes":[{"duration":1}]}"""
            );

        var problem = SomeSchedule.Problem($$""" "jobs":[{"id":"j","tasks":[{{string.Join(',', tasks)}}]}] """);

        problem.Summary["longestChain"]!.GetValue<long>().Should().Be(SchedulingProblem.MaxTasks);
    }

    [Fact]
    public void Order_defaults_and_notation_do_not_change_the_id()
    {
        var one = SomeSchedule.Problem(
            """
            "resources":[{"id":"r10"},{"id":"r2","capacity":1}],"name":"x",
            "jobs":[{"id":"b","due":null,"tasks":[{"id":"b1","after":["a1"],"modes":[{"duration":2,"uses":{"r2":1,"r10":0}}]}]},
                    {"id":"a","tasks":[{"id":"a1","modes":[{"duration":3,"uses":{"r10":1,"r2":1}},{"duration":4}]}]}]
            """
        );
        var other = SomeSchedule.Problem(
            """
            "jobs":[{"id":"a","release":0,"weight":1,"tasks":[{"after":[],"id":"a1","modes":[{"id":"2","duration":4},{"id":"1","duration":3,"uses":{"r2":1,"r10":1}}]}]},
                    {"tasks":[{"id":"b1","modes":[{"id":"1","uses":{"r2":1},"duration":2}],"after":["a1"]}],"id":"b"}],
            "objective":"makespan","resources":[{"id":"r2"},{"id":"r10"}]
            """
        );

        one.Id.Should().Be(other.Id);
        System
            .Text.Encoding.UTF8.GetString(one.CanonicalBytes.Span)
            .Should()
            .Be(
                """{"family":"scheduling","jobs":[{"id":"a","release":0,"tasks":[{"after":[],"id":"a1","modes":[{"duration":3,"id":"1","uses":{"r10":1,"r2":1}},{"duration":4,"id":"2","uses":{}}]}],"weight":1},{"id":"b","release":0,"tasks":[{"after":["a1"],"id":"b1","modes":[{"duration":2,"id":"1","uses":{"r2":1}}]}],"weight":1}],"objective":"makespan","resources":[{"capacity":1,"id":"r2"},{"capacity":1,"id":"r10"}],"schema":1}"""
            );
    }

    [Fact]
    public void Whatever_differs_has_another_id()
    {
        var problem = SomeSchedule.Workshop();

        SomeSchedule.Workshop("maxLateness").Id.Should().NotBe(problem.Id);
        problem.Lookalike(1)!.Id.Should().NotBe(problem.Id);
    }

    [Fact]
    public void Canonical_bytes_read_back_and_a_lookalike_is_valid() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 9])
            .Sample(
                (seed, n) =>
                {
                    var problem = SomeSchedule.Random(seed, n);
                    var like = (SchedulingProblem)problem.Lookalike(seed)!;
                    return Posted.Again(problem).Id == problem.Id
                        && Posted.Again(like).Id == like.Id
                        && like.NumVariables == problem.NumVariables
                        && like.Tasks.Sum(t => t.Modes.Sum(m => m.Duration))
                            == problem.Tasks.Sum(t => t.Modes.Sum(m => m.Duration));
                },
                iter: 300
            );

    [Theory]
    [InlineData("a2", "a10", -1)]
    [InlineData("a10", "a2", 1)]
    [InlineData("a02", "a2", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("1", "a", -1)]
    [InlineData("x9y", "x09z", -1)]
    [InlineData("99999999999999999999998", "99999999999999999999999", -1)]
    [InlineData("j1.2", "j1.10", -1)]
    [InlineData("same", "same", 0)]
    public void Ids_are_in_natural_order(string left, string right, int expected) =>
        Math.Sign(IdOrder.Natural.Compare(left, right)).Should().Be(expected);

    [Fact]
    public void The_natural_order_is_an_order() =>
        Gen.Select(Id, Id, Id)
            .Sample(
                (a, b, c) =>
                {
                    var order = IdOrder.Natural;
                    return Math.Sign(order.Compare(a, b)) == -Math.Sign(order.Compare(b, a))
                        && (order.Compare(a, b) == 0) == (a == b)
                        && !(order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0 && order.Compare(a, c) > 0);
                },
                iter: 20_000
            );

    private static readonly Gen<string> Id = Gen.Char["019a-"].Array[0, 5].Select(c => new string(c));

    private static readonly string[] Fragments =
    [
        "null",
        "true",
        "0",
        "-1",
        "0.5",
        "1e400",
        "9999999999999999999",
        "2147483647",
        "\"\"",
        "\"a1\"",
        "\"b1\"",
        "\"a\"",
        "[]",
        "{}",
        "[\"b1\"]",
        "{\"saw\":99}",
        "\"maxLateness\"",
        "",
    ];

    [Fact]
    public void Whatever_is_sent_there_is_a_problem_or_a_fault_and_never_an_exception()
    {
        var body = System
            .Text.Encoding.UTF8.GetString(SomeSchedule.Workshop("totalTardiness").CanonicalBytes.Span)
            .Replace(",\"schema\":1", "", StringComparison.Ordinal);
        var tokens = Regex.Matches(
            body,
            "\"[^\"]*\"|[-+.0-9a-zA-Z]+|[\\[\\]{}]",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        Gen.Select(Gen.Int[0, tokens.Count - 1], Gen.Int[0, Fragments.Length - 1])
            .Sample(
                (at, fragment) =>
                {
                    var token = tokens[at];
                    var damaged = string.Concat(
                        body.AsSpan(0, token.Index),
                        Fragments[fragment],
                        body.AsSpan(token.Index + token.Length)
                    );
                    var faults = new FaultList();
                    var problem = Posted.Read(damaged, "/problem", faults);
                    return problem is null
                        ? !faults.IsEmpty && faults.Items.All(f => f.Detail.Length is > 5 and < 1000)
                        : faults.IsEmpty && Posted.Again(problem).Id == problem.Id;
                },
                iter: 5_000
            );
    }

    [Fact]
    public void The_example_is_a_problem_whose_summary_says_what_was_read()
    {
        var problem = Posted.Read(SchedulingFamily.Instance.Example.ToJsonString(), "", new())!;

        problem.Summary["shape"]!.GetValue<string>().Should().Be("jobShop");
        problem.Summary["numTasks"]!.GetValue<int>().Should().Be(9);
        problem.Summary["objective"]!.GetValue<string>().Should().Be("makespan");
        problem.Summary["longestChain"]!.GetValue<long>().Should().Be(8);
        problem.Summary["horizon"]!.GetValue<int>().Should().Be(22);
        problem.NumVariables.Should().Be(9);
        problem.NumInteractions.Should().Be(6 + 3 * 3);
    }
}

using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling;

/// <summary>
/// By hand. In the canonical order of the workshop the crew is resource 0 and the saw 1; job a has a1 and a2, job b has b1.
/// </summary>
public sealed class ScheduleRefereeTests
{
    private const string Good =
        """{"tasks":[{"id":"a1","start":1,"mode":"fast"},{"id":"a2","start":3},{"id":"b1","start":3}]}""";

    [Theory]
    [InlineData("makespan", 6)]
    [InlineData("totalTardiness", 1)]
    [InlineData("weightedTardiness", 2)]
    [InlineData("maxLateness", 1)]
    public void Scores_a_feasible_schedule(string objective, double expected)
    {
        var evaluation = Judge(SomeSchedule.Workshop(objective), Good);

        evaluation.Violations.Should().BeEmpty();
        evaluation.Objective.Should().Be(expected);
    }

    [Fact]
    public void Lateness_is_negative_when_all_is_early()
    {
        var problem = SomeSchedule.Problem(
            """ "objective":"maxLateness","jobs":[{"id":"a","due":9,"tasks":[{"id":"t","modes":[{"duration":2}]}]},{"id":"b","tasks":[{"id":"u","modes":[{"duration":99}]}]}]"""
        );

        Judge(problem, """{"tasks":[{"id":"t","start":0},{"id":"u","start":0}]}""").Objective.Should().Be(-7);
    }

    [Theory]
    [InlineData(
        """{"tasks":[{"id":"a1","start":0,"mode":"fast"},{"id":"a2","start":3},{"id":"b1","start":3}]}""",
        "release /jobs/0/tasks/0 1 time"
    )]
    [InlineData(
        """{"tasks":[{"id":"a1","start":1,"mode":"slow"},{"id":"a2","start":3},{"id":"b1","start":5}]}""",
        "precedence /jobs/0/tasks/1/after/0 2 time"
    )]
    [InlineData(
        """{"tasks":[{"id":"a1","start":1,"mode":"fast"},{"id":"a2","start":3},{"id":"b1","start":2}]}""",
        "precedence /jobs/1/tasks/0/after/0 1 time; capacity /resources/1 1 units"
    )]
    [InlineData(
        """{"tasks":[{"id":"a1","start":1,"mode":"fast"},{"id":"b1","start":3}]}""",
        "missingTask /jobs/0/tasks/1 1 tasks"
    )]
    [InlineData(
        """{"tasks":[{"id":"a1","start":1,"mode":"fast"},{"id":"a2","start":3},{"id":"a2","start":9},{"id":"a2","start":12},{"id":"b1","start":3}]}""",
        "duplicateTask /jobs/0/tasks/1 2 tasks"
    )]
    [InlineData(
        """{"tasks":[]}""",
        "missingTask /jobs/0/tasks/0 1 tasks; missingTask /jobs/0/tasks/1 1 tasks; missingTask /jobs/1/tasks/0 1 tasks"
    )]
    public void Names_every_violation(string answer, string expected) =>
        Violations(Judge(SomeSchedule.Workshop(), answer)).Should().Be(expected);

    [Fact]
    public void A_mode_that_the_task_does_not_have_is_a_violation_and_no_exception()
    {
        var problem = SomeSchedule.Workshop();

        var evaluation = problem.Evaluate(new SchedulingSolution([new(0, 1, 7), new(1, 3, 0), new(2, 3, 0)]));

        Violations(evaluation).Should().Be("mode /jobs/0/tasks/0/modes 1 tasks");
    }

    [Fact]
    public void Capacity_is_exceeded_by_the_most_that_is_ever_in_use()
    {
        var problem = SomeSchedule.Problem(
            """ "resources":[{"id":"r","capacity":3}],"jobs":[{"id":"j","tasks":[{"id":"a","modes":[{"duration":4,"uses":{"r":2}}]},{"id":"b","modes":[{"duration":4,"uses":{"r":2}}]},{"id":"c","modes":[{"duration":1,"uses":{"r":3}}]},{"id":"d","modes":[{"duration":0,"uses":{"r":3}}]}]}]"""
        );

        string Of(int a, int b, int c, int d) =>
            Violations(
                problem.Evaluate(new SchedulingSolution([new(0, a, 0), new(1, b, 0), new(2, c, 0), new(3, d, 0)]))
            );

        Of(0, 4, 8, 0).Should().BeEmpty("one ends when the next starts");
        Of(0, 4, 8, 2).Should().BeEmpty("an event takes no time and uses nothing");
        Of(0, 3, 8, 0).Should().Be("capacity /resources/0 1 units");
        Of(0, 0, 3, 0).Should().Be("capacity /resources/0 4 units");
    }

    [Fact]
    public void A_mode_beyond_the_capacity_violates_it()
    {
        var problem = SomeSchedule.Problem(
            """ "resources":[{"id":"r"}],"jobs":[{"id":"j","tasks":[{"id":"a","modes":[{"id":"big","duration":1,"uses":{"r":2}},{"id":"ok","duration":5,"uses":{"r":1}}]}]}]"""
        );

        Violations(Judge(problem, """{"tasks":[{"id":"a","start":0,"mode":"big"}]}"""))
            .Should()
            .Be("capacity /resources/0 1 units");
    }

    [Theory]
    [InlineData("""{"tasks":[{"id":"x","start":1}]}""", "/tasks/0/id", FaultCode.UnknownValue)]
    [InlineData("""{"tasks":[{"id":"a1","start":1}]}""", "/tasks/0/mode", FaultCode.MissingMember)]
    [InlineData("""{"tasks":[{"id":"a1","start":1,"mode":"x"}]}""", "/tasks/0/mode", FaultCode.UnknownValue)]
    [InlineData("""{"tasks":[{"id":"a2","start":1.5}]}""", "/tasks/0/start", FaultCode.WrongType)]
    [InlineData("""{"tasks":[{"id":"a2","start":2000000000}]}""", "/tasks/0/start", FaultCode.OutOfRange)]
    [InlineData("""{}""", "/tasks", FaultCode.MissingMember)]
    public void An_answer_that_cannot_be_read_has_a_fault_where_it_is_wrong(
        string answer,
        string pointer,
        FaultCode code
    )
    {
        var faults = new FaultList();
        using var document = System.Text.Json.JsonDocument.Parse(answer);

        SomeSchedule.Workshop().ReadSolution(document.RootElement, "", faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().Match<Fault>(f => f.Code == code && f.Pointer == pointer);
    }

    [Fact]
    public void An_answer_reads_back_as_it_was_written()
    {
        var problem = SomeSchedule.Workshop();
        var answer = SomeSchedule.Answer(problem, Good);

        SomeSchedule.Answer(problem, problem.SolutionToJson(answer).ToJsonString()).Should().Be(answer);
    }

    [Fact]
    public void Details_say_who_does_what_when_and_who_is_late()
    {
        var problem = SomeSchedule.Workshop();

        var details = problem.Details(SomeSchedule.Answer(problem, Good))!;

        details["makespan"]!.GetValue<long>().Should().Be(6);
        details["weightedTardiness"]!.GetValue<long>().Should().Be(2);
        details["maxLateness"]!.GetValue<long>().Should().Be(1);
        details["numLateJobs"]!.GetValue<int>().Should().Be(1);
        details["jobs"]![0]!
            .ToJsonString()
            .Should()
            .Be("""{"id":"a","start":1,"completion":6,"due":5,"lateness":1,"tardiness":1}""");
        var crew = details["rows"]![0]!;
        crew["resource"]!.GetValue<string>().Should().Be("crew");
        crew["utilization"]!.GetValue<double>().Should().BeApproximately((2 * 2 + 3) / (2.0 * 6), 1e-12);
        crew["bars"]![1]!
            .ToJsonString()
            .Should()
            .Be("""{"task":"a2","job":"a","mode":"1","start":3,"end":6,"amount":1,"lane":0}""");
        details["criticalPath"]!.AsArray().Select(i => i!.GetValue<string>()).Should().Equal("a1", "a2");
    }

    [Fact]
    public void Drawings_hold_every_bar_and_no_markup_of_a_clients()
    {
        var problem = SomeSchedule.Problem(
            """ "resources":[{"id":"<script>","capacity":2}],"jobs":[{"id":"j&","tasks":[{"id":"a\"<b","modes":[{"duration":4,"uses":{"<script>":1}}]},{"id":"=c","modes":[{"duration":4,"uses":{"<script>":1}}]}]}]"""
        );
        var answer = new SchedulingSolution([new(0, 0, 0), new(1, 2, 0)]);

        var svg = problem.Draw(answer, "svg");
        var picture = System.Xml.Linq.XDocument.Parse(svg).Root!;

        svg.Should().NotContain("<script");
        picture.Descendants().Count(e => e.Name.LocalName == "rect" && e.Attribute("rx") is not null).Should().Be(2);
        picture
            .Descendants()
            .Where(e => e.Attribute("rx") is not null)
            .Select(e => e.Attribute("y")!.Value)
            .Should()
            .OnlyHaveUniqueItems("they run at once, in two lanes");
        problem
            .Draw(answer, "csv")
            .Should()
            .Be(
                "job,task,mode,start,end,resource,amount\r\nj&,'=c,1,0,4,<script>,1\r\nj&,\"a\"\"<b\",1,2,6,<script>,1\r\n"
            );
    }

    [Theory]
    [InlineData("", "1 job, 1 task, end at 4")]
    [InlineData(""","due":4""", "1 job, 1 task, end at 4; dashed lines: due dates")]
    [InlineData(""","due":3""", "1 job, 1 task, end at 4, 1 late: j; dashed lines: due dates")]
    public void The_title_of_a_drawing_names_who_is_late_and_what_dashed_lines_are(string due, string title)
    {
        var problem = SomeSchedule.Problem(
            $$""" "jobs":[{"id":"j"{{due}},"tasks":[{"id":"t","modes":[{"duration":4}]}]}]"""
        );

        System
            .Xml.Linq.XDocument.Parse(problem.Draw(new SchedulingSolution([new(0, 0, 0)]), "svg"))
            .Descendants()
            .First(e => e.Name.LocalName == "text")
            .Value.Should()
            .Be(title);
    }

    private static Evaluation Judge(SchedulingProblem problem, string answer) =>
        problem.Evaluate(SomeSchedule.Answer(problem, answer));

    private static string Violations(Evaluation evaluation) =>
        string.Join(
            "; ",
            evaluation.Violations.Select(v =>
                FormattableString.Invariant($"{v.Constraint} {v.Pointer} {v.Amount} {v.Unit}")
            )
        );
}

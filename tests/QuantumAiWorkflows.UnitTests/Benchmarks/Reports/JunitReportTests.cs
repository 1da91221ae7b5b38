using System.Xml.Linq;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class JunitReportTests
{
    [Fact]
    public void A_check_of_the_gate_passes_fails_or_is_skipped_as_it_did()
    {
        var summary = BenchmarkSummary.Of(SomeFigures.Benchmark()) with
        {
            Gate = new(
                false,
                [
                    new("maxGapPercent", 5, 1.5, true) { Entrant = "tabu" },
                    new("maxGapPercent", 5, 30.25, false) { Entrant = "qaoa" },
                    new("compareWith", null, null, null) { Note = "There is no earlier benchmark." },
                ]
            ),
        };

        var suite = Suite(summary);

        Case(suite, "maxGapPercent: tabu").Elements().Should().BeEmpty();
        Case(suite, "maxGapPercent: qaoa")
            .Element("failure")!
            .Attribute("message")!
            .Value.Should()
            .Be("limit 5, observed 30.25");
        Case(suite, "compareWith")
            .Element("skipped")!
            .Attribute("message")!
            .Value.Should()
            .Be("limit none, nothing observed: There is no earlier benchmark.");
    }

    [Fact]
    public void A_required_verdict_that_was_not_reached_fails_with_the_verdicts_sentence()
    {
        var summary = BenchmarkSummary.Of(
            SomeFigures.Benchmark(change: s => s with { Gate = new() { RequireVerdict = VerdictOutcome.Adopt } })
        );

        var failure = Case(Suite(summary), "requireVerdict: qaoa").Element("failure")!;

        failure.Attribute("message")!.Value.Should().Be("limit adopt, observed keepClassical");
        failure.Value.Should().Be(summary.Verdicts[0].Summary);
    }

    [Fact]
    public void Refused_runs_are_skipped_and_crashed_or_lost_ones_fail_with_their_reason()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, seed) =>
                (i, e.Name, seed) switch
                {
                    (0, "tabu", _) => new() { State = RunState.Unsupported, Error = new("doesNotFit", "too large") },
                    (1, "tabu", 1) => new() { State = RunState.Failed, Error = new("solverCrashed", "signal 11") },
                    (2, "cp-sat", 2) => new() { State = RunState.Lost },
                    _ => new(),
                },
            instances: 4,
            seeds: 2
        );

        var suite = Suite(BenchmarkSummary.Of(benchmark));

        var refused = Case(suite, "i0", "made-up.tabu").Element("skipped")!;
        refused.Attribute("message")!.Value.Should().Be("2 unsupported of 2 runs");
        refused.Value.Should().Contain("too large").And.NotContain("signal 11");
        Case(suite, "i1", "made-up.tabu").Element("failure")!.Value.Should().Contain("signal 11");
        Case(suite, "i2", "made-up.cp-sat")
            .Element("failure")!
            .Attribute("message")!
            .Value.Should()
            .Be("1 lost of 2 runs");
        suite.Attribute("tests")!.Value.Should().Be("4");
        suite.Attribute("failures")!.Value.Should().Be("2");
        suite.Attribute("skipped")!.Value.Should().Be("1");
    }

    [Fact]
    public void A_planned_run_without_a_record_is_a_failure()
    {
        var whole = SomeFigures.Benchmark();
        var holed = whole with { Runs = [.. whole.Runs.Skip(3)] };

        Case(Suite(BenchmarkSummary.Of(whole)), "every planned run has a record").Elements().Should().BeEmpty();
        Case(Suite(BenchmarkSummary.Of(holed)), "every planned run has a record")
            .Element("failure")!
            .Attribute("message")!
            .Value.Should()
            .Be("93 of 96 planned runs have a record.");
    }

    [Fact]
    public void The_suite_carries_hash_outcome_and_limitations()
    {
        var summary = BenchmarkSummary.Of(SomeFigures.Benchmark());

        var properties = Suite(summary)
            .Element("properties")!
            .Elements()
            .ToLookup(p => p.Attribute("name")!.Value, p => p.Attribute("value")!.Value);

        properties["suiteHash"].Should().Equal(summary.SuiteHash);
        properties["verdict.qaoa"].Should().Equal("keepClassical");
        properties["limitation"].Should().Equal(summary.Limitations);
    }

    [Fact]
    public void Names_with_characters_that_xml_cannot_hold_leave_it_well_formed()
    {
        var summary = SomeFigures.HostileSummary();
        summary = summary with { Name = summary.Name + "\0\u0001\uFFFE\uD800<![CDATA[" };

        var text = JunitReport.Of(summary);

        text.Should().StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        var name = XDocument.Parse(text).Root!.Element("testsuite")!.Attribute("name")!.Value;
        name.Should()
            .StartWith("</script><script>alert(1)</script><!-- \"&amp;' {a|b} \uFFFD\u2028=1")
            .And.EndWith("<![CDATA[");
    }

    private static XElement Suite(BenchmarkSummary summary) =>
        XDocument.Parse(JunitReport.Of(summary)).Root!.Element("testsuite")!;

    private static XElement Case(XElement suite, string name, string? group = null) =>
        suite
            .Elements("testcase")
            .Single(c =>
                c.Attribute("name")!.Value == name && (group is null || c.Attribute("classname")!.Value == group)
            );
}

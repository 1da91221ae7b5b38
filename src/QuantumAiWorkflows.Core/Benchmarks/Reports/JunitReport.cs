using System.Globalization;
using System.Text;
using System.Xml;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// The report for continuous integration: one JUnit test suite, with a test case for every check of the gate, one that
/// asks whether every planned run has a record, and one for each entrant and instance with runs that did not work.
/// </summary>
/// <remarks>The form that Jenkins, GitLab and GitHub's readers have in common; there is no standard of it.</remarks>
public static class JunitReport
{
    public static string Of(BenchmarkSummary summary)
    {
        var cases = Cases(summary).ToArray();
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, cases);
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", summary.Name);
            Counts(xml, cases);
            Attribute(xml, "time", Seconds(summary.Figures.Runs.Sum(r => r.WallSeconds)));
            Properties(xml, summary);
            foreach (var item in cases)
                Write(xml, summary, item);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static IEnumerable<TestCase> Cases(BenchmarkSummary summary)
    {
        var planned = summary.Instances.Count * summary.Entrants.Count * summary.Seeds.Count;
        var recorded = summary.Figures.Runs.Count;
        yield return new("records", "every planned run has a record")
        {
            Outcome = recorded == planned ? Outcome.Passed : Outcome.Failed,
            Message = recorded == planned ? null : $"{recorded} of {planned} planned runs have a record.",
        };
        foreach (var check in summary.Gate.Checks)
            yield return Of(check, summary.Verdicts);
        foreach (
            var cell in summary
                .Figures.Runs.Where(r => r.State is not (RunState.Succeeded or RunState.Cancelled))
                .GroupBy(r => (r.Entrant, r.Instance))
        )
            yield return Of(summary, cell.Key.Entrant, cell.Key.Instance, [.. cell]);
    }

    private static TestCase Of(GateCheck check, IReadOnlyList<Verdict> verdicts)
    {
        var verdict =
            check.Name == "requireVerdict" ? verdicts.FirstOrDefault(v => v.Candidate == check.Entrant) : null;
        var observed = check.Observed is { } value ? $"observed {value}" : "nothing observed";
        return new("gate", check.Entrant is { } entrant ? $"{check.Name}: {entrant}" : check.Name)
        {
            Outcome =
                check.Passed is null ? Outcome.Skipped
                : check.Passed.Value ? Outcome.Passed
                : Outcome.Failed,
            Message = check.Passed is true
                ? null
                : $"limit {check.Limit?.ToString() ?? "none"}, {observed}{(check.Note is { } note ? $": {note}" : "")}",
            Details = verdict?.Summary,
        };
    }

    /// <summary>A refusal is the solver's right and is skipped; a crash, or a run lost for good, is a failure.</summary>
    private static TestCase Of(BenchmarkSummary summary, string entrant, string instance, IReadOnlyList<RunPoint> runs)
    {
        var states = runs.GroupBy(r => r.State).OrderBy(g => g.Key).Select(g => $"{g.Count()} {JsonNames.Of(g.Key)}");
        var reasons = summary
            .Entrants.First(e => e.Name == entrant)
            .Uncovered.Where(u => runs.Any(r => r.State == u.State) && u.Reason.Length > 0)
            .Select(u => u.Reason)
            .Distinct(StringComparer.Ordinal);
        return new(entrant, instance)
        {
            Outcome = runs.All(r => r.State == RunState.Unsupported) ? Outcome.Skipped : Outcome.Failed,
            Message = $"{string.Join(", ", states)} of {summary.Seeds.Count} runs",
            Details =
                $"The solver's reasons: {string.Join(" | ", reasons.DefaultIfEmpty("none given"))}\nRuns: {string.Join(", ", runs.Select(r => r.Id))}",
            Seconds = runs.Sum(r => r.WallSeconds),
        };
    }

    private static void Properties(XmlWriter xml, BenchmarkSummary summary)
    {
        xml.WriteStartElement("properties");
        Property("benchmark", summary.Id.ToString());
        Property("suiteHash", summary.SuiteHash);
        Property("purpose", JsonNames.Of(summary.Purpose));
        Property(
            "gate",
            summary.Gate.Passed is { } passed
                ? passed
                    ? "passed"
                    : "failed"
                : "open"
        );
        foreach (var verdict in summary.Verdicts)
        {
            Property($"verdict.{verdict.Candidate}", JsonNames.Of(verdict.Outcome));
            Property($"verdict.{verdict.Candidate}.summary", verdict.Summary);
        }
        foreach (var limitation in summary.Limitations)
            Property("limitation", limitation);
        xml.WriteEndElement();

        void Property(string name, string value)
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value);
            xml.WriteEndElement();
        }
    }

    private static void Counts(XmlWriter xml, TestCase[] cases)
    {
        Attribute(xml, "tests", Count(_ => true));
        Attribute(xml, "failures", Count(c => c.Outcome == Outcome.Failed));
        Attribute(xml, "errors", "0");
        Attribute(xml, "skipped", Count(c => c.Outcome == Outcome.Skipped));

        string Count(Func<TestCase, bool> which) => cases.Count(which).ToString(CultureInfo.InvariantCulture);
    }

    private static void Write(XmlWriter xml, BenchmarkSummary summary, TestCase item)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", $"{summary.Name}.{item.Group}");
        Attribute(xml, "name", item.Name);
        Attribute(xml, "time", Seconds(item.Seconds));
        if (item.Outcome != Outcome.Passed)
        {
            xml.WriteStartElement(item.Outcome == Outcome.Failed ? "failure" : "skipped");
            Attribute(xml, "message", item.Message ?? "");
            xml.WriteString(Legal(item.Details ?? ""));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, Legal(value));

    /// <summary>XML 1.0 has no way to write most control characters, not even escaped; they become U+FFFD.</summary>
    private static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in VisibleText.Of(text).EnumerateRunes())
            legal.Append(
                (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar : rune).ToString()
            );
        return legal.ToString();
    }

    private static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);

    private enum Outcome
    {
        Passed,
        Skipped,
        Failed,
    }

    private sealed record TestCase(string Group, string Name)
    {
        public required Outcome Outcome { get; init; }
        public required string? Message { get; init; }
        public string? Details { get; init; }
        public double Seconds { get; init; }
    }

    /// <summary>So that the declaration says UTF-8, which is what is sent.</summary>
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}

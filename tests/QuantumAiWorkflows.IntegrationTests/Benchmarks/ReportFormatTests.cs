using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using QuantumAiWorkflows.Gateway.Benchmarks;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>Every form of the report of a benchmark that ran, through HTTP.</summary>
public sealed class ReportFormatTests(SharedService service, FinishedBenchmark benchmark)
    : IClassFixture<FinishedBenchmark>
{
    [Theory]
    [InlineData("md", "text/markdown", "inline", "md")]
    [InlineData("html", "text/html", "inline", "html")]
    [InlineData("csv", "text/csv", "attachment", "csv")]
    [InlineData("json", "application/json", "inline", "json")]
    [InlineData("junit", "application/xml", "attachment", "junit.xml")]
    [InlineData("qoblib", "text/csv", "attachment", "qoblib.csv")]
    [InlineData("mlflow", "application/json", "attachment", "mlflow.json")]
    public async Task Each_has_its_type_and_a_safe_file_name(
        string format,
        string type,
        string disposition,
        string extension
    )
    {
        var reply = await ReportAsync(format);

        reply.Status.Should().Be(HttpStatusCode.OK, reply.Text);
        reply.MediaType.Should().Be(type);
        reply
            .Headers["Content-Disposition"]
            .Should()
            .Be($"{disposition}; filename=\"small---quoted-{benchmark.Id}.{extension}\"");
        reply.Headers["X-Content-Type-Options"].Should().Be("nosniff");
    }

    [Fact]
    public async Task The_html_report_has_the_verdict_the_pictures_and_a_strict_policy()
    {
        var reply = await ReportAsync("html");

        var policy = reply.Headers["Content-Security-Policy"];
        policy.Should().StartWith("default-src 'none'; script-src 'sha256-").And.NotContain("unsafe");
        reply.Text.Should().Contain("<h1>small, &quot;quoted&quot;</h1>").And.Contain("id=\"limitations\"");
        reply.Text.Should().Contain("data-picture=\"quality\"").And.Contain("data-picture=\"map\"");
        reply.Text.Should().NotContain("pictures are missing: ", "npm was there when this was built");
        BenchmarkReports
            .Charts.Script!.Length.Should()
            .BeLessThan(1_200_000, "the unit test of the page's size counts on it");
        foreach (var run in benchmark.Runs.Where(r => !r["cell"]!["warmUp"]!.GetValue<bool>()))
            reply.Text.Should().Contain(run.Id());
    }

    [Fact]
    public async Task The_junit_report_has_the_gate_and_the_runs_that_were_refused()
    {
        var suite = XDocument.Parse((await ReportAsync("junit")).Text.TrimStart('\uFEFF')).Root!.Element("testsuite")!;

        suite.Attribute("name")!.Value.Should().Be("small, \"quoted\"");
        suite
            .Elements("testcase")
            .Select(c => c.Attribute("name")!.Value)
            .Should()
            .Contain("maxGapPercent: tabu-short");
        var refused = suite.Elements("testcase").Single(c => c.Attribute("name")!.Value == "d32");
        refused.Attribute("classname")!.Value.Should().EndWith(".exhaustive");
        refused.Element("skipped")!.Attribute("message")!.Value.Should().Be("3 unsupported of 3 runs");
    }

    [Fact]
    public async Task The_qoblib_report_knows_the_stored_problems()
    {
        var rows = (await ReportAsync("qoblib")).Text.TrimStart('\uFEFF').TrimEnd().Split("\r\n");

        rows.Should().HaveCount(1 + 3 * 3);
        rows[0].Should().StartWith("Problem,Submitter,").And.EndWith(",Remarks");
        rows.Should()
            .Contain(r => r.StartsWith("g10,N/A,N/A,20", StringComparison.Ordinal) && r.Contains(",QUBO,10,10,0,0,"));
        rows.Should().OnlyContain(r => r == rows[0] || r.Contains(",Classical,"));
    }

    [Fact]
    public async Task The_mlflow_report_has_every_counted_run()
    {
        var log = (await ReportAsync("mlflow")).Must(HttpStatusCode.OK);

        log["experiment_name"]!.GetValue<string>().Should().Be("small, \"quoted\"");
        var batches = log["batches"]!.AsArray();
        batches
            .Select(b => b!["run_name"]!.GetValue<string>())
            .Distinct()
            .Should()
            .HaveCount(FinishedBenchmark.Planned);
        batches.Select(Option).Should().Contain("500", "tabu was given a patience");

        static string? Option(JsonNode? batch) =>
            batch!["params"]!
                .AsArray()
                .FirstOrDefault(p => p!["key"]!.GetValue<string>() == "option.patience")
                ?["value"]!.GetValue<string>();
    }

    private Task<Reply> ReportAsync(string format) =>
        service.Client.GetAsync($"/v1/benchmarks/{benchmark.Id}/report?format={format}");
}

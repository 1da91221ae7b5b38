using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Benchmarks.Reports.Html;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class HtmlReportTests
{
    private static readonly ChartLibrary Library = ChartLibrary.Of("const echarts = 'stands for the library';");
    private static readonly BenchmarkSummary Summary = SomeFigures.Summary(SomeFigures.Benchmark());
    private static readonly string Page = HtmlReport.Of(Summary, Library).Text;

    [Fact]
    public void The_verdict_comes_first_with_all_that_it_rests_on()
    {
        var verdict = Summary.Verdicts[0];
        var top = Page[..Page.IndexOf("id=\"pictures\"", StringComparison.Ordinal)];

        top.Should().Contain("class=\"verdict keepClassical\"").And.Contain("<strong>keep classical</strong>");
        top.Should().Contain(Text(verdict.Summary)).And.Contain($"{verdict.Rigour.Score} of 100");
        foreach (var need in verdict.Rigour.Needs)
            top.Should().Contain($"{need.Name} {need.Have} of {need.Need}");
        var level = JsonNamingPolicy.CamelCase.ConvertName(verdict.Scope.EvidenceLevel.ToString()!);
        top.Should().Contain($"<span>{verdict.Candidate} (evidence level {level})");
        verdict.Missing.Should().NotBeEmpty();
        foreach (var missing in verdict.Missing)
            top.Should().Contain($"<code>{JsonNamingPolicy.CamelCase.ConvertName(missing.ToString())}</code>");
        verdict.Conditions.Should().NotBeEmpty();
        foreach (var condition in verdict.Conditions)
            top.Should().Contain($"<th scope=\"row\">{condition.Name}</th>");
        Summary.Limitations.Should().NotBeEmpty();
        foreach (var limitation in Summary.Limitations)
            top.Should().Contain($"<li>{Text(limitation)}</li>");
    }

    [Fact]
    public void An_open_condition_says_how_many_instances_would_settle_it()
    {
        var verdict = Summary.Verdicts[0];
        var open = verdict with
        {
            Conditions = [new("win", QuantumAiWorkflows.Benchmarks.Verdicts.ConditionState.Open, 1234)],
        };

        HtmlReport
            .Of(Summary with { Verdicts = [open] }, Library)
            .Text.Should()
            .Contain("<tr><th scope=\"row\">win</th><td>open</td><td>1234</td></tr>");
    }

    [Theory]
    [InlineData("quality")]
    [InlineData("pareto")]
    [InlineData("profiles")]
    [InlineData("anytime")]
    [InlineData("scaling-seconds")]
    [InlineData("spread")]
    [InlineData("map")]
    public void Every_picture_has_words_data_and_a_table(string id)
    {
        var section = Section(Page, id);

        section.Should().Contain($"data-picture=\"{id}\" role=\"img\" aria-label=\"");
        section.Should().Contain("<details><summary>The same as a table</summary>").And.Contain("<caption>");
        section.Should().Contain("<th scope=\"row\">");
        Data(Page).GetProperty("pictures").GetProperty(id).ValueKind.Should().Be(JsonValueKind.Object);
        if (id != "map" && id != "scaling-seconds")
            foreach (var entrant in Summary.Entrants)
                section.Should().Contain($"<th scope=\"row\">{entrant.Name}</th>");
    }

    [Fact]
    public void Profiles_of_more_than_two_solvers_carry_their_warning()
    {
        Section(Page, "profiles").Should().Contain("can change when a solver is left out (Gould and Scott 2016)");
    }

    [Fact]
    public void A_box_has_the_quartiles_of_its_runs()
    {
        var box = Data(Page).GetProperty("pictures").GetProperty("quality").GetProperty("boxes")[0];

        // The candidate's gaps are 30.1 to 30.4, each on six instances.
        box.GetProperty("entrant").GetString().Should().Be("qaoa");
        box.GetProperty("box")
            .EnumerateArray()
            .Select(v => v.GetDouble())
            .Should()
            .Equal(30.1, 30.175, 30.25, 30.325, 30.4);
    }

    [Fact]
    public void Only_whole_and_unbeaten_solvers_are_on_the_pareto_front()
    {
        var section = Section(Page, "pareto");

        // cp-sat refuses an instance, so that its mean gap leaves that one out; the candidate costs the same and is worse.
        section
            .Should()
            .Contain("never on the front, because some of their runs have no answer")
            .And.Contain(": cp-sat.");
        Row(section, "tabu").Should().EndWith("<td>yes</td>");
        Row(section, "qaoa").Should().EndWith("<td>no</td>");
        Row(section, "cp-sat").Should().EndWith("<td>no</td>");
    }

    [Fact]
    public void A_figure_without_points_says_why_instead_of_an_empty_picture()
    {
        var bare = BenchmarkSummary.Of(SomeFigures.Benchmark()) with
        {
            Figures = Summary.Figures with { Profiles = [], Anytime = [], Scaling = [] },
        };
        var page = HtmlReport.Of(bare, Library).Text;

        foreach (var id in new[] { "profiles", "anytime", "scaling-seconds" })
            Section(page, id).Should().Contain("Nothing to draw: ").And.NotContain("data-picture");
        Section(page, "quality").Should().Contain("data-picture");
    }

    [Fact]
    public void Without_the_chart_library_the_page_says_why_and_has_verdict_and_tables()
    {
        var page = HtmlReport.Of(Summary, ChartLibrary.Missing("there was no npm.")).Text;

        page.Should().Contain("The pictures are missing: there was no npm. Their tables are all here.");
        page.Should().NotContain("<script").And.NotContain("data-picture").And.Contain("script-src &#x27;none&#x27;");
        page.Should().Contain(Text(Summary.Verdicts[0].Summary));
        Section(page, "quality").Should().Contain("<th scope=\"row\">tabu</th>");
    }

    [Fact]
    public void No_name_can_leave_the_place_it_stands_in()
    {
        var page = HtmlReport.Of(SomeFigures.HostileSummary(), Library).Text;

        page.Split("<script").Should().HaveCount(1 + 3, "data, library and our own");
        page.Split("</script").Should().HaveCount(1 + 3);
        page.Should().NotContain("<!-- ").And.NotContain("alert(1)</");
        Data(page)
            .GetProperty("entrants")[0]
            .GetProperty("name")
            .GetString()
            .Should()
            .Be(SomeFigures.Hostile, "the data are the name itself");
        page.Should().Contain("<h1>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Fact]
    public void The_policy_lets_nothing_in_and_names_each_script_by_its_hash()
    {
        var page = HtmlReport.Of(Summary, Library);
        string[] scripts = [.. page.Text.Split("<script>").Skip(1).Select(part => Until(part, "</script>"))];
        var style = page.Text.Split("<style>")[1].Split("</style>")[0];

        scripts.Should().HaveCount(2);
        page.SecurityPolicy.Should()
            .StartWith(
                $"default-src 'none'; script-src {Hash(scripts[0])} {Hash(scripts[1])}; style-src {Hash(style)}; base-uri 'none'; form-action 'none'"
            );
        page.SecurityPolicy.Should().NotContain("unsafe");
        page.Text.Should().NotContain("src=").And.NotContain("<link").And.NotContain("url(").And.NotContain("@import");
        var meta = Between(page.Text, "Content-Security-Policy\" content=\"", "\"");
        page.SecurityPolicy.Should().Be($"{System.Net.WebUtility.HtmlDecode(meta)}; frame-ancestors 'self'");
    }

    [Fact]
    public void A_library_that_would_end_its_element_is_left_out()
    {
        ChartLibrary.Of("x = '</SCRIPT>'").Script.Should().BeNull();
        ChartLibrary.Of("x = '<!--'").Absence.Should().NotBeNull();
    }

    [Fact]
    public void Fifty_solvers_and_many_instances_are_thinned_and_the_page_says_so()
    {
        Entrant[] entrants =
        [
            SomeBenchmark.Candidate(),
            .. Enumerable.Range(0, 49).Select(k => SomeBenchmark.Baseline($"solver-{k}")),
        ];
        var small = SomeFigures.Benchmark(instances: 4, seeds: 2, entrants);
        var summary = SomeFigures.Summary(small);
        var wide = summary with
        {
            Instances =
            [
                .. Enumerable.Range(0, 1000).Select(k => summary.Instances[k % 4] with { Name = $"instance-{k}" }),
            ],
            Figures = summary.Figures with
            {
                Runs = [.. Enumerable.Range(0, 50_000).Select(k => summary.Figures.Runs[k % 400])],
            },
        };

        var page = HtmlReport.Of(wide, Library).Text;

        Section(page, "profiles").Should().Contain("12 of 50 entrants are drawn: candidates first");
        Data(page)
            .GetProperty("pictures")
            .GetProperty("profiles")
            .GetProperty("lines")
            .GetArrayLength()
            .Should()
            .Be(12);
        Section(page, "map")
            .Should()
            .Contain("60 of 1000 instances are drawn")
            .And.Contain("The first 230 of 1000 rows");
        Section(page, "spread").Should().Contain("100 dots are drawn");
        Section(page, "pareto").Should().Contain("Only candidates and solvers on the front are named");
        page.Should().Contain("The first 1000 of 50000 rows; the JSON and CSV reports have all of them.");
        page.Length.Should().BeLessThan(1_500_000);
    }

    [Fact]
    public void A_page_of_five_hundred_runs_is_under_two_megabytes()
    {
        Entrant[] entrants =
        [
            SomeBenchmark.Candidate("a-candidate-with-a-long-name"),
            .. Enumerable.Range(0, 4).Select(k => SomeBenchmark.Baseline($"a-baseline-with-a-long-name-{k}")),
        ];
        var summary = SomeFigures.Summary(SomeFigures.Benchmark(instances: 20, seeds: 5, entrants));
        summary.Figures.Runs.Should().HaveCount(500);
        // More than ECharts has: the integration tests hold the real one to this.
        var library = ChartLibrary.Of(new string('x', 1_200_000));

        var page = HtmlReport.Of(
            summary with
            {
                Figures = summary.Figures with
                {
                    Anytime =
                    [
                        .. entrants.Select(e => new AnytimeCurve(
                            e.Name,
                            [
                                .. Enumerable
                                    .Range(1, 300)
                                    .Select(k => new AnytimePoint(k / 7.0, 100 / (double)k, k / 300.0)),
                            ]
                        )),
                    ],
                },
            },
            library
        );

        Encoding.UTF8.GetByteCount(page.Text).Should().BeLessThan(2_000_000);
    }

    [Fact]
    public void A_suite_without_a_candidate_or_any_answer_still_has_a_page()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new() { Feasible = false }, [SomeBenchmark.Baseline()], 2, 1);

        var page = HtmlReport.Of(BenchmarkSummary.Of(benchmark), Library).Text;

        page.Should().Contain("no verdict").And.Contain("Nothing to draw: no run has a feasible result.");
    }

    private static string Section(string page, string id) => Between(page, $" id=\"{id}\">", "</section>");

    private static string Row(string section, string name) =>
        Between(section, $"<th scope=\"row\">{name}</th>", "</tr>");

    private static string Between(string text, string from, string to) => Until(text.Split(from)[1], to);

    private static string Until(string text, string end) => text.Split(end)[0];

    private static JsonElement Data(string page) =>
        JsonElement.Parse(Between(page, "<script type=\"application/json\" id=\"data\">", "</script>"));

    private static string Text(string text) =>
        System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}

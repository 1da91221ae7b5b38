using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests;

/// <summary>The HTML report of a benchmark that really ran, in a real browser.</summary>
public sealed class HtmlReportTests(ReportedBenchmark benchmark) : IClassFixture<ReportedBenchmark>
{
    private const int Solvers = 4;

    private static readonly string[] Pictures =
    [
        "quality",
        "pareto",
        "profiles",
        "anytime",
        "scaling-seconds",
        "scaling-gapPercent",
        "spread",
        "map",
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Every_picture_is_drawn_without_a_complaint_or_a_request(string scheme)
    {
        await using var browser = await Browser.StartAsync(Chromium.Require());
        await browser.PreferAsync(scheme);
        await browser.OpenAsync(benchmark.Address);

        browser.Complaints.Should().BeEmpty();
        browser.Requests.Should().Equal(benchmark.Address.AbsoluteUri);
        (await browser.EvaluateAsync("isDark()"))!.GetValue<bool>().Should().Be(scheme == "dark");
        var marks = (await MarksAsync(browser))!.AsObject();
        marks.Select(m => m.Key).Should().BeEquivalentTo(Pictures.Where(HasFigure));
        foreach (var (picture, count) in marks)
            count!
                .GetValue<int>()
                // A legend has a line and a symbol for each solver, which are no data.
                .Should()
                .BeGreaterThan(HasLegend(picture) ? 2 * Solvers : Solvers - 1, picture);

        var shots = new Dictionary<string, string>();
        foreach (var picture in marks.Select(m => m.Key))
            shots[picture] = await browser.LookAtAsync($"[data-picture=\"{picture}\"]");
        // The report lets no image in, not even this one.
        await browser.OpenAsync(new("about:blank"));
        foreach (var (picture, png) in shots)
        {
            TestContext.Current.AddAttachment($"{picture}-{scheme}.png", Convert.FromBase64String(png), "image/png");
            var seen = (await browser.EvaluateAsync(ColoursOf(png)))!;
            seen["coloured"]!.GetValue<int>().Should().BeGreaterThan(200, $"{picture} has marks in colour");
            seen["distinct"]!.GetValue<int>().Should().BeGreaterThan(12, picture);
        }
    }

    [Fact]
    public async Task The_button_turns_dark_to_light_and_draws_again()
    {
        await using var browser = await Browser.StartAsync(Chromium.Require());
        await browser.PreferAsync("dark");
        await browser.OpenAsync(benchmark.Address);
        var before = await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor");

        await browser.EvaluateAsync("document.getElementById('theme').click()");

        (await browser.EvaluateAsync("isDark()"))!.GetValue<bool>().Should().BeFalse();
        var after = await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        after!.GetValue<string>().Should().NotBe(before!.GetValue<string>());
        (await MarksAsync(browser))!.AsObject().Should().OnlyContain(m => m.Value!.GetValue<int>() > 0);
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task On_paper_the_tables_are_open_and_the_theme_is_light_and_afterwards_all_is_as_it_was()
    {
        await using var browser = await Browser.StartAsync(Chromium.Require());
        await browser.PreferAsync("dark");
        await browser.OpenAsync(benchmark.Address);
        const string state = "[isDark(), document.querySelectorAll('details:not([open])').length === 0]";

        await browser.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        (await browser.EvaluateAsync(state))!.ToJsonString().Should().Be("[false,true]");
        await browser.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        (await browser.EvaluateAsync(state))!.ToJsonString().Should().Be("[true,false]");
    }

    [Fact]
    public async Task Names_are_shown_as_they_are_and_run_nothing()
    {
        await using var browser = await Browser.StartAsync(Chromium.Require());
        await browser.OpenAsync(benchmark.Address);

        (await browser.EvaluateAsync("document.querySelector('h1').textContent"))!
            .GetValue<string>()
            .Should()
            .Be("report <img src=x onerror=alert(1)> & \"more\"");
        (await browser.EvaluateAsync("document.querySelectorAll('img, i, b').length"))!.GetValue<int>().Should().Be(0);
        (await browser.EvaluateAsync("document.querySelector('#map tbody').textContent"))!
            .GetValue<string>()
            .Should()
            .Contain("</script><b>14");
        // The pointer's box is made of elements, too.
        (await browser.EvaluateAsync("tip('<img src=x>').outerHTML"))!
            .GetValue<string>()
            .Should()
            .Be("<div class=\"tip\"><div>&lt;img src=x&gt;</div></div>");
    }

    /// <summary>What has no values in the summary is not drawn, and the page says so.</summary>
    private bool HasFigure(string picture)
    {
        var figures = benchmark.Summary["figures"]!;
        return picture switch
        {
            "profiles" => figures["profiles"]!.AsArray().Count > 0,
            "anytime" => figures["anytime"]!.AsArray().Count > 0,
            "scaling-seconds" or "scaling-gapPercent" => figures["scaling"]!
                .AsArray()
                .Any(c => picture.EndsWith(c!["quantity"]!.GetValue<string>(), StringComparison.Ordinal)),
            _ => true,
        };
    }

    private static bool HasLegend(string picture) =>
        picture is "profiles" or "anytime" || picture.StartsWith("scaling-", StringComparison.Ordinal);

    /// <summary>Shapes in each picture that have the colour of a solver, or of a step of the map.</summary>
    private static Task<JsonNode?> MarksAsync(Browser browser) =>
        browser.EvaluateAsync(
            """
            (() => {
              const tone = isDark() ? "dark" : "light";
              const colours = [...palette[tone], ...steps.map((step) => step[tone])];
              const isMark = (shape) => ["fill", "stroke"].some((name) => colours.includes(shape.getAttribute(name)));
              return Object.fromEntries([...document.querySelectorAll("[data-picture]")].map((picture) =>
                [picture.dataset.picture, [...picture.querySelectorAll("svg path, svg circle, svg rect")].filter(isMark).length]));
            })()
            """
        );

    /// <summary>Distinct colours of a picture, and pixels that are neither grey nor nearly so.</summary>
    private static string ColoursOf(string png) =>
        $$"""
            (async () => {
              const image = new Image();
              image.src = "data:image/png;base64,{{png}}";
              await image.decode();
              const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
              canvas.drawImage(image, 0, 0);
              const { data } = canvas.getImageData(0, 0, image.width, image.height);
              const distinct = new Set();
              let coloured = 0;
              for (let i = 0; i < data.length; i += 4) {
                const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
                distinct.add((r << 16) | (g << 8) | b);
                if (Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured++;
              }
              return { distinct: distinct.size, coloured };
            })()
            """;
}

/// <summary>A small benchmark that ran to its end in a service of its own.</summary>
public sealed class ReportedBenchmark : IAsyncLifetime, IDisposable
{
    /// <summary>Names that would be markup, if anything let them.</summary>
    private const string Suite = """
        { "name": "report <img src=x onerror=alert(1)> & \"more\"",
          "instances": [
            { "name": "cut-12", "generator": "max-cut-regular", "parameters": { "numVariables": 12, "degree": 3 }, "seed": 1 },
            { "name": "</script><b>14", "generator": "qubo-random", "parameters": { "numVariables": 14, "density": 0.5 }, "seed": 2 },
            { "name": "qubo-18", "generator": "qubo-random", "parameters": { "numVariables": 18, "density": 0.5 }, "seed": 3 },
            { "name": "qubo-24", "generator": "qubo-random", "parameters": { "numVariables": 24, "density": 0.5 }, "seed": 4 },
            { "name": "qubo-40", "generator": "qubo-random", "parameters": { "numVariables": 40, "density": 0.3 }, "seed": 5 } ],
          "solvers": [ { "name": "annealing <i>", "id": "simulated-annealing", "role": "candidate" }, { "id": "tabu" }, { "id": "cp-sat" },
                       { "id": "random", "role": "control" } ],
          "seeds": [1, 2, 3], "budget": { "cpuSeconds": 0.05, "threads": 1 } }
        """;

    private readonly TemporaryFolder _data = new();
    private GatewayProcess _gateway = null!;

    public Uri Address { get; private set; } = null!;

    public JsonObject Summary { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_data.Path, "--Qaiw:Slots=1");
        var id = (await _gateway.PostAsync("/v1/benchmarks", JsonNode.Parse(Suite)!))["id"]!.GetValue<string>();
        await Eventually.TrueAsync(
            async () => (await _gateway.GetAsync($"/v1/benchmarks/{id}"))["state"]!.GetValue<string>() == "succeeded",
            "the benchmark has run"
        );
        Summary = await _gateway.GetAsync($"/v1/benchmarks/{id}/report?format=json");
        Address = new(_gateway.Client.BaseAddress!, $"/v1/benchmarks/{id}/report?format=html");
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    public void Dispose() => _data.Dispose();
}

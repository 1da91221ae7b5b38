using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests;

/// <summary>Swagger UI in a real browser, and every example it offers, sent as it stands.</summary>
public sealed class SwaggerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _data = new();
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayProcess.StartAsync(_data.Path, "--Qaiw:Slots=1");

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Chromium_renders_every_operation()
    {
        var chromium = Chromium.Require();

        var page = await chromium.RenderAsync(new Uri(_gateway.Client.BaseAddress!, "/swagger/index.html"));

        page.Should().Contain("Quantum AI Workflows");
        foreach (var (path, _) in (await DocumentAsync())["paths"]!.AsObject())
            page.Should().Contain($"data-path=\"{path}\"");
    }

    [Fact]
    public async Task Every_example_runs_as_it_stands()
    {
        var problem = (await _gateway.GetAsync("/v1/families/qubo"))["exampleRequest"]!["problem"]!;
        var problemId = (await _gateway.PostAsync("/v1/problems", problem.DeepClone()))["id"]!.GetValue<string>();
        var sent = 0;
        foreach (var (path, operations) in (await DocumentAsync())["paths"]!.AsObject())
        foreach (var (title, example) in Examples(operations!.AsObject()))
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                path.Replace("{id}", problemId, StringComparison.Ordinal)
            );
            request.Content = new StringContent(example, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.Add("Prefer", "wait=30");
            using var reply = await _gateway.Client.SendAsync(request);
            var text = await reply.Content.ReadAsStringAsync();
            reply.IsSuccessStatusCode.Should().BeTrue($"{path}, \"{title}\": {text}");
            if (path == "/v1/jobs" && (int)reply.StatusCode == 200)
                JsonNode.Parse(text)!["state"]!.GetValue<string>().Should().Be("succeeded", title);
            sent++;
        }
        sent.Should().BeGreaterThanOrEqualTo(8);
    }

    private async Task<JsonObject> DocumentAsync() => await _gateway.GetAsync("/openapi/v1.json");

    private static IEnumerable<(string Title, string Json)> Examples(JsonObject operations) =>
        operations["post"]?["requestBody"]?["content"]?["application/json"]?["examples"] is JsonObject examples
            ? examples.Select(e => (e.Key, e.Value!["value"]!.ToJsonString()))
            : [];
}

/// <summary>Debian's Chromium, driven from the command line: enough to see what a page becomes after its scripts ran.</summary>
internal sealed class Chromium(string path)
{
    private static readonly string[] Paths =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    public string Path => path;

    /// <summary>Skips the test where there is no browser; in CI its absence is a failure.</summary>
    public static Chromium Require()
    {
        var found = Paths.FirstOrDefault(File.Exists);
        if (Environment.GetEnvironmentVariable("QAIW_CI") != "1")
            Assert.SkipWhen(found is null, "no Chromium: none of the usual paths has it");
        return new(
            found ?? throw new FileNotFoundException("Chromium is not installed; .ci/run should have done that.")
        );
    }

    public async Task<string> RenderAsync(Uri address)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                $"--user-data-dir={profile.Path}",
                "--virtual-time-budget=15000",
                "--dump-dom",
                address.ToString(),
            },
        };
        using var browser = Process.Start(start)!;
        var errors = browser.StandardError.ReadToEndAsync();
        var page = await browser.StandardOutput.ReadToEndAsync();
        await browser.WaitForExitAsync();
        await errors;
        return page;
    }
}

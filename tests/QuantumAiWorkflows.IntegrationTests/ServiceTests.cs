using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QuantumAiWorkflows.IntegrationTests;

public sealed class ServiceTests(SharedService service)
{
    private readonly Client _client = service.Client;

    /// <summary>What the interface documents and this version has.</summary>
    private static readonly string[] Documented =
    [
        "GET /v1/families",
        "GET /v1/families/{family}",
        "GET /v1/solvers",
        "GET /v1/solvers/{id}",
        "GET /v1/generators",
        "GET /v1/suites",
        "POST /v1/problems",
        "GET /v1/problems",
        "GET /v1/problems/{id}",
        "DELETE /v1/problems/{id}",
        "GET /v1/problems/{id}/export",
        "GET /v1/problems/{id}/qubo",
        "POST /v1/problems/{id}/encodings",
        "POST /v1/problems/{id}/evaluations",
        "POST /v1/jobs",
        "POST /v1/jobs/batch",
        "GET /v1/jobs",
        "GET /v1/jobs/{id}",
        "DELETE /v1/jobs/{id}",
        "POST /v1/jobs/{id}/cancel",
        "GET /v1/jobs/{id}/events",
        "GET /v1/jobs/{id}/circuit",
        "GET /v1/jobs/{id}/solution",
        "GET /v1/jobs/{id}/sub-problems",
        "GET /v1/jobs/{id}/sub-problems/{index}",
        "GET /v1/runs",
        "GET /v1/runs/{id}",
        "POST /v1/benchmarks",
        "GET /v1/benchmarks",
        "GET /v1/benchmarks/{id}",
        "DELETE /v1/benchmarks/{id}",
        "POST /v1/benchmarks/{id}/cancel",
        "POST /v1/benchmarks/{id}/replay",
        "GET /v1/benchmarks/{id}/events",
        "GET /v1/benchmarks/{id}/runs",
        "GET /v1/benchmarks/{id}/verdict",
        "GET /v1/benchmarks/{id}/report",
        "GET /v1/price-lists",
        "GET /v1/hardware-profiles",
        "POST /v1/tco",
        "POST /v1/estimates",
    ];

    [Fact]
    public async Task Is_alive_and_ready_with_a_reason_for_each_check()
    {
        var live = await _client.GetAsync("/health/live");
        live.Must(HttpStatusCode.OK).ToJsonString().Should().Be("""{"status":"healthy","checks":[]}""");
        var ready = (await _client.GetAsync("/health/ready")).Must(HttpStatusCode.OK);
        ready["status"]!.GetValue<string>().Should().BeOneOf("healthy", "degraded");
        var checks = ready["checks"]!.AsArray();
        checks.Select(c => c!["name"]!.GetValue<string>()).Should().BeEquivalentTo("database", "solvers");
        foreach (var check in checks.Where(c => c!["status"]!.GetValue<string>() != "healthy"))
            check!["reason"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Metrics_count_the_jobs()
    {
        await _client.SolveAsync(Bodies.Job(Bodies.Small, "exhaustive"));
        const string ended =
            "qaiw_jobs_ended\\S*\\{[^}]*qaiw_solver=\"exhaustive\"[^}]*qaiw_state=\"succeeded\"[^}]*\\} [1-9]";
        // Whoever waits for a job is told of its end before it is counted.
        await Until.TrueAsync(
            async () =>
                Regex.IsMatch(
                    (await _client.GetAsync("/metrics")).Text,
                    ended,
                    RegexOptions.NonBacktracking,
                    TimeSpan.FromSeconds(5)
                ),
            "the job is counted"
        );
        var metrics = await _client.GetAsync("/metrics");
        metrics.Status.Should().Be(HttpStatusCode.OK);
        metrics.MediaType.Should().Be("text/plain");
        foreach (
            var name in new[] { "qaiw_jobs_ended", "qaiw_solve_duration", "qaiw_queue_duration", "qaiw_slots_busy" }
        )
            metrics.Text.Should().Contain(name);
    }

    [Fact]
    public async Task The_document_describes_every_documented_address_and_no_other()
    {
        var document = (await _client.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK);
        document["openapi"]!.GetValue<string>().Should().StartWith("3.");
        var described = document["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {path.Key}"));
        described.Should().BeEquivalentTo(Documented);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(m => m.Value!));
        operations.Should().OnlyContain(o => o["summary"] != null && o["operationId"] != null);
    }

    [Fact]
    public async Task The_document_has_every_format_of_a_circuit_and_no_name_of_the_code()
    {
        var reply = await _client.GetAsync("/openapi/v1.json");
        reply.Text.Should().NotContain("QuantumAiWorkflows.", "a reader of the document knows no types");
        var formats = reply.Must(HttpStatusCode.OK)["paths"]!["/v1/jobs/{id}/circuit"]!["get"]!["responses"]!["200"]![
            "content"
        ]!.AsObject();
        formats.Select(f => f.Key).Should().Equal("application/json", "text/plain", "image/svg+xml");
        formats["application/json"]!["schema"]!["$ref"]!.GetValue<string>().Should().EndWith("/CircuitDocument");
        formats["image/svg+xml"]!["schema"]!["type"]!.GetValue<string>().Should().Be("string");
    }

    [Fact]
    public async Task Swagger_offers_the_families_and_a_job_of_each()
    {
        var paths = (await _client.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK)["paths"]!;

        var families = paths["/v1/families/{family}"]!["get"]!["parameters"]![0]!["schema"]!["enum"]!.AsArray();
        var examples = paths["/v1/jobs"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!;
        var posted = examples.AsObject().Select(e => (string)e.Value!["value"]!["problem"]!["family"]!);
        families.Select(f => (string)f!).Should().BeEquivalentTo(posted.Distinct());
        families.Should().HaveCountGreaterThanOrEqualTo(5);
    }

    [Theory]
    [InlineData("qubo", null)]
    [InlineData("routing", "scheduling and routing")]
    [InlineData("scheduling", "scheduling and routing")]
    [InlineData("roster", "scheduling and routing")]
    [InlineData("feature-selection", "feature selection")]
    public async Task A_family_has_its_row_of_the_decision_table_and_an_example_that_runs_as_it_stands(
        string id,
        string? use
    )
    {
        var family = (await _client.GetAsync($"/v1/families/{id}")).Must(HttpStatusCode.OK);
        ((string?)family["decision"]?["useCase"]).Should().Be(use);
        (await _client.SolveAsync(family["exampleRequest"]!.ToJsonString())).State().Should().Be("succeeded");
    }

    [Fact]
    public async Task Every_reply_names_its_trace_and_forbids_guessing_its_type()
    {
        Reply[] replies =
        [
            await _client.GetAsync("/v1/solvers"),
            await _client.GetAsync("/health/live"),
            await _client.GetAsync("/openapi/v1.json"),
            await _client.GetAsync("/nothing"),
            await _client.PostAsync("/v1/jobs", "{"),
            await _client.PostBytesAsync("/v1/jobs", [1, 2, 3], "application/json", ("Content-Encoding", "gzip")),
        ];
        replies.Select(r => (int)r.Status).Should().Equal(200, 200, 200, 404, 400, 400);
        foreach (var reply in replies)
        {
            reply.Headers["X-Trace-Id"].Should().MatchRegex("^[0-9a-f]{32}$");
            reply.Headers["X-Content-Type-Options"].Should().Be("nosniff");
            reply.Headers.Should().NotContainKey("Server");
        }
        replies.Select(r => r.Headers["X-Trace-Id"]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_caller_s_trace_is_joined()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var reply = await _client.PostAsync(
            "/v1/jobs",
            Bodies.Job(Bodies.Small, "exhaustive"),
            ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"),
            ("Prefer", "wait=60")
        );
        reply.Headers["X-Trace-Id"].Should().Be(trace);
        reply.Must(HttpStatusCode.OK)["traceId"]!.GetValue<string>().Should().Be(trace);
    }

    [Fact]
    public async Task Solvers_say_what_they_are_and_are_found_by_it()
    {
        var all = await ItemsAsync("/v1/solvers");
        all.Should().Contain(s => s!.Id() == "tabu").And.Contain(s => s!.Id() == "qaoa");
        foreach (var solver in all)
        {
            var one = (await _client.GetAsync($"/v1/solvers/{solver!.Id()}")).Must(HttpStatusCode.OK);
            one.ToJsonString().Should().Be(solver!.ToJsonString());
            one["optionsSchema"]!["type"]!.GetValue<string>().Should().Be("object");
            one["workers"]!.GetValue<int>().Should().Be(one["available"]!.GetValue<bool>() ? 1 : 0);
            (one["reason"] is null).Should().Be(one["available"]!.GetValue<bool>());
        }
        (await ItemsAsync("/v1/solvers?paradigm=quantum"))
            .Select(s => s!.Id())
            .Should()
            .Equal("hybrid-decomposition", "qaoa");
        (await ItemsAsync("/v1/solvers?task=sampling&family=qubo")).Should().Contain(s => s!.Id() == "random");
    }

    private async Task<JsonArray> ItemsAsync(string path) =>
        (await _client.GetAsync(path)).Must(HttpStatusCode.OK)["items"]!.AsArray();
}

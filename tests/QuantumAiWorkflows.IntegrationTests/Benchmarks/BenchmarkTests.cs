using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

public sealed class BenchmarkTests(SharedService service, FinishedBenchmark benchmark)
    : IClassFixture<FinishedBenchmark>
{
    private readonly Client _client = service.Client;

    /// <summary>Every member of a verdict, as the procedure documents it.</summary>
    private const string DocumentedVerdict = """
        { "outcome": "inconclusive", "procedure": "verdict-1", "summary": "...", "missing": ["suiteTooWeak"], "limitations": [""], "evidence": ["0199..."],
          "scope": { "instances": 12, "families": ["qubo"], "sizeRange": [8, 20], "evidenceLevel": "idealSimulator", "claim": "software" },
          "candidate": "qaoa", "strongestBaseline": "cp-sat", "alpha": 0.05, "candidatesTried": 1, "costMode": "target", "targetGapPercent": 1.0,
          "rigour": { "score": 92, "needs": [ { "name": "seeds", "have": 6, "need": 10 } ] },
          "conditions": [ { "name": "costAdjusted", "state": "met" } ],
          "dimensions": [ { "name": "runtime", "outcome": "win", "effect": 1.54, "low": 1.21, "high": 2.02, "unit": "ratio", "total": 1.38, "test": "exactSignedRank", "n": 12, "ties": 0, "uninformative": 1,
                            "p": 0.0005, "pHolm": 0.0015, "margin": 1.25, "badMargin": 2.0, "equivalent": false, "notWorse": true, "notBad": true, "bad": false } ],
          "against": [ { "baseline": "cp-sat", "strength": "strong", "outcome": "inconclusive", "conditions": [ { "name": "win", "state": "open" } ], "dimensions": [ { "name": "cost" } ] } ] }
        """;

    [Fact]
    public async Task The_same_key_and_suite_stand_for_the_same_benchmark()
    {
        const string suite = """
            {"name":"keyed","instances":[{"name":"a","generator":"qubo-random","parameters":{"numVariables":6,"density":0.5,"minCoefficient":-9,"maxCoefficient":9}}],
             "solvers":[{"id":"exhaustive"}],"seeds":[1],"budget":{"cpuSeconds":1}}
            """;
        var first = await _client.PostAsync("/v1/benchmarks", suite, ("Idempotency-Key", "a-suite"));
        var again = await _client.PostAsync("/v1/benchmarks", suite, ("Idempotency-Key", "a-suite"));

        again.Must(HttpStatusCode.Accepted).Id().Should().Be(first.Must(HttpStatusCode.Accepted).Id());
        again.Headers["Idempotency-Replayed"].Should().Be("true");
        (
            await _client.PostAsync("/v1/benchmarks", suite.Replace("keyed", "other"), ("Idempotency-Key", "a-suite"))
        ).Must(HttpStatusCode.UnprocessableEntity);
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{first.Json.Id()}/events")) { }
    }

    [Fact]
    public void It_is_accepted_running_and_ends_succeeded()
    {
        benchmark.Accepted.State().Should().Be("running");
        benchmark.Accepted["progress"]!["total"]!.GetValue<int>().Should().Be(FinishedBenchmark.Planned);
        benchmark.Accepted["gate"].Should().BeNull();
        benchmark.Ended.State().Should().Be("succeeded");
        benchmark.Ended["progress"]!
            .ToJsonString()
            .Should()
            .Be($$"""{"done":{{FinishedBenchmark.Planned}},"total":{{FinishedBenchmark.Planned}}}""");
        benchmark.Ended["suiteHash"]!.GetValue<string>().Should().MatchRegex("^sha256:[0-9a-f]{64}$");
        benchmark.Ended["gate"]!["checks"]!.AsArray().Should().NotBeEmpty();
        benchmark.Ended["verdicts"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public void Its_suite_names_inline_problems_by_their_ids()
    {
        var instance = benchmark.Ended["suite"]!["instances"]![1]!;
        instance["problem"].Should().BeNull();
        instance["problemId"]!
            .GetValue<string>()
            .Should()
            .Be(
                benchmark.Runs.First(r => r["cell"]!["instance"]!.GetValue<string>() == "d12")["problem"]![
                    "id"
                ]!.GetValue<string>()
            );
    }

    [Fact]
    public void Every_planned_run_has_a_record_refused_ones_too_with_their_numbers()
    {
        benchmark
            .Runs.Select(r => $"{r["cell"]!["instance"]} {r["cell"]!["entrant"]} {r["seed"]}")
            .Should()
            .BeEquivalentTo(
                from instance in new[] { "g10", "d12", "d32" }
                from entrant in new[] { "tabu-short", "exhaustive", "random" }
                from seed in new[] { 1, 2, 3 }
                select $"{instance} {entrant} {seed}"
            );
        var refused = benchmark.Runs.Where(r => r.State() == "unsupported").ToList();
        refused.Should().HaveCount(3);
        foreach (var run in refused)
        {
            run["cell"]!["instance"]!.GetValue<string>().Should().Be("d32");
            run["solver"]!.Id().Should().Be("exhaustive");
            run["error"]!["code"]!.GetValue<string>().Should().Be("unsupported");
            run["error"]!["needed"]!.GetValue<double>().Should().Be(32);
            run["error"]!["limit"]!.GetValue<double>().Should().Be(30);
            run["error"]!["unit"]!.GetValue<string>().Should().Be("variables");
        }
        benchmark.Runs.Except(refused).Should().OnlyContain(r => r.State() == "succeeded");
    }

    [Fact]
    public void Progress_rises_to_the_end()
    {
        benchmark.Events.Select(e => e.Id).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        benchmark.Events[0].Data.State().Should().Be("running");
        var done = benchmark
            .Events.Where(e => e.Kind == "progress")
            .Select(e => e.Data["done"]!.GetValue<int>())
            .ToList();
        done.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        done[0].Should().BeGreaterThanOrEqualTo(3, "refused runs are done at once");
        done[^1].Should().Be(FinishedBenchmark.Planned);
        benchmark.Events[^1].Kind.Should().Be("done");
        benchmark.Events[^1].Data.State().Should().Be("succeeded");
    }

    [Fact]
    public void Its_runs_had_the_machine_to_themselves_and_plain_jobs_went_between_them()
    {
        var ran = benchmark.Runs.Where(r => r.State() == "succeeded").Select(Span).OrderBy(s => s.Began).ToList();
        benchmark.Runs.Should().OnlyContain(r => r["environment"]!["otherRuns"]!.GetValue<int>() == 0);
        benchmark.PlainJobs.Should().HaveCount(3).And.OnlyContain(j => j.State() == "succeeded");
        var plain = benchmark.PlainJobs.Select(Span).ToList();
        var all = ran.Concat(plain).OrderBy(s => s.Began).ToList();
        foreach (
            var (earlier, later) in all.Zip(all.Skip(1))
                .Where(pair => !plain.Contains(pair.First) || !plain.Contains(pair.Second))
        )
            later.Began.Should().BeOnOrAfter(earlier.Ended);
        var lastBegan = ran[^1].Began;
        plain
            .Should()
            .Contain(p => p.Began > ran[0].Began && p.Ended < lastBegan, "a benchmark must not shut the service");
    }

    [Fact]
    public async Task Its_verdict_has_every_documented_member_and_stands_on_its_runs()
    {
        var reply = await _client.GetAsync($"/v1/benchmarks/{benchmark.Id}/verdict");
        var verdict = reply.Must(HttpStatusCode.OK)["items"]!.AsArray().Should().ContainSingle().Subject!;
        Members(verdict).Should().Contain(Members(JsonNode.Parse(DocumentedVerdict)!));
        verdict["candidate"]!.GetValue<string>().Should().Be("tabu-short");
        verdict["outcome"]!.GetValue<string>().Should().NotBe("adopt", "an exploration never ends in adopt");
        verdict["missing"]!.AsArray().Select(m => m!.GetValue<string>()).Should().Contain("suiteTooWeak");
        verdict["scope"]!["instances"]!.GetValue<int>().Should().Be(3);
        verdict["scope"]!["sizeRange"]!.ToJsonString().Should().Be("[10,32]");
        verdict["against"]!
            .AsArray()
            .Select(a => a!["baseline"]!.GetValue<string>())
            .Should()
            .BeEquivalentTo("exhaustive", "random");
        verdict["evidence"]!
            .AsArray()
            .Select(e => e!.GetValue<string>())
            .Should()
            .BeEquivalentTo(benchmark.Runs.Select(r => r.Id()));
        verdict["summary"]!
            .GetValue<string>()
            .Should()
            .Be(benchmark.Ended["verdicts"]![0]!.GetValue<string>())
            .And.NotBeEmpty();
    }

    [Fact]
    public async Task Its_reports_say_the_same()
    {
        var path = $"/v1/benchmarks/{benchmark.Id}/report";
        var json = (await _client.GetAsync($"{path}?format=json")).Must(HttpStatusCode.OK);
        json.Id().Should().Be(benchmark.Id);
        var random = json["instances"]!.AsArray().Single(i => i!["name"]!.GetValue<string>() == "d12")!["entrants"]![
            "random"
        ]!["cpuSeconds"]!["value"]!.GetValue<double>();
        var measured = benchmark
            .Runs.Where(r => $"{r["cell"]!["instance"]} {r["cell"]!["entrant"]}" == "d12 random")
            .Average(r => r["metrics"]!["cpuSeconds"]!.GetValue<double>());
        random.Should().BeApproximately(measured, 1e-9);

        var csv = await _client.GetAsync($"{path}?format=csv");
        csv.MediaType.Should().Be("text/csv");
        csv.Text.Should().StartWith("benchmark,instance,entrant,metric,value,unit,low,high,interval,note\r\n");
        csv.Text.Should()
            .Contain(
                $"\"small, \"\"quoted\"\"\",d12,random,cpuSeconds,{random.ToString("R", CultureInfo.InvariantCulture)},"
            );

        var markdown = await _client.GetAsync(path);
        markdown.MediaType.Should().Be("text/markdown");
        markdown.Text.Should().StartWith("# Benchmark small, \"quoted\"\n").And.Contain("## Limitations");
        foreach (var limitation in json["limitations"]!.AsArray())
            csv.Text.Replace("\"\"", "\"", StringComparison.Ordinal).Should().Contain(limitation!.GetValue<string>());
        foreach (var entrant in new[] { "tabu-short", "exhaustive", "random" })
            markdown.Text.Should().Contain($"| {entrant} |");
    }

    [Fact]
    public async Task Replaying_starts_the_same_suite_anew_and_cancelling_keeps_what_has_run()
    {
        var reply = await _client.PostAsync($"/v1/benchmarks/{benchmark.Id}/replay", null);
        var replay = reply.Must(HttpStatusCode.Accepted);
        replay.Id().Should().NotBe(benchmark.Id);
        replay["suiteHash"]!.GetValue<string>().Should().Be(benchmark.Ended["suiteHash"]!.GetValue<string>());
        var path = $"/v1/benchmarks/{replay.Id()}";

        var early = await _client.GetAsync($"{path}/verdict");
        early.Must(HttpStatusCode.Conflict)["code"]!.GetValue<string>().Should().Be("stillRunning");
        early.Json["detail"]!
            .GetValue<string>()
            .Should()
            .Be($"Benchmark {replay.Id()} is running; its verdict exists when it has ended.");
        (await _client.DeleteAsync(path)).Must(HttpStatusCode.Conflict)["code"]!
            .GetValue<string>()
            .Should()
            .Be("stillRunning");

        (await _client.PostAsync($"{path}/cancel", null)).Must(HttpStatusCode.Accepted);
        await foreach (var _ in _client.EventsAsync($"{path}/events")) { }
        var ended = (await _client.GetAsync(path)).Must(HttpStatusCode.OK);
        ended.State().Should().Be("cancelled");
        (await _client.PostAsync($"{path}/cancel", null)).Must(HttpStatusCode.Conflict)["code"]!
            .GetValue<string>()
            .Should()
            .Be("alreadyEnded");
        var runs = (await _client.GetAsync($"{path}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Should().HaveCount(FinishedBenchmark.Planned).And.Contain(r => r!.State() == "cancelled");
        (await _client.GetAsync($"{path}/report")).Status.Should().Be(HttpStatusCode.OK);

        (await _client.DeleteAsync(path)).Status.Should().Be(HttpStatusCode.NoContent);
        foreach (var part in new[] { "", "/verdict", "/report", "/runs", "/events" })
            (await _client.GetAsync($"{path}{part}")).Must(HttpStatusCode.Gone)["title"]!
                .GetValue<string>()
                .Should()
                .Be("The benchmark has been erased.");
        var job = runs.Select(r => r!["jobId"]?.GetValue<string>()).First(j => j is not null);
        (await _client.GetAsync($"/v1/jobs/{job}")).Status.Should().Be(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task It_is_listed_without_its_suite_and_its_runs_page_by_cursor()
    {
        var listed = (await _client.GetAsync("/v1/benchmarks")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        var own = listed.Should().ContainSingle(b => b!.Id() == benchmark.Id).Subject!;
        own["suite"].Should().BeNull();
        own["gate"].Should().BeNull();
        own["progress"]!["done"]!.GetValue<int>().Should().Be(FinishedBenchmark.Planned);

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? "" : $"&cursor={cursor}";
            var page = await _client.GetAsync($"/v1/benchmarks/{benchmark.Id}/runs?limit=10{next}");
            ids.AddRange(page.Must(HttpStatusCode.OK)["items"]!.AsArray().Select(r => r!.Id()));
            cursor = page.Json["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);
        ids.Should().Equal(benchmark.Runs.Select(r => r.Id()));
    }

    [Fact]
    public async Task Every_built_in_suite_can_be_posted_as_it_is()
    {
        var suites = (await _client.GetAsync("/v1/suites")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        suites.Should().NotBeEmpty();
        foreach (var suite in suites)
        {
            var reply = await _client.PostAsync("/v1/benchmarks", suite!.ToJsonString());
            var id = reply.Must(HttpStatusCode.Accepted).Id();
            (await _client.PostAsync($"/v1/benchmarks/{id}/cancel", null)).Must(HttpStatusCode.Accepted);
            await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }
        }
    }

    private static (DateTimeOffset Began, DateTimeOffset Ended) Span(JsonNode run) =>
        (run["startedAt"]!.GetValue<DateTimeOffset>(), run["completedAt"]!.GetValue<DateTimeOffset>());

    /// <summary>Names of all members, each with its way from the root; items of an array have one way.</summary>
    private static IEnumerable<string> Members(JsonNode? node, string at = "") =>
        node switch
        {
            JsonObject members => members.SelectMany(m => Members(m.Value, $"{at}/{m.Key}").Prepend($"{at}/{m.Key}")),
            JsonArray items => items.SelectMany(i => Members(i, $"{at}/*")),
            _ => [],
        };
}

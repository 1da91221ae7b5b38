using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

public sealed class JobSubmissionTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_finished_job_has_every_member_that_the_interface_documents()
    {
        await service.RequireAsync("qaoa");
        var reply = await _client.PostAsync("/v1/jobs", DocumentedJob.Request, ("Prefer", "wait=60"));
        var job = reply.Must(HttpStatusCode.OK);
        DocumentedJob.MembersMissingIn(job).Should().BeEmpty();
        job.State().Should().Be("succeeded");
        job["solver"]!["executionPath"]!.GetValue<string>().Should().Be("qsharp-qir");
        job["solver"]!["evidenceLevel"]!.GetValue<string>().Should().Be("idealSimulator");
        job["result"]!["objective"]!.GetValue<double>().Should().Be(-3);
        job["result"]!["solution"]!.ToJsonString().Should().Be("""{"values":[0,1,1]}""");
        job["metrics"]!["shots"]!.GetValue<int>().Should().Be(1024);
        job["tags"]!["pipeline"]!.GetValue<string>().Should().Be("nightly");
        job["trace"]!.AsArray().Should().NotBeEmpty();
        var reread = await _client.JobAsync(job.Id());
        reread.ToJsonString().Should().Be(job.ToJsonString());
    }

    [Fact]
    public async Task Waiting_gives_the_finished_job()
    {
        var reply = await _client.PostAsync(
            "/v1/jobs",
            Bodies.Job(Bodies.Small, "exhaustive"),
            ("Prefer", "respond-async, wait=20")
        );
        reply.Must(HttpStatusCode.OK).State().Should().Be("succeeded");
        reply.Headers["Preference-Applied"].Should().Be("wait=20");
        reply.Headers.Should().NotContainKey("Location");
    }

    [Fact]
    public async Task Without_waiting_it_is_accepted_and_found_at_its_location()
    {
        var reply = await _client.PostAsync("/v1/jobs", Bodies.Job(Bodies.Small, "exhaustive"));
        var job = reply.Must(HttpStatusCode.Accepted);
        reply.Headers["Retry-After"].Should().Be("1");
        reply.Headers["Location"].Should().Be($"/v1/jobs/{job.Id()}");
        reply.Headers.Should().NotContainKey("Preference-Applied");
        DocumentedJob.MembersMissingIn(job, ofFinished: false).Should().BeEmpty();
        (await _client.EndAsync(job.Id()))["result"]!["status"]!.GetValue<string>().Should().Be("optimal");
    }

    [Fact]
    public async Task Waiting_in_vain_gives_the_job_as_it_stands()
    {
        var reply = await _client.PostAsync("/v1/jobs", Bodies.LongJob(), ("Prefer", "wait=1"));
        var job = reply.Must(HttpStatusCode.Accepted);
        job.State().Should().BeOneOf("queued", "running");
        job["result"].Should().BeNull();
        reply.Headers["Location"].Should().Be($"/v1/jobs/{job.Id()}");
        await _client.CancelAsync(job.Id());
        await _client.EndAsync(job.Id());
    }

    [Fact]
    public async Task A_seed_is_drawn_and_echoed_and_repeats_the_run()
    {
        var body = Bodies.Job(Bodies.Dense(40), "random", "\"budget\":{\"evaluations\":50}");
        var drawn = await _client.SolveAsync(body);
        var other = await _client.SolveAsync(body);
        var seed = drawn["seed"]!.GetValue<long>();
        seed.Should().BeInRange(0, (1L << 53) - 1);
        other["seed"]!.GetValue<long>().Should().NotBe(seed);
        other["result"]!.ToJsonString().Should().NotBe(drawn["result"]!.ToJsonString());

        var repeated = await _client.SolveAsync(body[..^1] + $",\"seed\":{seed}}}");
        repeated["seed"]!.GetValue<long>().Should().Be(seed);
        repeated["result"]!.ToJsonString().Should().Be(drawn["result"]!.ToJsonString());
    }

    [Fact]
    public async Task Negative_zero_and_a_family_that_is_not_first_are_accepted_and_mean_the_plain_problem()
    {
        const string plain = """{"family":"qubo","terms":[[0,0,-1],[0,1,2]],"offset":0}""";
        string[] others =
        [
            """{"family":"qubo","terms":[[0,0,-1],[0,1,2]],"offset":-0}""",
            """{"family":"qubo","terms":[[0,0,-1],[0,1,2],[1,1,-0.0]],"offset":-0e5}""",
            """{"terms":[[0,0,-1],[0,1,2]],"offset":0,"family":"qubo"}""",
        ];
        var expected = (await _client.PostAsync("/v1/problems", plain)).Must(HttpStatusCode.Created).Id();
        foreach (var other in others)
        {
            (await _client.PostAsync("/v1/problems", other)).Must(HttpStatusCode.Created).Id().Should().Be(expected);
            var job = await _client.SolveAsync(Bodies.Job(other, "exhaustive"));
            job["problem"]!.Id().Should().Be(expected);
            job["result"]!["objective"]!.GetValue<double>().Should().Be(-1);
        }
    }

    [Fact]
    public async Task A_stored_problem_is_solved_by_its_id()
    {
        var id = (await _client.PostAsync("/v1/problems", Bodies.Dense(9, seed: 5))).Must(HttpStatusCode.Created).Id();
        var job = await _client.SolveAsync($$"""{"problemId":"{{id}}","solver":"exhaustive"}""");
        job["problem"]!.Id().Should().Be(id);
        var evaluation = await _client.PostAsync(
            $"/v1/problems/{id}/evaluations",
            $$"""{"solution":{{job["result"]!["solution"]!.ToJsonString()}}}"""
        );
        var judged = evaluation.Must(HttpStatusCode.OK);
        judged["objective"]!
            .GetValue<double>()
            .Should()
            .Be(job["result"]!["objective"]!.GetValue<double>())
            .And.Be(job["result"]!["bound"]!.GetValue<double>());
        judged["feasible"]!.GetValue<bool>().Should().BeTrue();
        judged["violations"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task A_classical_solver_takes_over_when_the_quantum_one_cannot_take_the_problem()
    {
        var reply = await _client.PostAsync(
            "/v1/jobs",
            Bodies.Job(
                Bodies.Dense(23),
                "qaoa",
                "\"fallback\":\"auto\",\"options\":{\"layers\":2},\"budget\":{\"cpuSeconds\":5}"
            ),
            ("Prefer", "wait=60")
        );

        var job = reply.Must(HttpStatusCode.OK);
        job.State().Should().Be("succeeded");
        job["solver"]!.Id().Should().Be("auto");
        job["options"].Should().BeNull("they belong to the solver that was asked for");
        job["fallback"]!["from"]!.GetValue<string>().Should().Be("qaoa");
        job["fallback"]!["reason"]!.GetValue<string>().Should().Contain("23 qubits").And.Contain("22");
    }

    [Fact]
    public async Task A_baseline_is_solved_beside_with_the_same_problem_budget_and_seed()
    {
        var job = await _client.SolveAsync(
            Bodies.Job(Bodies.Dense(10), "tabu", "\"baseline\":\"auto\",\"seed\":3,\"budget\":{\"evaluations\":2000}")
        );
        var reference = job["baseline"]!;
        reference["solver"]!.GetValue<string>().Should().Be("auto");
        var baseline = await _client.EndAsync(reference["jobId"]!.GetValue<string>());
        baseline.State().Should().Be("succeeded");
        baseline["solver"]!.Id().Should().Be("auto");
        foreach (var member in new[] { "problem", "budget", "seed" })
            baseline[member]!.ToJsonString().Should().Be(job[member]!.ToJsonString());
        baseline["baseline"].Should().BeNull();
    }

    [Fact]
    public async Task The_same_key_and_body_stand_for_the_same_job_as_it_stands_now()
    {
        var body = Bodies.Job(Bodies.Small, "exhaustive", "\"baseline\":\"auto\",\"tags\":{\"test\":\"same-key\"}");
        var key = ("Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
        var first = await _client.PostAsync("/v1/jobs", body, key);
        var id = first.Must(HttpStatusCode.Accepted).Id();
        first.Headers.Should().NotContainKey("Idempotency-Replayed");

        var again = await _client.PostAsync("/v1/jobs", body, key, ("Prefer", "wait=60"));
        again.Must(HttpStatusCode.OK).Id().Should().Be(id);
        again.Headers["Idempotency-Replayed"].Should().Be("true");
        again.Json.State().Should().Be("succeeded");
        // The job and its baseline, once.
        (await TaggedAsync("same-key"))
            .Should()
            .HaveCount(2);
    }

    [Fact]
    public async Task Ten_requests_at_once_with_one_key_give_one_job()
    {
        var body = Bodies.Job(Bodies.Small, "exhaustive", "\"tags\":{\"test\":\"at-once\"}");
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => _client.PostAsync("/v1/jobs", body, ("Idempotency-Key", "at-once"), ("Prefer", "wait=60")))
        );
        replies.Select(r => r.Must(HttpStatusCode.OK).Id()).Distinct().Should().ContainSingle();
        replies.Count(r => r.Headers.ContainsKey("Idempotency-Replayed")).Should().Be(9);
        (await TaggedAsync("at-once")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_batch_with_a_key_makes_each_of_its_jobs_once()
    {
        var body =
            $$"""{"jobs":[{{Bodies.Job(Bodies.Small, "exhaustive")}},{{Bodies.Job(Bodies.Small, "random", "\"budget\":{\"evaluations\":9}")}}]}""";
        var replies = new List<string[]>();
        for (var k = 0; k < 2; k++)
        {
            var reply = await _client.PostAsync("/v1/jobs/batch", body, ("Idempotency-Key", "a-batch"));
            replies.Add([.. reply.Must(HttpStatusCode.MultiStatus)["items"]!.AsArray().Select(i => i!["job"]!.Id())]);
        }

        replies[1].Should().Equal(replies[0]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_batch_answers_each_job_in_order()
    {
        var good = Bodies.Job(Bodies.Small, "exhaustive", "\"seed\":11");
        var reply = await _client.PostAsync(
            "/v1/jobs/batch",
            $$"""{"jobs":[{{good}},{"solver":"random"},{{Bodies.Job(Bodies.Small, "oracle")}},7,{{good}}]}"""
        );
        var items = reply.Must(HttpStatusCode.MultiStatus)["items"]!.AsArray();
        items.Select(i => i!["status"]!.GetValue<int>()).Should().Equal(202, 400, 422, 400, 202);
        foreach (var accepted in new[] { items[0]!, items[4]! })
        {
            accepted["problem"].Should().BeNull();
            accepted["job"]!["seed"]!.GetValue<long>().Should().Be(11);
            (await _client.EndAsync(accepted["job"]!.Id())).State().Should().Be("succeeded");
        }
        items[0]!["job"]!.Id().Should().NotBe(items[4]!["job"]!.Id());
        foreach (var (index, code, pointer) in Refused)
        {
            var problem = items[index]!["problem"]!;
            items[index]!["job"].Should().BeNull();
            problem["status"]!.GetValue<int>().Should().Be(items[index]!["status"]!.GetValue<int>());
            problem["type"]!.GetValue<string>().Should().StartWith("urn:qaiw:problem:");
            problem["traceId"]!.GetValue<string>().Should().Be(reply.Headers["X-Trace-Id"]);
            problem["errors"]![0]!["code"]!.GetValue<string>().Should().Be(code);
            problem["errors"]![0]!["pointer"]!.GetValue<string>().Should().Be(pointer);
        }
    }

    private static readonly (int, string, string)[] Refused =
    [
        (1, "missingMember", "/jobs/1/problem"),
        (2, "unknownSolver", "/jobs/2/solver"),
        (3, "wrongType", "/jobs/3"),
    ];

    private async Task<JsonArray> TaggedAsync(string test) =>
        (await _client.GetAsync($"/v1/jobs?tag=test:{test}")).Must(HttpStatusCode.OK)["items"]!.AsArray();
}

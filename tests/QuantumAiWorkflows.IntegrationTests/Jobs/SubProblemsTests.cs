using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>A decomposition through HTTP: its trace, its sub-problems as problems of their own, and their end.</summary>
public sealed class SubProblemsTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task The_trace_leads_from_the_start_to_the_result_page_by_page()
    {
        var job = await SolveAsync("""{"subSolver":"tabu","subProblemSize":6,"rounds":1}""");
        job["solver"]!["paradigm"]!.GetValue<string>().Should().Be("classical", "its sub-solver is");
        var path = job["links"]!["subProblems"]!.GetValue<string>();
        path.Should().Be($"/v1/jobs/{job.Id()}/sub-problems");

        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await _client.GetAsync($"{path}?limit=4{(cursor is null ? "" : $"&cursor={cursor}")}")).Must(
                HttpStatusCode.OK
            );
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            page["total"]!.GetValue<int>().Should().Be(Total(job));
            (page["kept"]!.GetValue<int>(), page["every"]!.GetValue<int>()).Should().Be((Total(job), 1));
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);

        items.Select(i => i["index"]!.GetValue<int>()).Should().Equal(Enumerable.Range(0, Total(job)));
        foreach (var (item, next) in items.Zip(items.Skip(1)))
            Number(next, "objectiveBefore").Should().Be(Number(item, "objectiveAfter"));
        Number(items[^1], "objectiveAfter").Should().Be(Number(job["result"]!, "objective"));
        foreach (var item in items)
        {
            item["size"]!.GetValue<int>().Should().Be(6);
            item["variables"]!.AsArray().Select(v => v!.GetValue<int>()).Should().HaveCount(6).And.BeInAscendingOrder();
            item["subSolver"]!["evaluations"]!.GetValue<long>().Should().BePositive();
            item["subSolver"]!["qubits"].Should().BeNull();
        }
        var totals = job["metrics"]!["decomposition"]!;
        totals["subSolver"]!.Id().Should().Be("tabu");
        totals["subSolver"]!["version"]!.GetValue<string>().Should().NotBeEmpty();
        totals["subEvaluations"]!
            .GetValue<long>()
            .Should()
            .Be(items.Sum(i => i["subSolver"]!["evaluations"]!.GetValue<long>()));
        (await _client.GetAsync("/v1/jobs?solver=hybrid-decomposition")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_job_that_has_not_run_has_the_paradigm_of_its_sub_solver_too()
    {
        var accepted = await _client.PostAsync(
            "/v1/jobs",
            Bodies.Job(
                Bodies.Dense(30),
                "hybrid-decomposition",
                "\"options\":{\"subSolver\":\"tabu\"},\"budget\":{\"evaluations\":2000}"
            )
        );

        accepted.Must(HttpStatusCode.Accepted)["solver"]!["paradigm"]!.GetValue<string>().Should().Be("classical");
    }

    [Fact]
    public async Task A_sub_problem_is_a_problem_with_the_objectives_of_the_whole()
    {
        var job = await SolveAsync(
            """{"subSolver":"exhaustive","subProblemSize":8,"subBudget":{"evaluations":null}}"""
        );
        var page = (await _client.GetAsync($"{Path(job)}?limit=2")).Must(HttpStatusCode.OK);
        foreach (var item in page["items"]!.AsArray())
        {
            var problem = await _client.GetAsync(item!["link"]!.GetValue<string>());
            problem.Must(HttpStatusCode.OK);
            var solved = await _client.SolveAsync(Bodies.Job(Posted(problem), "exhaustive"));

            Number(solved["result"]!, "objective").Should().Be(Number(item, "objectiveFound"), "both are its optimum");
        }
    }

    [Fact]
    public async Task A_sub_problem_comes_in_the_file_formats_that_can_hold_it()
    {
        var job = await SolveAsync("""{"subSolver":"tabu","subProblemSize":5}""");
        var path = $"{Path(job)}/1";
        var own = (await _client.PostAsync("/v1/problems", Posted(await _client.GetAsync(path)))).Must(
            HttpStatusCode.Created
        );

        var held = new List<string>();
        foreach (var format in new[] { "bqm", "coo", "qubo", "qs", "biqmac", "gset" })
        {
            var reply = await _client.GetAsync($"{path}?format={format}");
            if (reply.Status == HttpStatusCode.UnprocessableEntity)
            {
                reply.Json["errors"]![0]!["code"]!.GetValue<string>().Should().Be("notApplicable");
                continue;
            }
            reply.Status.Should().Be(HttpStatusCode.OK);
            held.Add(format);
            var read = await _client.PostBytesAsync($"/v1/problems?format={format}", reply.Bytes, reply.MediaType);
            read.Must(HttpStatusCode.Created).Id().Should().Be(own.Id(), $"{format} says the same");
        }
        held.Should().Contain(["bqm", "qs"], "these have an offset");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_with_the_numbers()
    {
        var job = await SolveAsync("""{"subSolver":"tabu","rounds":1}""");

        foreach (var index in new[] { $"{Total(job)}", "-1", "first" })
            (await _client.GetAsync($"{Path(job)}/{index}")).Must(HttpStatusCode.NotFound)["detail"]!
                .GetValue<string>()
                .Should()
                .Be($"Job {job.Id()} has {Total(job)} sub-problems, counted from 0; \"{index}\" is none of them.");
    }

    [Fact]
    public async Task A_thinned_trace_says_what_it_keeps()
    {
        var job = await SolveAsync(
            """{"subSolver":"random","subProblemSize":4,"subBudget":{"shots":1}}""",
            "\"budget\":{\"evaluations\":3000}"
        );
        var page = (await _client.GetAsync($"{Path(job)}?limit=3")).Must(HttpStatusCode.OK);

        page["every"]!.GetValue<int>().Should().Be(2);
        page["kept"]!.GetValue<int>().Should().BeInRange(500, 1000);
        page["items"]!.AsArray().Select(i => i!["index"]!.GetValue<int>()).Should().Equal(0, 2, 4);
        (await _client.GetAsync($"{Path(job)}/3")).Must(HttpStatusCode.NotFound)["detail"]!
            .GetValue<string>()
            .Should()
            .Be(
                $"Sub-problem 3 of job {job.Id()} was not kept: of {Total(job)}, those whose index is a multiple of 2 were."
            );
    }

    [Fact]
    public async Task Cancelling_keeps_the_trace_and_erasing_takes_it_away()
    {
        var id = await _client.SubmitAsync(
            Bodies.Job(
                Bodies.Dense(60, seed: 9),
                "hybrid-decomposition",
                "\"options\":{\"subSolver\":\"random\"},\"budget\":{\"timeSeconds\":60}"
            )
        );
        await _client.UntilIncumbentAsync(id);
        await _client.CancelAsync(id);
        var job = await _client.EndAsync(id);
        job.State().Should().Be("cancelled");
        var page = (await _client.GetAsync(Path(job))).Must(HttpStatusCode.OK);
        page["total"]!.GetValue<int>().Should().Be(Total(job)).And.BePositive();

        (await _client.DeleteAsync($"/v1/problems/{job["problem"]!.Id()}"))
            .Status.Should()
            .Be(HttpStatusCode.NoContent);
        (await _client.GetAsync($"{Path(job)}/0")).Must(HttpStatusCode.Gone)["title"]!
            .GetValue<string>()
            .Should()
            .Be("The problem has been erased.", "a sub-problem is made of it");
        (await _client.GetAsync(Path(job))).Must(HttpStatusCode.OK);

        (await _client.DeleteAsync($"/v1/jobs/{id}")).Status.Should().Be(HttpStatusCode.NoContent);
        foreach (var part in new[] { "", "/0" })
            (await _client.GetAsync(Path(job) + part)).Must(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task With_qaoa_the_run_is_quantum_and_says_what_its_circuits_came_to()
    {
        await service.RequireAsync("qaoa");
        var job = await SolveAsync(
            """{"subProblemSize":6,"subOptions":{"layers":1},"subBudget":{"shots":50,"evaluations":30}}""",
            "\"budget\":{\"shots\":120}"
        );

        var solver = job["solver"]!;
        solver["paradigm"]!.GetValue<string>().Should().Be("quantum");
        solver["executionPath"]!.GetValue<string>().Should().Be("qsharp-qir");
        solver["evidenceLevel"]!.GetValue<string>().Should().Be("idealSimulator");
        job["result"]!["verified"]!.GetValue<bool>().Should().BeTrue();
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("shots");
        job["metrics"]!["shots"]!.GetValue<int>().Should().Be(120);
        job["metrics"]!["qubits"].Should().BeNull("there is no one circuit");
        var totals = job["metrics"]!["decomposition"]!;
        (totals["maxQubits"]!.GetValue<int>(), totals["subProblems"]!.GetValue<int>()).Should().Be((6, 3));
        var items = (await _client.GetAsync(Path(job))).Must(HttpStatusCode.OK)["items"]!.AsArray();
        items.Select(i => i!["subSolver"]!["shots"]!.GetValue<int>()).Should().Equal(50, 50, 20);
        totals["twoQubitGates"]!
            .GetValue<int>()
            .Should()
            .Be(items.Sum(i => i!["subSolver"]!["twoQubitGates"]!.GetValue<int>()));
    }

    private Task<JsonNode> SolveAsync(string options, string budget = "\"budget\":{\"evaluations\":20000}") =>
        _client.SolveAsync(
            Bodies.Job(Bodies.Dense(30), "hybrid-decomposition", $"\"options\":{options},{budget},\"seed\":5")
        );

    /// <summary>A downloaded sub-problem in the family's JSON.</summary>
    private static string Posted(Reply bqm) => $$"""{"family":"qubo","bqm":{{bqm.Text}} }""";

    private static string Path(JsonNode job) => $"/v1/jobs/{job.Id()}/sub-problems";

    private static int Total(JsonNode job) => job["metrics"]!["decomposition"]!["subProblems"]!.GetValue<int>();

    private static double Number(JsonNode node, string member) => node[member]!.GetValue<double>();
}

using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Encodings;

/// <summary>Solvers of QUBO problems on problems of another family, through HTTP.</summary>
public sealed class EncodedJobTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task An_exact_solver_of_qubos_proves_the_shortest_tour()
    {
        var job = await _client.SolveAsync(Bodies.Job(Routes.Tour, "exhaustive", "\"seed\":1"));

        job.State().Should().Be("succeeded", job.ToJsonString());
        var result = job["result"]!;
        result["status"]!.GetValue<string>().Should().Be("optimal");
        (result["objective"]!.GetValue<double>(), result["bound"]!.GetValue<double>()).Should().Be((6, 6));
        result["solution"]!["routes"]![0]!["stops"]!.AsArray().Should().HaveCount(3);
        job["encoding"].Should().BeNull();
        var encoding = job["metrics"]!["encoding"]!;
        encoding["numVariables"]!.GetValue<int>().Should().Be(9);
        encoding["policy"]!.GetValue<string>().Should().Be("verma-lewis");
        encoding["rawFeasible"]!.GetValue<bool>().Should().BeTrue();
        encoding["groundStateFeasible"]!.GetValue<bool>().Should().BeTrue();
        encoding["rounds"]!.GetValue<int>().Should().Be(1);
        encoding["penalties"]!["visit[a]"]!.GetValue<double>().Should().BeGreaterThan(0);
        job["metrics"]!["encodeSeconds"]!.GetValue<double>().Should().BeGreaterThan(0);
        job["metrics"]!["decodeSeconds"]!.GetValue<double>().Should().BeGreaterThan(0);

        var run = (await _client.GetAsync($"/v1/runs?job={job.Id()}")).Must(HttpStatusCode.OK)["items"]![0]!;
        run["encoding"]!.ToJsonString().Should().Be(encoding.ToJsonString());
    }

    [Fact]
    public async Task What_was_asked_for_is_applied_echoed_and_repaired()
    {
        const string Encoding =
            """{"penalty":{"policy":"fixed","values":{"visit":0.5,"position":0.5,"gap":0.5}},"integers":"oneHot","repair":"default"}""";

        var job = await _client.SolveAsync(Bodies.Job(Routes.TwoVans, "exhaustive", $"\"encoding\":{Encoding}"));

        job.State().Should().Be("succeeded", job.ToJsonString());
        job["encoding"]!["penalty"]!["policy"]!.GetValue<string>().Should().Be("fixed");
        var encoding = job["metrics"]!["encoding"]!;
        encoding["penalties"]!["gap[0,1]"]!.GetValue<double>().Should().Be(0.5);
        encoding["rawFeasible"]!.GetValue<bool>().Should().BeFalse();
        encoding["repairedFeasible"]!.GetValue<bool>().Should().BeTrue();
        encoding["repaired"]!.GetValue<bool>().Should().BeTrue();
        encoding["groundStateFeasible"]!.GetValue<bool>().Should().BeFalse();
        job["result"]!["status"]!.GetValue<string>().Should().Be("feasible");
        job["result"]!["feasible"]!.GetValue<bool>().Should().BeTrue();
        job["metrics"]!["repairSeconds"]!.GetValue<double>().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Without_repair_an_answer_that_violates_constraints_stands_as_it_is()
    {
        var job = await _client.SolveAsync(
            Bodies.Job(
                Routes.Tour,
                "exhaustive",
                "\"encoding\":{\"penalty\":{\"policy\":\"fixed\",\"values\":{\"visit\":0.25,\"position\":0.25}}}"
            )
        );

        var result = job["result"]!;
        job.State().Should().Be("succeeded", job.ToJsonString());
        job["metrics"]!["encoding"]!["rawFeasible"]!.GetValue<bool>().Should().BeFalse();
        if (!result["feasible"]!.GetValue<bool>())
        {
            result["status"]!.GetValue<string>().Should().Be("unknown");
            result["violations"]!.AsArray().Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task Qaoa_finds_the_shortest_tour_and_shows_its_circuit_beside_a_baseline_of_the_same_qubo()
    {
        await service.RequireAsync("qaoa");
        var job = await _client.SolveAsync(
            Bodies.Job(
                Routes.Tour,
                "qaoa",
                "\"encoding\":{\"penalty\":{\"policy\":\"momc\"}},\"baseline\":\"tabu\",\"budget\":{\"cpuSeconds\":5,\"shots\":4096},\"seed\":3"
            )
        );

        job.State().Should().Be("succeeded", job.ToJsonString());
        job["result"]!["objective"]!.GetValue<double>().Should().Be(6);
        job["solver"]!["paradigm"]!.GetValue<string>().Should().Be("quantum");
        job["metrics"]!["qubits"]!.GetValue<int>().Should().Be(9);
        foreach (var sample in job["result"]!["samples"]!.AsArray())
            sample!["solution"]!["routes"].Should().NotBeNull();
        var circuit = (await _client.GetAsync($"/v1/jobs/{job.Id()}/circuit")).Must(HttpStatusCode.OK);
        circuit["gates"]!.AsArray().Should().NotBeEmpty();
        var beside = await _client.EndAsync(job["baseline"]!["jobId"]!.GetValue<string>());
        beside["metrics"]!["encoding"]!["policy"]!.GetValue<string>().Should().Be("momc");
    }

    [Fact]
    public async Task Solvers_say_which_families_they_take_as_qubos()
    {
        var solvers = (await _client.GetAsync("/v1/solvers?family=routing")).Must(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();

        var tabu = solvers.Single(s => s!["id"]!.GetValue<string>() == "tabu")!;
        tabu["families"]!.ToJsonString().Should().Be("[\"qubo\",\"feature-selection\"]");
        tabu["viaQubo"]!
            .AsArray()
            .Select(f => f!.GetValue<string>())
            .Should()
            .Contain("routing")
            .And.NotContain("qubo");
    }

    [Fact]
    public async Task A_suites_entrants_have_encodings_of_their_own()
    {
        var suite = new JsonObject
        {
            ["name"] = "encodings",
            ["instances"] = new JsonArray(
                new JsonObject { ["name"] = "tour", ["problem"] = JsonNode.Parse(Routes.Tour) }
            ),
            ["solvers"] = new JsonArray(
                Entrant("wide", "objective-range", "baseline"),
                Entrant("narrow", "momc", "candidate")
            ),
            ["seeds"] = new JsonArray(1, 2),
            ["budget"] = new JsonObject { ["evaluations"] = 2000 },
        };
        var id = (await _client.PostAsync("/v1/benchmarks", suite.ToJsonString())).Must(HttpStatusCode.Accepted).Id();
        await Until.TrueAsync(
            async () =>
                (await _client.GetAsync($"/v1/benchmarks/{id}")).Json["state"]!.GetValue<string>() == "succeeded",
            "the benchmark has ended"
        );

        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Select(r => $"{r!["cell"]!["entrant"]} {r["encoding"]!["policy"]}")
            .Distinct()
            .Should()
            .BeEquivalentTo("wide objective-range", "narrow momc");

        static JsonObject Entrant(string name, string policy, string role) =>
            new()
            {
                ["name"] = name,
                ["id"] = "tabu",
                ["role"] = role,
                ["encoding"] = new JsonObject { ["penalty"] = new JsonObject { ["policy"] = policy } },
            };
    }

    [Fact]
    public async Task A_suites_encoding_is_applied_to_the_instances_that_need_it_and_the_others_run_as_they_are()
    {
        var suite = $$$"""
            {"name":"mixed","seeds":[1],"budget":{"evaluations":2000},
             "instances":[{"name":"tour","problem":{{{Routes.Tour}}} },{"name":"qubo","problem":{{{Bodies.Small}}} }],
             "solvers":[{"id":"tabu","encoding":{"penalty":{"policy":"momc"} } }]}
            """;

        var id = (await _client.PostAsync("/v1/benchmarks", suite)).Must(HttpStatusCode.Accepted).Id();
        await Until.TrueAsync(
            async () =>
                (await _client.GetAsync($"/v1/benchmarks/{id}")).Json["state"]!.GetValue<string>() == "succeeded",
            "the benchmark has ended"
        );

        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Select(r =>
                $"{r!["cell"]!["instance"]} {r["state"]} {r["encodingRequest"]?["penalty"]!["policy"]} {r["encoding"]?["policy"]}"
            )
            .Should()
            .BeEquivalentTo("tour succeeded momc momc", "qubo succeeded  ");
    }

    [Fact]
    public async Task An_estimate_is_of_the_qubo()
    {
        var estimate = (
            await _client.PostAsync(
                "/v1/estimates",
                $$$"""{"problem":{{{Routes.Tour}}},"solver":"qaoa","encoding":{"penalty":{"policy":"momc"}},"hardwareProfiles":["superconducting"]}"""
            )
        ).Must(HttpStatusCode.OK);

        estimate["circuit"]!["qubits"]!.GetValue<int>().Should().Be(9);
    }
}

using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Estimates;

public sealed class EstimateTests(SharedService service)
{
    private async Task<JsonNode> EstimateAsync(string members) =>
        (await service.Client.PostAsync("/v1/estimates", $$"""{"problem":{{Bodies.Small}},{{members}}}""")).Must(
            HttpStatusCode.OK
        );

    [Fact]
    public async Task Of_a_circuit_has_counts_machines_prices_and_error_correction()
    {
        await service.RequireAsync("qaoa");

        var reply = await EstimateAsync("\"solver\":\"qaoa\",\"options\":{\"layers\":2},\"shots\":1000");

        reply["estimate"]!.GetValue<bool>().Should().BeTrue();
        reply["solver"]!["paradigm"]!.GetValue<string>().Should().Be("quantum");
        reply["machine"]!["fits"]!.GetValue<bool>().Should().BeTrue();
        reply["machine"]!["memoryBytes"]!.GetValue<double>().Should().BePositive();
        reply["machine"]!["seconds"]!.GetValue<double>().Should().BePositive();
        reply["machine"]!["costs"]!.AsArray().Should().HaveCount(6);
        reply["circuit"]!["shots"]!.GetValue<int>().Should().Be(1000);
        reply["circuit"]!["gateCounts"]!["rzz"]!
            .GetValue<int>()
            .Should()
            .Be(reply["circuit"]!["twoQubitGates"]!.GetValue<int>());
        var hardware = reply["hardware"]!.AsArray();
        hardware
            .Select(h => h!["profile"]!.GetValue<string>())
            .Should()
            .Equal("annealer", "neutral-atom", "photonic", "simulator", "superconducting", "trapped-ion");
        foreach (var part in hardware.Append(reply["machine"]).Append(reply["circuit"]).Append(reply["faultTolerant"]))
            part!["estimate"]!.GetValue<bool>().Should().BeTrue();

        var ions = hardware.Single(h => h!["profile"]!.GetValue<string>() == "trapped-ion")!;
        ions["fits"]!.GetValue<bool>().Should().BeTrue();
        ions["success"]!["total"]!.GetValue<double>().Should().BeInRange(0.5, 1);
        // 0.30 a task and 0.08 a shot.
        var price = ions["oneCircuit"]!["costs"]!.AsArray().Single()!;
        price["priceList"]!.GetValue<string>().Should().Be("qpu-shots-trapped-ion");
        price["total"]!.GetValue<double>().Should().BeApproximately(0.3 + 80, 1e-9);
        price["estimated"]!.GetValue<bool>().Should().BeTrue();
        ions["search"]!["tasks"]!.GetValue<int>().Should().Be(2001);
        reply["faultTolerant"]!["machines"]!.AsArray().Should().HaveCount(6);
    }

    [Fact]
    public async Task Of_a_variant_is_of_its_own_circuit()
    {
        await service.RequireAsync("qaoa");

        var reply = await EstimateAsync(
            "\"solver\":\"qaoa\",\"options\":{\"layers\":1,\"variant\":\"xyRing\",\"groups\":[[0,2]]}"
        );

        reply["machine"]!["fits"]!.GetValue<bool>().Should().BeTrue();
        reply["circuit"]!["gateCounts"]!["rxx"]!.GetValue<int>().Should().Be(1);
        reply["circuit"]!["gateCounts"]!["h"]!.GetValue<int>().Should().Be(1);
        reply["faultTolerant"]!["machines"]!.AsArray().Should().HaveCount(6);
        reply["note"].Should().BeNull();
    }

    [Fact]
    public async Task Of_a_decomposition_is_of_one_sub_problem_and_says_so()
    {
        await service.RequireAsync("qaoa");

        var reply = await EstimateAsync("\"solver\":\"hybrid-decomposition\",\"options\":{\"subProblemSize\":2}");

        reply["circuit"]!["qubits"]!.GetValue<int>().Should().Be(2);
        reply["circuit"]!["shots"]!.GetValue<int>().Should().Be(256);
        reply["hardware"]!.AsArray().Should().HaveCount(6);
        reply["machine"]!["seconds"].Should().BeNull();
        reply["note"]!.GetValue<string>().Should().Contain("one sub-problem of 2 variables, as qaoa solves it");

        var tabu = await EstimateAsync("\"solver\":\"hybrid-decomposition\",\"options\":{\"subSolver\":\"tabu\"}");
        tabu["circuit"].Should().BeNull();
        tabu["solver"]!["paradigm"]!.GetValue<string>().Should().Be("classical");
        tabu["note"]!.GetValue<string>().Should().Contain("tabu has no circuit");
    }

    [Fact]
    public async Task Of_a_problem_that_the_solver_refuses_has_the_numbers_and_the_rest()
    {
        await service.RequireAsync("qaoa");
        var terms = string.Join(',', Enumerable.Range(0, 33).Select(i => $"[{i},{i + 1},1]"));

        var reply = (
            await service.Client.PostAsync(
                "/v1/estimates",
                $$$"""{"problem":{"family":"qubo","terms":[{{{terms}}}]},"solver":"qaoa","hardwareProfiles":["superconducting"]}"""
            )
        ).Must(HttpStatusCode.OK);

        var machine = reply["machine"]!;
        machine["fits"]!.GetValue<bool>().Should().BeFalse();
        machine["reason"]!
            .GetValue<string>()
            .Should()
            .Be(
                "qaoa needs 34 qubits, one per variable, and 691540166656 bytes; the limit is 22 qubits (option maxQubits)."
            );
        (machine["needed"]!.GetValue<double>(), machine["limit"]!.GetValue<double>()).Should().Be((34, 22));
        // The same states, in a process, with 1024 shots drawn from them.
        machine["memoryBytes"]!.GetValue<double>().Should().Be(691540166656 + 210e6 + 64 * 1024);
        reply["hardware"]!.AsArray().Single()!["qubitsAvailable"]!.GetValue<int>().Should().Be(156);
    }

    [Fact]
    public async Task Of_a_classical_solver_says_that_its_time_is_not_known()
    {
        var reply = await EstimateAsync(
            "\"solver\":\"tabu\",\"budget\":{\"timeSeconds\":5},\"priceLists\":[\"local\"]"
        );

        reply["circuit"].Should().BeNull();
        reply["hardware"]!.AsArray().Should().BeEmpty();
        reply["faultTolerant"].Should().BeNull();
        reply["machine"]!["seconds"].Should().BeNull();
        reply["machine"]!["secondsAtMost"]!.GetValue<double>().Should().Be(5);
        reply["machine"]!["costs"]!.AsArray().Single()!["total"]!
            .GetValue<double>()
            .Should()
            .BeInRange(5 * 1.2e-5, 5 * 1.3e-5);
    }

    [Fact]
    public async Task A_job_with_noise_has_both_figures_in_its_record()
    {
        await service.RequireAsync("qaoa");

        var job = (
            await service.Client.PostAsync(
                "/v1/jobs",
                $$"""{"problem":{{Bodies.Small}},"solver":"qaoa","options":{"layers":1,"maxEvaluations":30,"noise":{"profile":"superconducting"} },"budget":{"shots":500},"seed":7}""",
                ("Prefer", "wait=60")
            )
        ).Must(HttpStatusCode.OK);

        job["state"]!.GetValue<string>().Should().Be("succeeded");
        job["solver"]!["evidenceLevel"]!.GetValue<string>().Should().Be("noisySimulator");
        var runs = (await service.Client.GetAsync("/v1/runs?solver=qaoa&limit=200")).Must(HttpStatusCode.OK);
        var run = runs["items"]!
            .AsArray()
            .First(r => r!["jobId"]!.GetValue<string>() == job["id"]!.GetValue<string>())!;
        var noise = run["quantum"]!["noise"]!;
        noise["profile"]!.GetValue<string>().Should().Be("superconducting");
        noise["noisyApproximationRatio"]!
            .GetValue<double>()
            .Should()
            .BeLessThan(noise["idealApproximationRatio"]!.GetValue<double>());
        run["quantum"]!["expectation"]!.GetValue<double>().Should().Be(noise["noisyExpectation"]!.GetValue<double>());
    }

    [Fact]
    public async Task The_catalogue_lists_every_modality_with_its_figures_and_their_sources()
    {
        var items = (await service.Client.GetAsync("/v1/hardware-profiles")).Must(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();

        items
            .Select(i => i!["modality"]!.GetValue<string>())
            .Should()
            .BeEquivalentTo("superconducting", "trappedIon", "neutralAtom", "photonic", "annealer", "simulator");
        var lattice = items.Single(i => i!["id"]!.GetValue<string>() == "superconducting")!;
        lattice["connectivity"]!["kind"]!.GetValue<string>().Should().Be("heavyHex");
        lattice["priceLists"]!
            .AsArray()
            .Select(l => l!.GetValue<string>())
            .Should()
            .Contain("qpu-seconds-superconducting");
        lattice["sources"]!
            .AsArray()
            .Select(s => s!["basis"]!.GetValue<string>())
            .Should()
            .Contain(["published", "memory"]);
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>What the recorder adds to a decision: opponents that were left out, ablations, and a calibration of baselines.</summary>
public sealed class DecisionTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_sabotaged_baseline_is_caught_and_a_suite_with_nothing_else_cannot_adopt()
    {
        var (benchmark, report) = await RunAsync(
            Decision(
                "sabotage",
                """
                {"id":"tabu","role":"candidate"},
                {"name":"sabotaged","id":"simulated-annealing","options":{"sweeps":1,"reads":1}},
                {"id":"random","role":"control"}
                """,
                Generated([200, 190, 200], density: 0.1),
                seeds: "1,2",
                budget: """{"cpuSeconds":0.03}"""
            )
        );

        Names(benchmark["added"]!, "solver").Should().Equal("auto", "cp-sat");
        benchmark["calibrationRuns"]!.GetValue<int>().Should().BeGreaterThan(100);
        var strength = report["strength"]!;
        strength["discriminates"]!.GetValue<bool>().Should().BeTrue();
        var ratings = strength["ratings"]!.AsArray().ToDictionary(r => r!["entrant"]!.GetValue<string>());
        ratings["sabotaged"]!["strength"]!.GetValue<string>().Should().Be("weak");
        ratings["sabotaged"]!["within"]!.GetValue<int>().Should().BeLessThan(8);
        ratings
            .Should()
            .ContainKeys("auto", "cp-sat")
            .And.NotContainKey("random", "a control is no baseline to rely on");
        var verdict = report["verdicts"]!.AsArray().Should().ContainSingle().Subject!;
        verdict["outcome"]!.GetValue<string>().Should().NotBe("adopt");
        verdict["missing"]!.AsArray().Select(m => m!.GetValue<string>()).Should().Contain("suiteTooWeak");
        verdict["against"]!.AsArray().Single(a => a!["baseline"]!.GetValue<string>() == "sabotaged")!["strength"]!
            .GetValue<string>()
            .Should()
            .Be("weak");
        verdict["limitations"]!
            .AsArray()
            .Select(l => l!.GetValue<string>())
            .Should()
            .Contain(l => l.StartsWith("Not in the suite, added by the recorder: auto"))
            .And.Contain(l => l.StartsWith("sabotaged on 10 calibration instances as large as the suite's largest:"));
        report["entrants"]!.AsArray().Single(e => e!["name"]!.GetValue<string>() == "auto")!["added"]!
            .GetValue<string>()
            .Should()
            .NotBeEmpty();
    }

    [Fact]
    public async Task An_exact_solver_that_only_refuses_does_not_keep_another_one_out()
    {
        var (benchmark, _) = await RunAsync(
            Decision(
                "refusing",
                """{"id":"tabu","role":"candidate"},{"id":"exhaustive"}""",
                Generated([60, 12], density: 0.1),
                seeds: "1",
                budget: """{"cpuSeconds":0.02}""",
                more: "\"calibration\":\"never\","
            )
        );

        Names(benchmark["added"]!, "solver").Should().Equal("auto", "cp-sat");
    }

    [Fact]
    public async Task One_instance_and_one_seed_is_a_suite_too_weak()
    {
        var (_, report) = await RunAsync(
            Decision(
                "one",
                """{"id":"tabu","role":"candidate"},{"id":"random"}""",
                Generated([12], density: 0.5),
                seeds: "1",
                budget: """{"cpuSeconds":0.02}""",
                more: "\"calibration\":\"never\","
            )
        );

        var verdict = report["verdicts"]![0]!;
        verdict["outcome"]!.GetValue<string>().Should().Be("inconclusive");
        verdict["missing"]!
            .AsArray()
            .Select(m => m!.GetValue<string>())
            .Should()
            .Contain(["suiteTooWeak", "weakBaseline"]);
        report["strength"].Should().BeNull();
    }

    [Fact]
    public async Task Small_calibration_instances_are_proved_so_the_other_references_are_not_looked_for()
    {
        var (benchmark, report) = await RunAsync(
            Decision(
                "small",
                """{"id":"tabu","role":"candidate"},{"id":"exhaustive"},{"id":"cp-sat"}""",
                Generated([14, 13], density: 0.5),
                seeds: "1",
                budget: """{"cpuSeconds":0.2}"""
            )
        );

        Names(benchmark["added"]!, "solver").Should().Equal("auto");
        var runs = await AllRunsAsync(benchmark.Id());
        var references = runs.Where(r =>
                r["cell"]!["calibration"]!.GetValue<bool>()
                && r["cell"]!["entrant"]!.GetValue<string>().StartsWith("reference: ", StringComparison.Ordinal)
            )
            .ToList();
        references.Should().Contain(r => r.State() == "cancelled").And.Contain(r => r.State() == "succeeded");
        var ratings = report["strength"]!["ratings"]!.AsArray();
        ratings.Should().OnlyContain(r => r!["strength"]!.GetValue<string>() == "strong");
        // One of the 50 runs may hesitate on a busy machine, and costs cp-sat its instance.
        ratings.Should().OnlyContain(r => r!["proved"]!.GetValue<int>() >= 8);
        report["verdicts"]![0]!["rigour"]!["needs"]!
            .AsArray()
            .Should()
            .NotContain(n => n!["name"]!.GetValue<string>() == "strongBaselines");
        report["entrants"]!
            .AsArray()
            .Should()
            .OnlyContain(e => e!["runs"]!.GetValue<int>() == 2, "calibration is no part of the comparison");
    }

    [Fact]
    public async Task Auto_is_an_entrant_whose_runs_say_who_solved_each_instance()
    {
        var (benchmark, report) = await RunAsync(
            $$$"""
            {"name":"auto","instances":[{{{Generated([10, 60], density: 0.3)}}}],
             "solvers":[{"id":"auto"},{"id":"random"}],"seeds":[1],"budget":{"evaluations":20000}}
            """
        );

        benchmark["added"]!.AsArray().Should().BeEmpty();
        var runs = (await AllRunsAsync(benchmark.Id())).Where(r => r["cell"]!["entrant"]!.GetValue<string>() == "auto");
        runs.Select(r => r["solver"]!.Id()).Should().Equal("auto", "auto");
        runs.Should()
            .OnlyContain(r =>
                r["auto"]!["sentence"]!.GetValue<string>().Length > 0 && r["auto"]!["parts"] is JsonArray
            );
        report["verdicts"]!.AsArray().Should().BeEmpty("there is no candidate");
    }

    [Fact]
    public async Task A_quantum_candidate_has_its_ablation_beside_it()
    {
        Assert.SkipUnless(await IsQuantumThereAsync(), "no npm when this was built");
        var (benchmark, report) = await RunAsync(
            $$$"""
            {"name":"ablation","instances":[{{{Generated([8, 9], density: 0.5)}}}],
             "solvers":[{"name":"q","id":"qaoa","options":{"layers":1,"crossCheckQubits":0},"role":"candidate"},{"id":"random","role":"control"}],
             "seeds":[1,2],"budget":{"evaluations":20,"shots":256}}
            """
        );

        var added = benchmark["added"]!.AsArray().Should().ContainSingle().Subject!;
        added["name"]!.GetValue<string>().Should().Be("q (uniform)");
        added["role"]!.GetValue<string>().Should().Be("ablation");
        var runs = await AllRunsAsync(benchmark.Id());
        var ablation = runs.Where(r => r["cell"]!["entrant"]!.GetValue<string>() == "q (uniform)").ToList();
        ablation.Should().HaveCount(4, "an ablation has nothing to warm up");
        foreach (var run in ablation)
        {
            run["solver"]!["paradigm"]!.GetValue<string>().Should().Be("classical");
            run["quantum"].Should().BeNull();
            run["metrics"]!["shots"]!.GetValue<long>().Should().Be(256);
            run["options"]!["sampler"]!.GetValue<string>().Should().Be("uniform");
            run["options"]!["layers"]!.GetValue<int>().Should().Be(1);
        }
        runs.Where(r => r["cell"]!["entrant"]!.GetValue<string>() == "q" && !r["cell"]!["warmUp"]!.GetValue<bool>())
            .Should()
            .HaveCount(4)
            .And.OnlyContain(r => r["solver"]!["paradigm"]!.GetValue<string>() == "quantum");
        var verdict = report["verdicts"]![0]!;
        verdict["missing"]!.AsArray().Select(m => m!.GetValue<string>()).Should().NotContain("noAblation");
        verdict["against"]!
            .AsArray()
            .Select(a => a!["baseline"]!.GetValue<string>())
            .Should()
            .BeEquivalentTo("random", "q (uniform)");
    }

    [Fact]
    public async Task A_replay_under_a_count_reproduces_every_run_and_says_so()
    {
        var (first, before) = await RunAsync(
            $$$"""
            {"name":"again","instances":[{{{Generated([20, 24], density: 0.5)}}}],
             "solvers":[{"id":"tabu","role":"candidate"},{"id":"simulated-annealing"},{"id":"random","role":"control"}],
             "seeds":[1,2,3,4,5],"budget":{"evaluations":20000}}
            """
        );
        before["replay"].Should().BeNull();

        var reply = await _client.PostAsync($"/v1/benchmarks/{first.Id()}/replay", null);
        var (again, report) = await EndAsync(reply.Must(HttpStatusCode.Accepted).Id());

        again["replayOf"]!.GetValue<string>().Should().Be(first.Id());
        var replay = report["replay"]!;
        replay["of"]!.GetValue<string>().Should().Be(first.Id());
        replay["runs"]!.GetValue<int>().Should().Be(30);
        replay["reproducibilityRate"]!["value"]!.GetValue<double>().Should().Be(1);
        replay["differences"]!.AsArray().Should().BeEmpty();
        var verdict = report["verdicts"]![0]!;
        replay["verdicts"]!
            .AsArray()
            .Should()
            .ContainSingle(v =>
                v!["candidate"]!.GetValue<string>() == "tabu"
                && v["now"]!.GetValue<string>() == verdict["outcome"]!.GetValue<string>()
            );
        var reproducibility = verdict["dimensions"]!
            .AsArray()
            .Single(d => d!["name"]!.GetValue<string>() == "reproducibility")!;
        reproducibility["total"]!.GetValue<double>().Should().Be(100);
        reproducibility["n"]!.GetValue<int>().Should().Be(10);
        report["instances"]![0]!["entrants"]!["tabu"]!["replayRate"]!["value"]!.GetValue<double>().Should().Be(1);
    }

    [Fact]
    public async Task Every_block_begins_with_a_sentinel_and_records_name_their_packages()
    {
        var (benchmark, _) = await RunAsync(
            $$$"""
            {"name":"sentinel","instances":[{{{Generated([10, 11, 12], density: 0.5)}}}],
             "solvers":[{"id":"exhaustive"},{"id":"random","options":{"samples":100}}],"seeds":[1,2],"budget":{"cpuSeconds":0.5}}
            """
        );

        var runs = await AllRunsAsync(benchmark.Id());
        var measured = runs.Where(r => r["environment"]!["sentinelSeconds"] is not null).ToList();
        measured.Select(r => r["cell"]!["instance"]!.GetValue<string>()).Should().BeEquivalentTo("g0", "g1", "g2");
        measured.Should().OnlyContain(r => r["environment"]!["sentinelSeconds"]!.GetValue<double>() > 0.001);
        runs.Should()
            .OnlyContain(r =>
                r["environment"]!["packages"]!
                    .GetValue<string>()
                    .Contains("Google.OrTools 9.", StringComparison.Ordinal)
                && r["environment"]!["packages"]!
                    .GetValue<string>()
                    .Contains("qsharp-lang 1.", StringComparison.Ordinal)
            );
        var brief = runs.Where(r => r["metrics"]!["cpuSeconds"]!.GetValue<double>() < 0.05).ToList();
        brief
            .Should()
            .NotBeEmpty()
            .And.OnlyContain(r => r["busy"]!.GetValue<bool>() == false, "these runs are too short to judge");
    }

    private async Task<bool> IsQuantumThereAsync()
    {
        while (true)
        {
            var solver = (await _client.GetAsync("/v1/solvers/qaoa")).Must(HttpStatusCode.OK);
            if (solver["available"]!.GetValue<bool>())
                return true;
            if (!solver["reason"]!.GetValue<string>().Contains("being compiled", StringComparison.Ordinal))
                return false;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(JsonNode Benchmark, JsonNode Report)> RunAsync(string suite)
    {
        var reply = await _client.PostAsync("/v1/benchmarks", suite);
        return await EndAsync(reply.Must(HttpStatusCode.Accepted).Id());
    }

    private async Task<(JsonNode Benchmark, JsonNode Report)> EndAsync(string id)
    {
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }
        var benchmark = (await _client.GetAsync($"/v1/benchmarks/{id}")).Must(HttpStatusCode.OK);
        benchmark.State().Should().Be("succeeded");
        return (benchmark, (await _client.GetAsync($"/v1/benchmarks/{id}/report?format=json")).Must(HttpStatusCode.OK));
    }

    private async Task<List<JsonNode>> AllRunsAsync(string id) =>
        [
            .. (await _client.GetAsync($"/v1/benchmarks/{id}/runs?limit=1000")).Must(HttpStatusCode.OK)["items"]!
                .AsArray()
                .Select(r => r!),
        ];

    private static IEnumerable<string> Names(JsonNode items, string member) =>
        items.AsArray().Select(i => i![member]!.GetValue<string>());

    private static string Generated(int[] sizes, double density) =>
        string.Join(
            ',',
            sizes.Select(
                (n, k) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"name":"g{{k}}","generator":"qubo-random","parameters":{"numVariables":{{n}},"density":{{density}}},"seed":{{k + 1}}}"""
                    )
            )
        );

    private static string Decision(
        string name,
        string solvers,
        string instances,
        string seeds,
        string budget,
        string more = ""
    ) =>
        $$$"""
            {"name":"{{{name}}}","purpose":"decision","claim":"software",{{{more}}}
             "experiment":{"bottleneck":"b","currentSolver":"c","objective":"o","successMetric":"s","dataReference":"d"},
             "assessment":{"integrationCost":"i","dataMovement":"d","security":"s","vendorMaturity":"v"},
             "instances":[{{{instances}}}],"solvers":[{{{solvers}}}],"seeds":[{{{seeds}}}],"budget":{{{budget}}}}
            """;
}

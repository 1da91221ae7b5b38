using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>
/// The regression gate as a client of the service uses it: run, keep the file, run again. Count budgets, so that the same
/// seed gives the same objective; times are whatever the machine gives, so a thousand percent of them is allowed.
/// </summary>
public sealed class RegressionGateTests(SharedService service) : IAsyncLifetime
{
    private const int Instances = 8;

    private readonly Client _client = service.Client;
    private string _earlier = "";
    private JsonNode _file = null!;

    public async ValueTask InitializeAsync()
    {
        _earlier = (await EndAsync(Suite("tabu", "100"))).Id();
        _file = (await _client.GetAsync($"/v1/benchmarks/{_earlier}/report?format=baseline")).Must(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_file_has_every_run_and_nothing_that_differs_between_two_readings()
    {
        _file["schemaVersion"]!.GetValue<int>().Should().Be(1);
        _file["instances"]!.AsArray().Should().HaveCount(Instances);
        _file["runs"]!.AsArray().Should().HaveCount(Instances * 2);
        _file["runs"]!.AsArray().Should().OnlyContain(r => r!["trace"]!.AsArray().Count > 0);
        _file.ToJsonString().Should().NotContain(_earlier);
    }

    [Fact]
    public async Task An_unchanged_solver_passes_by_id_and_by_file()
    {
        var byId = await EndAsync(
            Suite("tabu", "100", $$"""{"compareWith":"{{_earlier}}","maxRegressionPercent":1000}""")
        );
        var byFile = await EndAsync(
            Suite("tabu", "100", $$"""{"baseline":{{_file.ToJsonString()}},"maxRegressionPercent":1000}""")
        );

        Passed(byId).Should().BeTrue("checks were {0}", byId["gate"]!.ToJsonString());
        Passed(byFile).Should().BeTrue("checks were {0}", byFile["gate"]!.ToJsonString());
        byFile["suite"]!["gate"]!["baseline"].Should().BeNull("the file is the client's and not sent back");
        byFile["suiteHash"]!
            .GetValue<string>()
            .Should()
            .Be(
                (await EndAsync(Suite("tabu", "100", """{"maxRegressionPercent":1000}""")))[
                    "suiteHash"
                ]!.GetValue<string>(),
                "the file changes with every accepted build, the suite does not"
            );
    }

    [Fact]
    public async Task Objectives_that_were_better_before_fail_it()
    {
        var better = _file.DeepClone();
        foreach (var run in better["runs"]!.AsArray())
        {
            var objective = run!["objective"]!.GetValue<double>();
            run["objective"] = objective - 0.01 * Math.Abs(objective);
        }

        var ended = await EndAsync(
            Suite("tabu", "100", $$"""{"baseline":{{better.ToJsonString()}},"maxRegressionPercent":1000}""")
        );

        Passed(ended).Should().BeFalse();
        ended["gate"]!["checks"]!.AsArray().Single(c => c!["passed"]?.GetValue<bool>() == false)!["name"]!
            .GetValue<string>()
            .Should()
            .Be("maxGapRegressionPoints");
    }

    [Fact]
    public async Task Another_entrant_than_in_the_file_is_told_and_does_not_pass()
    {
        var ended = await EndAsync(Suite("tabu", "101", $$"""{"baseline":{{_file.ToJsonString()}}}"""));

        Passed(ended).Should().BeNull();
        ended["gate"]!["checks"]![0]!["note"]!.GetValue<string>().Should().Contain("Other options");
    }

    private static bool? Passed(JsonNode benchmark) => benchmark["gate"]!["passed"]?.GetValue<bool>();

    private static string Suite(string solver, string patience, string? gate = null)
    {
        var instances = Enumerable
            .Range(0, Instances)
            .Select(i =>
                $$$"""{"name":"i{{{i}}}","generator":"qubo-random","parameters":{"numVariables":{{{30 + i}}}},"seed":{{{i}}}}"""
            );
        return $$$"""
            {"name":"regression","instances":[{{{string.Join(',', instances)}}}],
             "solvers":[{"id":"{{{solver}}}","options":{"patience":{{{patience}}}}}],"seeds":[1,2],
             "budget":{"evaluations":20000},"gate":{{{gate ?? "null"}}}}
            """;
    }

    private async Task<JsonNode> EndAsync(string suite)
    {
        var id = (await _client.PostAsync("/v1/benchmarks", suite)).Must(HttpStatusCode.Accepted).Id();
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }
        return (await _client.GetAsync($"/v1/benchmarks/{id}")).Must(HttpStatusCode.OK);
    }
}

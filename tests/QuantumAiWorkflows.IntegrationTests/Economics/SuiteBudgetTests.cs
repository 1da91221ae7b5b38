using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Economics;

public sealed class SuiteBudgetTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_suite_that_has_spent_its_money_cancels_the_rest_and_says_so()
    {
        // 60 runs of a tenth of a CPU second, and money for about three.
        var suite = $$$"""
            {"name":"poor","maxCost":4e-6,"instances":[{"name":"a","problem":{{{Bodies.Dense(60)}}}}],
             "solvers":[{"id":"tabu","role":"candidate"},{"id":"simulated-annealing"}],
             "seeds":[{{{string.Join(',', Enumerable.Range(1, 30))}}}],"budget":{"cpuSeconds":0.1}}
            """;
        var id = (await _client.PostAsync("/v1/benchmarks", suite)).Must(HttpStatusCode.Accepted).Id();
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }

        var ended = (await _client.GetAsync($"/v1/benchmarks/{id}")).Must(HttpStatusCode.OK);
        ended.State().Should().Be("succeeded");
        ended["suite"]!["maxCost"]!.GetValue<double>().Should().Be(4e-6);
        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs?limit=1000")).Must(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();
        runs.Should().HaveCount(60, "every planned run has a record");
        var cancelled = runs.Where(r => r!.State() == "cancelled").ToList();
        cancelled.Should().HaveCountGreaterThan(20);
        foreach (var run in cancelled)
        {
            run!["error"]!["code"]!.GetValue<string>().Should().Be("suiteCostReached");
            run["error"]!["message"]!
                .GetValue<string>()
                .Should()
                .MatchRegex(
                    @"^The finished runs of this benchmark cost \S+ USD by price list local 2; the suite's maxCost is 4E-06\.$"
                );
        }
        var report = (await _client.GetAsync($"/v1/benchmarks/{id}/report?format=json")).Must(HttpStatusCode.OK);
        report["limitations"]!
            .AsArray()
            .Select(l => l!.GetValue<string>())
            .Should()
            .Contain(l => l.StartsWith($"Stopped by its budget: {cancelled.Count} planned runs were cancelled."));
        report["verdicts"]![0]!["missing"]!
            .AsArray()
            .Select(m => m!.GetValue<string>())
            .Should()
            .Contain("incompleteDesign");
        report["entrants"]!.AsArray().Sum(Spent).Should().BeInRange(4e-6, 40e-6, "it stops within half a second of it");
    }

    [Fact]
    public async Task A_suite_with_money_left_runs_to_its_end()
    {
        var suite = $$$"""
            {"name":"rich","maxCost":1,"instances":[{"name":"a","problem":{{{Bodies.Small}}}}],
             "solvers":[{"id":"random","options":{"samples":20}}],"seeds":[1,2],"budget":{"evaluations":100}}
            """;
        var id = (await _client.PostAsync("/v1/benchmarks", suite)).Must(HttpStatusCode.Accepted).Id();
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }

        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Should().HaveCount(2).And.OnlyContain(r => r!.State() == "succeeded");
    }

    /// <summary>Mean of the runs that started, times how many did.</summary>
    private static double Spent(JsonNode? entrant) =>
        entrant!["cost"]?.GetValue<double>() * entrant["coverage"]!.GetValue<double>() * 30 ?? 0;
}

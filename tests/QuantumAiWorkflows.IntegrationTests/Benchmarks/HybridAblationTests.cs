using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>What the quantum step of a decomposition is worth: the same loop with others in its place, beside every candidate.</summary>
public sealed class HybridAblationTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_candidate_gets_its_loop_with_random_samples_and_with_tabu_beside_it()
    {
        await service.RequireAsync("qaoa");
        var (report, markdown, runs) = await RunAsync(
            """{"name":"hybrid","id":"hybrid-decomposition","options":{"subProblemSize":6,"subOptions":{"layers":1}},"role":"candidate"}"""
        );

        Entrants(report).Should().BeEquivalentTo("hybrid", "tabu", "hybrid (random)", "hybrid (tabu)");
        foreach (var name in new[] { "random", "tabu" })
        {
            var ablation = report["entrants"]!
                .AsArray()
                .Single(e => e!["name"]!.GetValue<string>() == $"hybrid ({name})")!;
            ablation["role"]!.GetValue<string>().Should().Be("ablation");
            ablation["paradigm"]!.GetValue<string>().Should().Be("classical");
            markdown.Should().Contain($"| hybrid ({name}) |");
            var of = runs.Where(r => r["cell"]!["entrant"]!.GetValue<string>() == $"hybrid ({name})").ToList();
            of.Should().HaveCount(2);
            of.Should().OnlyContain(r => r.State() == "succeeded" && r["verified"]!.GetValue<bool>());
            of.Should().OnlyContain(r => r["decomposition"]!["subSolver"]!.Id() == name);
            of.Should()
                .OnlyContain(
                    r => r["options"]!["subProblemSize"]!.GetValue<int>() == 6 && r["options"]!["subOptions"] == null,
                    "the loop is the candidate's, the options of its sub-solver are not"
                );
        }
        runs.Where(r => r["cell"]!["entrant"]!.GetValue<string>() == "hybrid")
            .Should()
            .OnlyContain(r => r["solver"]!["paradigm"]!.GetValue<string>() == "quantum");
    }

    [Theory]
    [InlineData("tabu", "random")]
    [InlineData("random", "tabu")]
    public async Task A_candidate_that_is_an_ablation_already_gets_only_the_other(string subSolver, string other)
    {
        var (report, _, runs) = await RunAsync(
            $$"""{"name":"hybrid","id":"hybrid-decomposition","options":{"subSolver":"{{subSolver}}"},"role":"candidate"}"""
        );

        Entrants(report).Should().BeEquivalentTo("hybrid", "tabu", $"hybrid ({other})");
        runs.Should().OnlyContain(r => r["solver"]!["paradigm"]!.GetValue<string>() == "classical");
    }

    [Fact]
    public async Task A_run_that_is_refused_is_on_record_as_what_its_sub_solver_is()
    {
        var (report, _, runs) = await RunAsync(
            """
            {"id":"tabu","name":"t","role":"candidate"},
            {"name":"refused","id":"hybrid-decomposition","options":{"subSolver":"exhaustive","subProblemSize":40}}
            """,
            Bodies.Dense(40, seed: 4)
        );

        var refused = runs.Where(r => r["cell"]!["entrant"]!.GetValue<string>() == "refused").ToList();
        refused.Should().HaveCount(2).And.OnlyContain(r => r.State() == "unsupported");
        refused.Should().OnlyContain(r => r["solver"]!["paradigm"]!.GetValue<string>() == "classical");
        refused.Should().OnlyContain(r => r["error"]!["needed"]!.GetValue<double>() == 40);
        Entrants(report).Should().BeEquivalentTo(["t", "refused", "tabu"], "a baseline gets no ablation");
    }

    private static IEnumerable<string> Entrants(JsonNode report) =>
        report["entrants"]!.AsArray().Select(e => e!["name"]!.GetValue<string>());

    private async Task<(JsonNode Report, string Markdown, IReadOnlyList<JsonNode> Runs)> RunAsync(
        string candidate,
        string? problem = null
    )
    {
        var accepted = await _client.PostAsync(
            "/v1/benchmarks",
            $$"""
            {"name":"ablation","instances":[{"name":"a","problem":{{problem ?? Bodies.Dense(24, seed: 3)}} }],
             "solvers":[{{candidate}},{"id":"tabu"}],"seeds":[1,2],"budget":{"evaluations":1000} }
            """
        );
        var path = $"/v1/benchmarks/{accepted.Must(HttpStatusCode.Accepted).Id()}";
        await foreach (var _ in _client.EventsAsync($"{path}/events")) { }
        var report = (await _client.GetAsync($"{path}/report?format=json")).Must(HttpStatusCode.OK);
        var markdown = await _client.GetAsync($"{path}/report?format=md");
        var runs = (await _client.GetAsync($"{path}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        return (report, markdown.Text, [.. runs.Select(r => r!)]);
    }
}

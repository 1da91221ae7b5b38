using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>Whatever a candidate does around its circuit, the recorder runs it without the circuit beside it.</summary>
public sealed class CircuitAblationTests(SharedService service)
{
    [Fact]
    public async Task Every_variant_and_every_way_of_running_one_has_its_ablations_in_the_report()
    {
        await service.RequireAsync("qaoa");
        (string Name, string Solver, string Options)[] candidates =
        [
            ("standard", "qaoa", """{"optimizer":"bfgs","precision":"single"}"""),
            ("ring", "qaoa", """{"variant":"xyRing","groups":[[0,2],[1,4,3]]}"""),
            ("warm", "qaoa", """{"variant":"warmStart"}"""),
            ("angles", "qaoa", """{"variant":"multiAngle"}"""),
            ("noisy", "qaoa", """{"noise":{"profile":"superconducting","trajectories":8}}"""),
            ("simulator", "qaoa", """{"executionPath":"qsharp-simulator","optimizer":"spsa"}"""),
            ("closed", "rqaoa", "{}"),
            ("rounds", "rqaoa", """{"layers":2,"correlations":"circuit"}"""),
        ];
        var solvers = candidates.Select(c =>
            $$"""{"name":"{{c.Name}}","id":"{{c.Solver}}","options":{{c.Options}},"role":"candidate"}"""
        );
        var accepted = await service.Client.PostAsync(
            "/v1/benchmarks",
            $$"""
            {"name":"ablations","instances":[{"name":"a","problem":{{Bodies.Dense(6, seed: 3)}} }],
             "solvers":[{{string.Join(
                ',',
                solvers
            )}},{"id":"tabu"}],"seeds":[1],"budget":{"evaluations":40,"shots":64} }
            """
        );
        var path = $"/v1/benchmarks/{accepted.Must(HttpStatusCode.Accepted).Id()}";
        await foreach (var _ in service.Client.EventsAsync($"{path}/events")) { }

        var report = (await service.Client.GetAsync($"{path}/report?format=json")).Must(HttpStatusCode.OK);
        var markdown = (await service.Client.GetAsync($"{path}/report?format=md")).Text;
        var runs = (await service.Client.GetAsync($"{path}/runs?limit=200")).Must(HttpStatusCode.OK)[
            "items"
        ]!.AsArray();
        var entrants = report["entrants"]!.AsArray().ToDictionary(e => e!["name"]!.GetValue<string>(), e => e!);
        foreach (var (name, solver, _) in candidates)
        foreach (var instead in solver == "qaoa" ? new[] { "uniform" } : ["random", "coefficients"])
        {
            var row = $"{name} ({instead})";
            entrants.Should().ContainKey(row);
            entrants[row]["ablationOf"]!.GetValue<string>().Should().Be(name);
            markdown.Should().Contain($"| {row} |");
            var run = runs.Single(r => r!["cell"]!["entrant"]!.GetValue<string>() == row)!;
            (run.State(), run["verified"]!.GetValue<bool>()).Should().Be(("succeeded", true), row);
            run["solver"]!["paradigm"]!.GetValue<string>().Should().Be("classical", row);
            run["quantum"].Should().BeNull(row);
        }
    }
}

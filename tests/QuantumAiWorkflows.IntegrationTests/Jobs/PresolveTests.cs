using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>The option <c>presolve</c> through HTTP.</summary>
public sealed class PresolveTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_job_says_what_was_removed_and_any_solver_ends_with_a_proof_when_that_is_all()
    {
        var job = await _client.SolveAsync(
            Bodies.Job(
                """{"family":"qubo","terms":[[0,0,-1],[0,1,2],[1,2,-3],[2,3,1],[3,4,2],[4,4,-1]]}""",
                "tabu",
                """
                "options":{"presolve":true},"budget":{"evaluations":1000},"seed":1
                """
            )
        );

        job.State().Should().Be("succeeded", job.ToJsonString());
        job["result"]!["status"]!.GetValue<string>().Should().Be("optimal");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("proof");
        var presolve = job["metrics"]!["presolve"]!;
        presolve["exact"]!.GetValue<bool>().Should().BeTrue();
        (presolve["variables"]!.GetValue<int>(), presolve["interactions"]!.GetValue<int>()).Should().Be((5, 4));
        presolve["variablesLeft"]!.GetValue<int>().Should().Be(0);
        presolve["removed"]!.AsObject().Sum(r => r.Value!.GetValue<int>()).Should().Be(5);
        presolve["skipped"]!.AsArray().Should().BeEmpty();

        var run = (await _client.GetAsync($"/v1/runs?job={job.Id()}")).Must(HttpStatusCode.OK)["items"]![0]!;
        run["presolve"]!.ToJsonString().Should().Be(presolve.ToJsonString());
    }

    [Fact]
    public async Task A_job_without_it_has_no_such_member()
    {
        var job = await _client.SolveAsync(Bodies.Job(Bodies.Small, "tabu", "\"budget\":{\"evaluations\":100}"));

        job["metrics"]!.AsObject().ContainsKey("presolve").Should().BeFalse();
    }
}

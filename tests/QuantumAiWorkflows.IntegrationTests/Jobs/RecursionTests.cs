using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>What a run of recursive QAOA leaves behind, and where it can be read.</summary>
public sealed class RecursionTests(SharedService service)
{
    [Fact]
    public async Task Rounds_are_in_the_job_and_the_run_and_lists_are_spared_them()
    {
        var more =
            "\"tags\":{\"list\":\"rounds\"},\"options\":{\"coreSize\":5,\"eliminationsPerRound\":1},\"budget\":{\"evaluations\":5000}";
        var job = await service.Client.SolveAsync(Bodies.Job(Bodies.Dense(25), "rqaoa", more));

        job["solver"]!["paradigm"]!.GetValue<string>().Should().Be("quantumInspired");
        job["solver"]!["executionPath"]!.GetValue<string>().Should().Be("closed-form");
        job["solver"]!["evidenceLevel"]!.GetValue<string>().Should().Be("closedForm");
        job["result"]!["verified"]!.GetValue<bool>().Should().BeTrue();
        job["metrics"]!["roundCount"]!.GetValue<int>().Should().Be(20);
        job["metrics"]!["rounds"]!
            .AsArray()
            .Select(r => r!["variables"]!.GetValue<int>())
            .Should()
            .Equal(Enumerable.Range(6, 20).Reverse());

        var listed = (await service.Client.GetAsync("/v1/jobs?tag=list:rounds")).Must(HttpStatusCode.OK);
        listed["items"]![0]!["metrics"]!["roundCount"]!.GetValue<int>().Should().Be(20);
        listed["items"]![0]!["metrics"]!["rounds"].Should().BeNull();

        var runs = (await service.Client.GetAsync($"/v1/runs?job={job.Id()}")).Must(HttpStatusCode.OK);
        var run = runs["items"]!.AsArray().Should().ContainSingle().Subject!;
        run["quantum"]!["rounds"].Should().BeNull();
        var one = (await service.Client.GetAsync($"/v1/runs/{run["id"]!.GetValue<string>()}")).Must(HttpStatusCode.OK);
        one["quantum"]!["rounds"]!.AsArray().Should().HaveCount(20);
    }
}

using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Work;

public sealed class CrashTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_killed_child_fails_its_job_with_its_best_answer_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        var id = await _client.SubmitAsync(Bodies.LongJob());
        await _client.UntilIncumbentAsync(id);
        await Children.KillAsync(service, "child");

        var job = await _client.EndAsync(id);
        job.State().Should().Be("failed");
        job["attempt"]!.GetValue<int>().Should().Be(1);
        job["error"]!
            .ToJsonString()
            .Should()
            .Be(
                """{"code":"solverCrashed","message":"The solver process ended with exit code 137.","retryable":true}"""
            );
        var result = job["result"]!;
        result["status"]!.GetValue<string>().Should().Be("feasible");
        result["verified"]!.GetValue<bool>().Should().BeTrue();
        result["solution"]!["values"]!.AsArray().Should().HaveCount(200);
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeFalse();
        var runs = (await _client.GetAsync($"/v1/runs?job={id}")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Should().ContainSingle().Which!["state"]!.GetValue<string>().Should().Be("failed");

        for (var i = 0; i < 2; i++)
            (await _client.SolveAsync(Bodies.Job(Bodies.Small, "exhaustive"))).State().Should().Be("succeeded");
    }

    [Fact]
    public async Task A_killed_desk_costs_at_most_one_refusal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        var desk = Children.Of(service, "desk");
        await Children.KillAsync(service, "desk");
        var replies = new List<Reply>();
        for (var i = 0; i < 5; i++)
            replies.Add(
                await _client.PostAsync("/v1/jobs", Bodies.Job(Bodies.Small, "exhaustive"), ("Prefer", "wait=60"))
            );
        desk.Should().ContainSingle();
        replies.Skip(1).Select(r => r.Status).Should().AllBeEquivalentTo(HttpStatusCode.OK);
        if (replies[0].Status == HttpStatusCode.ServiceUnavailable)
        {
            replies[0].Headers["Retry-After"].Should().Be("2");
            replies[0].Json["code"]!.GetValue<string>().Should().Be("unavailable");
            replies[0].Json["detail"]!
                .GetValue<string>()
                .Should()
                .Be("The solver process that checks requests has just been lost; it restarts.");
        }
        else
            replies[0].Status.Should().Be(HttpStatusCode.OK);
        Children.Of(service, "desk").Should().ContainSingle().Which.Should().NotBe(desk[0]);
    }
}

using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

public sealed class JobEndTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task Cancelling_a_running_job_keeps_its_best_answer()
    {
        var id = await _client.SubmitAsync(Bodies.LongJob());
        await _client.UntilIncumbentAsync(id);
        await _client.CancelAsync(id);
        var job = await _client.EndAsync(id);
        job.State().Should().Be("cancelled");
        job["error"].Should().BeNull();
        var result = job["result"]!;
        result["stoppedBy"]!.GetValue<string>().Should().Be("cancel");
        result["status"]!.GetValue<string>().Should().Be("feasible");
        result["verified"]!.GetValue<bool>().Should().BeTrue();
        result["solution"]!["values"]!.AsArray().Should().HaveCount(200);
        job["metrics"]!["wallSeconds"]!.GetValue<double>().Should().BeLessThan(60);
    }

    [Fact]
    public async Task Cancelling_a_queued_job_ends_it_without_a_run()
    {
        await using var blocked = await BusySlots.TakeAsync(_client);
        var id = await _client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive"));
        var reply = await _client.PostAsync($"/v1/jobs/{id}/cancel", null);
        var job = reply.Must(HttpStatusCode.Accepted);
        job.State().Should().Be("cancelled");
        job["startedAt"].Should().BeNull();
        job["attempt"]!.GetValue<int>().Should().Be(0);
        job["result"].Should().BeNull();
        (
            await _client
                .EventsAsync($"/v1/jobs/{id}/events")
                .Select(e => e.Kind)
                .ToListAsync(TestContext.Current.CancellationToken)
        )
            .Should()
            .Equal("state", "state", "done");
    }

    [Fact]
    public async Task Whoever_waits_for_a_queued_job_hears_at_once_that_it_was_cancelled()
    {
        await using var blocked = await BusySlots.TakeAsync(_client);
        for (var k = 0; k < 10; k++)
        {
            var id = await _client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive"));
            var waiting = _client.GetAsync($"/v1/jobs/{id}", ("Prefer", "wait=50"));
            await _client.CancelAsync(id);
            // Told before the change was committed, a waiter read the old state and slept its 50 s out.
            (await waiting.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken))
                .Must(HttpStatusCode.OK)
                .State()
                .Should()
                .Be("cancelled");
        }
    }

    [Fact]
    public async Task A_higher_priority_goes_first()
    {
        var blocked = await BusySlots.TakeAsync(_client);
        var low = await _client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive", "\"priority\":1"));
        var high = await _client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive", "\"priority\":9"));
        await blocked.DisposeAsync();
        var (first, second) = (await _client.EndAsync(high), await _client.EndAsync(low));
        first["startedAt"]!
            .GetValue<DateTimeOffset>()
            .Should()
            .BeBefore(second["startedAt"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task Erasing_a_job_leaves_a_note()
    {
        var job = await _client.SolveAsync(Bodies.Job(Bodies.Small, "exhaustive", "\"tags\":{\"erase\":\"me\"}"));
        (await _client.DeleteAsync($"/v1/jobs/{job.Id()}")).Status.Should().Be(HttpStatusCode.NoContent);
        foreach (var path in new[] { "", "/events" })
        {
            var gone = await _client.GetAsync($"/v1/jobs/{job.Id()}{path}");
            var details = gone.Must(HttpStatusCode.Gone);
            details["code"]!.GetValue<string>().Should().Be("erased");
            details["type"]!.GetValue<string>().Should().Be("urn:qaiw:problem:erased");
            details["title"]!.GetValue<string>().Should().Be("The job has been erased.");
            details["detail"]!
                .GetValue<string>()
                .Should()
                .MatchRegex($"^The job {job.Id()} was erased at 20\\S+ on request; only this note is kept\\.$");
        }
        (await _client.PostAsync($"/v1/jobs/{job.Id()}/cancel", null)).Status.Should().Be(HttpStatusCode.Gone);
        (await _client.DeleteAsync($"/v1/jobs/{job.Id()}")).Status.Should().Be(HttpStatusCode.Gone);
        var listed = (await _client.GetAsync("/v1/jobs?tag=erase:me")).Must(HttpStatusCode.OK);
        listed["items"]!.AsArray().Should().BeEmpty();

        // The figures stay, the answer does not.
        var run = (await _client.GetAsync($"/v1/runs?job={job.Id()}")).Must(HttpStatusCode.OK)["items"]![0]!;
        run["objective"]!.GetValue<double>().Should().Be(job["result"]!["objective"]!.GetValue<double>());
        run["solution"].Should().BeNull();
    }

    [Fact]
    public async Task An_erased_problem_leaves_a_note_and_comes_back_when_it_is_stored_again()
    {
        var problem = Bodies.Dense(7, seed: 99);
        var id = (await _client.PostAsync("/v1/problems", problem)).Must(HttpStatusCode.Created).Id();
        (await _client.DeleteAsync($"/v1/problems/{id}")).Status.Should().Be(HttpStatusCode.NoContent);
        var gone = (await _client.GetAsync($"/v1/problems/{id}")).Must(HttpStatusCode.Gone);
        gone["title"]!.GetValue<string>().Should().Be("The problem has been erased.");
        var job = await _client.PostAsync("/v1/jobs", $$"""{"problemId":"{{id}}","solver":"exhaustive"}""");
        job.Must(HttpStatusCode.Gone);
        (await _client.PostAsync("/v1/problems", problem)).Must(HttpStatusCode.Created).Id().Should().Be(id);
        (await _client.GetAsync($"/v1/problems/{id}")).Must(HttpStatusCode.OK)["family"]!
            .GetValue<string>()
            .Should()
            .Be("qubo");
    }
}

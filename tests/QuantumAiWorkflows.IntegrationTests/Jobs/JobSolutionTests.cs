using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>A job's answer by itself; what families draw is tested where they do.</summary>
public sealed class JobSolutionTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Theory]
    [InlineData("")]
    [InlineData("?format=json")]
    public async Task Is_the_result_s_solution(string query)
    {
        var job = await _client.SolveAsync(Bodies.Job(Bodies.Dense(6), "exhaustive"));

        var reply = await _client.GetAsync($"/v1/jobs/{job.Id()}/solution{query}");

        reply.Must(HttpStatusCode.OK).ToJsonString().Should().Be(job["result"]!["solution"]!.ToJsonString());
        reply.MediaType.Should().Be("application/json");
    }

    [Fact]
    public async Task In_a_way_that_the_family_does_not_draw_names_those_that_it_does()
    {
        var job = await _client.SolveAsync(Bodies.Job(Bodies.Dense(6), "exhaustive"));

        ProblemReply.Assert(
            await _client.GetAsync($"/v1/jobs/{job.Id()}/solution?format=svg"),
            422,
            "notAcceptable",
            "The request is well-formed, but cannot be accepted.",
            "A qubo solution has no svg; it has json.",
            """[{"code":"notApplicable","detail":"A qubo solution has no svg; it has json."}]"""
        );
    }

    [Fact]
    public async Task Of_a_running_job_is_not_there_yet()
    {
        var id = await _client.SubmitAsync(Bodies.LongJob());
        await _client.UntilStateAsync(id, "running");

        var reply = await _client.GetAsync($"/v1/jobs/{id}/solution");
        await _client.CancelAsync(id);
        await _client.EndAsync(id);

        reply.Status.Should().Be(HttpStatusCode.Conflict);
        reply.Json["detail"]!
            .GetValue<string>()
            .Should()
            .Be($"Job {id} is running; its solution is there when it has ended.");
    }

    [Fact]
    public async Task Of_a_job_that_ended_without_an_answer_is_a_404()
    {
        await using var busy = await BusySlots.TakeAsync(_client);
        var id = await _client.SubmitAsync(Bodies.Job(Bodies.Dense(6), "exhaustive", "\"priority\":0"));
        await _client.CancelAsync(id);
        await _client.EndAsync(id);

        ProblemReply.Assert(
            await _client.GetAsync($"/v1/jobs/{id}/solution"),
            404,
            "notFound",
            "There is no solution.",
            $"Job {id} ended without an answer."
        );
    }

    [Fact]
    public async Task Of_an_unknown_job_or_in_an_unknown_format_is_refused()
    {
        var job = await _client.SolveAsync(Bodies.Job(Bodies.Dense(6), "exhaustive"));

        (await _client.GetAsync("/v1/jobs/nobody/solution")).Status.Should().Be(HttpStatusCode.NotFound);
        (await _client.GetAsync($"/v1/jobs/{job.Id()}/solution?format=pdf"))
            .Status.Should()
            .Be(HttpStatusCode.BadRequest);
    }
}

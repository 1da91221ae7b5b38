using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

public sealed class JobListTests(SharedService service)
{
    [Fact]
    public async Task Pages_by_cursor_from_the_newest_without_gaps_or_repeats()
    {
        var submitted = new List<string>();
        for (var i = 0; i < 5; i++)
            submitted.Add((await service.Client.SolveAsync(Tagged("pages", "random"))).Id());

        var pages = new List<string[]>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? "" : $"&cursor={cursor}";
            var page = (await service.Client.GetAsync($"/v1/jobs?tag=list:pages&limit=2{next}")).Must(
                HttpStatusCode.OK
            );
            pages.Add([.. page["items"]!.AsArray().Select(j => j!.Id())]);
            cursor = page["nextCursor"]?.GetValue<string>();
        } while (cursor is not null);

        pages.Select(p => p.Length).Should().Equal(2, 2, 1);
        pages.SelectMany(p => p).Should().Equal(submitted.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Filters_by_state_solver_family_and_tag()
    {
        var random = (await service.Client.SolveAsync(Tagged("filters", "random"))).Id();
        var tabu = (await service.Client.SolveAsync(Tagged("filters", "tabu"))).Id();
        var running = await service.Client.SubmitAsync(Bodies.LongJob(more: "\"tags\":{\"list\":\"filters\"}"));
        await service.Client.UntilStateAsync(running, "running");

        (await IdsAsync("solver=random")).Should().Equal(random);
        (await IdsAsync("solver=tabu&state=succeeded")).Should().Equal(tabu);
        (await IdsAsync("state=running")).Should().Equal(running);
        (await IdsAsync("family=qubo")).Should().Equal(running, tabu, random);
        (await IdsAsync("family=sudoku")).Should().BeEmpty();
        await service.Client.CancelAsync(running);
    }

    [Fact]
    public async Task Leaves_out_answers()
    {
        var more = "\"tags\":{\"list\":\"lean\"},\"return\":{\"trace\":true},\"budget\":{\"evaluations\":100}";
        var job = await service.Client.SolveAsync(Bodies.Job(Bodies.Small, "random", more));
        job["result"]!["samples"]!.AsArray().Should().NotBeEmpty();
        job["trace"]!.AsArray().Should().NotBeEmpty();

        var page = (await service.Client.GetAsync("/v1/jobs?tag=list:lean")).Must(HttpStatusCode.OK);
        var listed = page["items"]!.AsArray().Should().ContainSingle().Subject!;
        listed["result"]!["solution"].Should().BeNull();
        listed["result"]!["samples"]!.AsArray().Should().BeEmpty();
        listed["trace"].Should().BeNull();
        listed["result"]!["objective"]!.GetValue<double>().Should().Be(job["result"]!["objective"]!.GetValue<double>());
    }

    [Fact]
    public async Task Auto_takes_the_first_classical_solver_that_fits_and_names_it()
    {
        var small = await service.Client.SolveAsync(Bodies.Job(Bodies.Small, "auto"));
        small["solver"]!.Id().Should().Be("exhaustive");
        small["result"]!["objective"]!.GetValue<double>().Should().Be(-3);
        var larger = await service.Client.SolveAsync(
            Bodies.Job(Bodies.Dense(40), "auto", "\"budget\":{\"timeSeconds\":1}")
        );
        larger["solver"]!.Id().Should().NotBe("exhaustive").And.NotBe("qaoa");
    }

    [Fact]
    public async Task Erasing_a_job_takes_the_answer_that_it_started_from()
    {
        var start = "\"initialSolution\":{\"values\":[0,0,0]},\"budget\":{\"evaluations\":100}";
        var id = (await service.Client.SolveAsync(Bodies.Job(Bodies.Small, "tabu", start))).Id();
        (await RunAsync(id))["initialSolution"].Should().NotBeNull();
        (await service.Client.DeleteAsync($"/v1/jobs/{id}")).Status.Should().Be(HttpStatusCode.NoContent);
        var left = await RunAsync(id);
        left["initialSolution"].Should().BeNull();
        left["solution"].Should().BeNull();
    }

    private async Task<System.Text.Json.Nodes.JsonNode> RunAsync(string job) =>
        (await service.Client.GetAsync($"/v1/runs?job={job}")).Must(HttpStatusCode.OK)["items"]![0]!;

    private static string Tagged(string value, string solver) =>
        Bodies.Job(
            Bodies.Small,
            solver,
            $$"""
            "tags":{"list":"{{value}}","quote":"a \"list\":\"{{value}}\" b"},"budget":{"evaluations":100}
            """
        );

    private async Task<IEnumerable<string>> IdsAsync(string query)
    {
        var reply = await service.Client.GetAsync($"/v1/jobs?tag=list:filters&{query}");
        return reply.Must(HttpStatusCode.OK)["items"]!.AsArray().Select(j => j!.Id());
    }
}

using System.Net;
using QuantumAiWorkflows.IntegrationTests.Encodings;

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
        await service.Client.EndAsync(running);
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
    public async Task Auto_says_what_it_saw_who_ran_and_who_was_chosen()
    {
        var small = await service.Client.SolveAsync(Bodies.Job(Bodies.Small, "auto"));
        small["solver"]!.Id().Should().Be("auto");
        small["result"]!["objective"]!.GetValue<double>().Should().Be(-3);
        small["result"]!["status"]!.GetValue<string>().Should().Be("optimal");
        small["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("proof");

        var larger = await service.Client.SolveAsync(
            Bodies.Job(Bodies.Dense(200), "auto", "\"budget\":{\"evaluations\":20000000},\"options\":{\"proof\":false}")
        );

        var auto = larger["metrics"]!["auto"]!;
        var part = auto["parts"]![0]!;
        part["features"]!["numVariables"]!.GetValue<int>().Should().Be(200);
        part["steps"]!
            .AsArray()
            .Select(s => s!["purpose"]!.GetValue<string>())
            .Should()
            .Contain("race")
            .And.EndWith("main");
        auto["sentence"]!.GetValue<string>().Should().StartWith(auto["chosen"]!.GetValue<string>());
        var run = (await RunAsync(larger.Id()))["auto"]!;
        run.ToJsonString().Should().Be(auto.ToJsonString(), "the record has it as the job has");
        larger["solver"]!["paradigm"]!.GetValue<string>().Should().BeOneOf("classical", "quantumInspired");
    }

    [Fact]
    public async Task Auto_is_the_solver_that_the_family_names_where_it_has_none_of_its_own()
    {
        var job = await service.Client.SolveAsync(Bodies.Job(Routes.Tour, "auto", "\"budget\":{\"timeSeconds\":1}"));

        job["solver"]!.Id().Should().Be("hybrid-genetic-search");
        job["metrics"]!["auto"].Should().BeNull();
    }

    [Fact]
    public async Task Deterministic_seconds_lead_auto_to_the_one_solver_that_counts_them()
    {
        var job = await service.Client.SolveAsync(
            Bodies.Job(Bodies.Small, "auto", "\"budget\":{\"deterministicSeconds\":1}")
        );

        job["solver"]!.Id().Should().Be("cp-sat");
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

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

public sealed class JobEventsTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_finished_job_replays_its_whole_story_and_ends()
    {
        var job = await FinishedAsync();
        var events = await ReadAsync(job.Id());
        events.Select(e => e.Id).Should().Equal(Enumerable.Range(1, events.Count).Select(i => (long)i));
        events[0].Should().BeEquivalentTo(new { Kind = "state" });
        events
            .Where(e => e.Kind == "state")
            .Select(e => e.Data.State())
            .Should()
            .Equal("queued", "running", "succeeded");
        events[^1].Kind.Should().Be("done");
        events[^1].Data.ToJsonString().Should().Be("""{"state":"succeeded","status":"feasible"}""");

        var incumbents = events.Where(e => e.Kind == "incumbent").Select(e => e.Data).ToList();
        incumbents.Should().NotBeEmpty();
        incumbents.Should().OnlyContain(i => i["feasible"]!.GetValue<bool>());
        incumbents
            .Select(i => i["objective"]!.GetValue<double>())
            .Should()
            .BeInDescendingOrder()
            .And.OnlyHaveUniqueItems();
        incumbents.Select(i => i["elapsedSeconds"]!.GetValue<double>()).Should().BeInAscendingOrder();
        incumbents[^1]["objective"]!.GetValue<double>().Should().Be(job["result"]!["objective"]!.GetValue<double>());
    }

    [Fact]
    public async Task Resuming_after_an_event_gives_exactly_the_rest()
    {
        var job = await FinishedAsync();
        var all = await ReadAsync(job.Id());
        foreach (var seen in all.Select(e => e.Id).Append(0))
            (await ReadAsync(job.Id(), seen))
                .Select(e => e.Id)
                .Should()
                .Equal(all.Select(e => e.Id).Where(i => i > seen));
        // Nothing will ever come after the end; a stream that stayed open would wait for ever.
        (await ReadAsync(job.Id(), 1_000_000))
            .Should()
            .BeEmpty();
    }

    [Fact]
    public async Task A_running_job_streams_until_it_is_done()
    {
        var id = await _client.SubmitAsync(Bodies.LongJob());
        var kinds = new List<string>();
        await foreach (var item in _client.EventsAsync($"/v1/jobs/{id}/events"))
        {
            if (item.Kind == "incumbent" && !kinds.Contains("incumbent"))
                await _client.CancelAsync(id);
            kinds.Add(item.Kind);
        }
        kinds[..2].Should().Equal("state", "state");
        kinds.Should().Contain("incumbent");
        kinds[^2..].Should().Equal("state", "done");
    }

    private Task<JsonNode> FinishedAsync() =>
        _client.SolveAsync(Bodies.Job(Bodies.Dense(60), "simulated-annealing", "\"budget\":{\"evaluations\":100000}"));

    private async Task<List<StreamedEvent>> ReadAsync(string id, long? after = null) =>
        await _client.EventsAsync($"/v1/jobs/{id}/events", after).ToListAsync(TestContext.Current.CancellationToken);
}

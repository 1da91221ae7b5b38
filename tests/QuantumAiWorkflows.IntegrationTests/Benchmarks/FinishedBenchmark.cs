using System.Net;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>
/// One benchmark of three instances, three entrants and three seeds, with plain jobs sent while it ran. The largest
/// instance is more than exhaustive takes.
/// </summary>
public sealed class FinishedBenchmark(SharedService service) : IAsyncLifetime
{
    public const int Planned = 3 * 3 * 3;

    public static string Suite { get; } =
        $$$"""
            {"name":"small, \"quoted\"",
             "instances":[{"name":"g10","generator":"qubo-random","parameters":{"numVariables":10},"seed":1},
                          {"name":"d12","problem":{{{Bodies.Dense(12, seed: 12)}}}},
                          {"name":"d32","problem":{{{Bodies.Dense(32, seed: 32)}}}}],
             "solvers":[{"name":"tabu-short","id":"tabu","options":{"patience":500},"role":"candidate"},
                        {"id":"exhaustive","role":"baseline"},{"id":"random","role":"control"}],
             "seeds":[1,2,3],"budget":{"cpuSeconds":0.1,"threads":1},
             "gate":{"maxGapPercent":5}}
            """;

    public string Id { get; private set; } = "";

    /// <summary>As it was accepted.</summary>
    public JsonNode Accepted { get; private set; } = null!;

    /// <summary>As it was when its stream had ended.</summary>
    public JsonNode Ended { get; private set; } = null!;

    public IReadOnlyList<StreamedEvent> Events { get; private set; } = [];

    public IReadOnlyList<JsonNode> Runs { get; private set; } = [];

    public IReadOnlyList<JsonNode> PlainJobs { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var client = service.Client;
        var reply = await client.PostAsync("/v1/benchmarks", Suite);
        Accepted = reply.Must(HttpStatusCode.Accepted);
        Id = Accepted.Id();
        reply.Headers["Location"].Should().Be($"/v1/benchmarks/{Id}");

        var events = new List<StreamedEvent>();
        // One job at once, so that its place is between the runs however slow the machine is.
        var plain = new List<string> { await client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive")) };
        await foreach (var item in client.EventsAsync($"/v1/benchmarks/{Id}/events"))
        {
            events.Add(item);
            // And one at each of the first signs of progress: the benchmark is under way.
            if (item.Kind == "progress" && plain.Count < 3)
                plain.Add(await client.SubmitAsync(Bodies.Job(Bodies.Small, "exhaustive")));
        }
        Events = events;
        Ended = (await client.GetAsync($"/v1/benchmarks/{Id}")).Must(HttpStatusCode.OK);
        PlainJobs = await Task.WhenAll(plain.Select(client.EndAsync));
        var runs = (await client.GetAsync($"/v1/benchmarks/{Id}/runs?limit=1000")).Must(HttpStatusCode.OK);
        Runs = [.. runs["items"]!.AsArray().Select(r => r!)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

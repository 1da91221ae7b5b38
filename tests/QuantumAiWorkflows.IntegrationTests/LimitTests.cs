using System.Net;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>A service with small limits on what one tenant may have open.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly Service _service = new(
        ("Qaiw:Limits:JobsPerTenant", "3"),
        ("Qaiw:Limits:RunsPerBenchmark", "10"),
        ("Qaiw:Limits:InteractionsPerBenchmark", "100")
    );

    private Client Client => _service.Client;

    public async ValueTask InitializeAsync() => await _service.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_baseline_counts_as_a_job_of_its_own()
    {
        await using var _ = await BusySlots.TakeAsync(Client);
        var refused = await Client.PostAsync(
            "/v1/jobs",
            Bodies.Job(Bodies.Small, "random", "\"baseline\":\"exhaustive\"")
        );
        refused.Must(HttpStatusCode.TooManyRequests)["detail"]!
            .GetValue<string>()
            .Should()
            .Be("2 jobs are queued or running and this request adds 2; the limit is 3.");
        await Client.SubmitAsync(Bodies.Job(Bodies.Small, "random"));
    }

    [Fact]
    public async Task Open_benchmarks_share_the_limit_of_runs()
    {
        await using var _ = await BusySlots.TakeAsync(Client);
        (await Client.PostAsync("/v1/benchmarks", Suite(6, Dense("a", 3)))).Must(HttpStatusCode.Accepted);
        var refused = await Client.PostAsync("/v1/benchmarks", Suite(5, Dense("a", 3)), ("Idempotency-Key", "again"));
        var problem = refused.Must(HttpStatusCode.TooManyRequests);
        problem["code"]!.GetValue<string>().Should().Be("tooManyJobs");
        problem["detail"]!
            .GetValue<string>()
            .Should()
            .Be("The benchmarks that are running plan 6 runs and this one 5; the limit is 10 together.");
        (await Client.PostAsync("/v1/benchmarks", Suite(4, Dense("a", 3)), ("Idempotency-Key", "again"))).Must(
            HttpStatusCode.Accepted
        );
    }

    [Fact]
    public async Task A_suite_generates_nothing_after_a_problem_that_is_too_large()
    {
        await using var service = new Service(("Qaiw:Limits:Interactions", "90"));
        await service.StartAsync();

        var reply = await service.Client.PostAsync(
            "/v1/benchmarks",
            Suite(1, Generated("a"), Generated("b"), """{"name":"c","generator":"no-such-generator"}""")
        );

        reply.Must(HttpStatusCode.UnprocessableEntity)["errors"]!.AsArray().Should().ContainSingle().Which!["detail"]!
            .GetValue<string>()
            .Should()
            .StartWith("This server takes 90 interactions, got ");
    }

    [Fact]
    public async Task A_suite_is_refused_at_the_instance_that_is_too_much()
    {
        var reply = await Client.PostAsync(
            "/v1/benchmarks",
            Suite(1, Dense("a", 10, 1), Dense("b", 10, 2), """{"name":"c","generator":"no-such-generator"}""")
        );
        var fault = reply.Must(HttpStatusCode.UnprocessableEntity)["errors"]!
            .AsArray()
            .Should()
            .ContainSingle()
            .Subject!;
        fault["code"]!.GetValue<string>().Should().Be("overLimit");
        fault["pointer"]!.GetValue<string>().Should().Be("/instances/1");
        fault["value"]!.GetValue<long>().Should().BeGreaterThan(100);
        fault["limit"]!.GetValue<long>().Should().Be(100);
        (await Client.GetAsync("/v1/problems")).Must(HttpStatusCode.OK)["items"]!.AsArray().Should().BeEmpty();
    }

    private static string Suite(int seeds, params string[] instances) =>
        $$"""
            {"name":"limits","instances":[{{string.Join(',', instances)}}],"solvers":[{"id":"random"}],
             "seeds":[{{string.Join(',', Enumerable.Range(1, seeds))}}],"budget":{"evaluations":10} }
            """;

    private static string Generated(string name) =>
        $$$"""{"name":"{{{name}}}","generator":"qubo-random","parameters":{"numVariables":20,"density":1},"seed":1}""";

    private static string Dense(string name, int numVariables, ulong seed = 1) =>
        $$"""{"name":"{{name}}","problem":{{Bodies.Dense(numVariables, seed)}}}""";
}

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

public sealed class JobBudgetTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task Evaluations_end_a_run_exactly()
    {
        var job = await SolveAsync("random", 30, "\"budget\":{\"evaluations\":12345}");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("evaluations");
        job["metrics"]!["evaluations"]!.GetValue<long>().Should().Be(12345);
    }

    [Theory]
    [InlineData("timeSeconds", "time", "wallSeconds")]
    [InlineData("cpuSeconds", "cpu", "cpuSeconds")]
    public async Task Seconds_end_a_run_in_time(string budget, string stoppedBy, string metric)
    {
        var job = await SolveAsync(
            "tabu",
            100,
            $$"""
            "budget":{"{{budget}}":1}
            """
        );
        job.State().Should().Be("succeeded");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be(stoppedBy);
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeFalse("it ended by itself before 1.3 s");
        job["metrics"]![metric]!.GetValue<double>().Should().BeGreaterThan(0.6);
    }

    [Fact]
    public async Task A_cost_ends_a_run()
    {
        // A twelfth of a CPU second at the local price list.
        const double maxCost = 1e-6;
        var job = await SolveAsync("tabu", 100, "\"budget\":{\"maxCost\":1e-6,\"timeSeconds\":30}");
        job.State().Should().Be("succeeded");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("cost");
        job["cost"]!["total"]!.GetValue<double>().Should().BeInRange(maxCost, 100 * maxCost);
    }

    [Fact]
    public async Task A_deadline_that_passes_in_the_queue_fails_the_job()
    {
        await using var blocked = await BusySlots.TakeAsync(_client);
        var id = await _client.SubmitAsync(
            Bodies.Job(Bodies.Small, "exhaustive", "\"budget\":{\"deadlineSeconds\":0.05}")
        );

        var job = await _client.EndAsync(id);

        job.State().Should().Be("failed");
        job["error"]!
            .ToJsonString()
            .Should()
            .Be(
                """{"code":"deadlineExceeded","message":"The deadline passed before the job could start.","retryable":false}"""
            );
        job["result"].Should().BeNull("it never ran");
        job["attempt"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task A_deadline_that_passes_during_the_run_ends_it_with_its_best_answer()
    {
        var job = await SolveAsync("tabu", 100, "\"budget\":{\"deadlineSeconds\":5}");
        job.State().Should().Be("succeeded");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("time");
        job["result"]!["solution"].Should().NotBeNull();
    }

    [Fact]
    public async Task Memory_over_the_limit_fails_the_job_with_both_numbers_and_the_service_goes_on()
    {
        var job = await SolveAsync("cp-sat", 79, "\"budget\":{\"memoryMegabytes\":16,\"timeSeconds\":30}");
        job.State().Should().Be("failed");
        var error = job["error"]!;
        error["code"]!.GetValue<string>().Should().Be("memoryExceeded");
        error["retryable"]!.GetValue<bool>().Should().BeFalse();
        error["message"]!
            .GetValue<string>()
            .Should()
            .MatchRegex(
                @"^The run added \d{8,} bytes to its process; its limit is 16000000 bytes \(budget\.memoryMegabytes, up to the server's "
            );
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeTrue();
        job["metrics"]!["peakMemoryBytes"]!
            .GetValue<long>()
            .Should()
            .BeGreaterThan(job["metrics"]!["baselineMemoryBytes"]!.GetValue<long>() + 16_000_000);
        (await SolveAsync("cp-sat", 10, "\"budget\":{\"timeSeconds\":10}")).State().Should().Be("succeeded");
    }

    private Task<JsonNode> SolveAsync(string solver, int numVariables, string members) =>
        _client.SolveAsync(Bodies.Job(Bodies.Dense(numVariables), solver, members));
}

using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>
/// States of 22 qubits in a child of their own: what they take against what was said before, and how soon a cancel is
/// heard. At 26 qubits the same was measured by hand (1.77 GB, estimated 1.84; a cancel ends the run within 1.3 s).
/// </summary>
public sealed class LargeStateTests : IAsyncLifetime
{
    private const int Qubits = 22;

    private readonly Service _service = new(("Qaiw:Slots", "1"));

    private Client Client => _service.Client;

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync();
        await _service.RequireAsync("qaoa");
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    /// <param name="bytesPerString">Of two states and the costs.</param>
    [Theory]
    [InlineData("single", 24)]
    [InlineData("double", 40)]
    public async Task Take_no_more_memory_than_was_estimated(string precision, int bytesPerString)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is measured on Linux only.");
        var body = Bodies.Job(
            Bodies.Dense(Qubits),
            "qaoa",
            $$"""
            "options":{"layers":1,"precision":"{{precision}}","maxEvaluations":30},"budget":{"evaluations":30}
            """
        );
        var estimate = (await Client.PostAsync("/v1/estimates", body)).Must(HttpStatusCode.OK)["machine"]!;
        var said = estimate["memoryBytes"]!.GetValue<double>();

        var job = await Client.SolveAsync(body);

        job.State().Should().Be("succeeded");
        var metrics = job["metrics"]!;
        var peak = (double)metrics["peakMemoryBytes"]!.GetValue<long>();
        peak.Should().BeLessThanOrEqualTo(said);
        var states = (double)((long)bytesPerString << Qubits);
        said.Should()
            .BeInRange(states, 211e6 + Math.Max(130e6, 1.02 * states), "a process, and Q# or states and costs");
        // The run had a gradient: both states were there.
        peak.Should().BeGreaterThan(states);
    }

    [Fact]
    public async Task Leave_a_cancel_heard_between_two_evaluations()
    {
        var id = await Client.SubmitAsync(
            Bodies.Job(
                Bodies.Dense(Qubits),
                "qaoa",
                "\"options\":{\"layers\":4,\"restarts\":1000,\"maxEvaluations\":1000000},\"budget\":{\"timeSeconds\":60}"
            )
        );
        await Client.UntilIncumbentAsync(id);

        await Client.CancelAsync(id);
        var job = await Client.EndAsync(id);

        job.State().Should().Be("cancelled");
        job["result"]!["stoppedBy"]!.GetValue<string>().Should().Be("cancel");
        job["result"]!["solution"]!["values"]!.AsArray().Should().HaveCount(Qubits);
        job["metrics"]!["killed"]!.GetValue<bool>().Should().BeFalse();
        job["metrics"]!["wallSeconds"]!.GetValue<double>().Should().BeLessThan(30);
    }
}

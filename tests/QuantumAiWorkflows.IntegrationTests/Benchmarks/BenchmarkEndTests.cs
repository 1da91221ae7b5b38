using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.IntegrationTests.Benchmarks;

/// <summary>Benchmarks whose jobs were meddled with: whatever is missing at the end, they end, and the service lives on.</summary>
public sealed class BenchmarkEndTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task A_cancelled_run_cannot_be_erased_before_its_benchmark_has_ended_and_is_recorded()
    {
        string id;
        string job;
        await using (await BusySlots.TakeAsync(_client))
        {
            (id, var jobs) = await WaitingAsync("meddled");
            job = jobs[0];
            await _client.CancelAsync(job);

            var refused = (await _client.DeleteAsync($"/v1/jobs/{job}")).Must(HttpStatusCode.Conflict);

            refused["code"]!.GetValue<string>().Should().Be("stillRunning");
            refused["detail"]!.GetValue<string>().Should().Contain($"benchmark {id}, which is running");
        }
        (await EndAsync(id)).State().Should().Be("succeeded");
        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        runs.Should().HaveCount(3).And.ContainSingle(r => r!.State() == "cancelled");
        (await _client.DeleteAsync($"/v1/jobs/{job}")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_run_whose_request_is_gone_is_recorded_from_the_suite()
    {
        string id;
        await using (await BusySlots.TakeAsync(_client))
        {
            (id, var jobs) = await WaitingAsync("gone");
            await _client.CancelAsync(jobs[0]);
            await WriteAsync(db => db.Payloads.Where(p => p.JobId == jobs[0]).ExecuteDeleteAsync());
        }
        (await EndAsync(id)).State().Should().Be("succeeded");
        var runs = (await _client.GetAsync($"/v1/benchmarks/{id}/runs")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        var recorded = runs.Single(r => r!.State() == "cancelled")!;
        recorded["options"]!["samples"]!.GetValue<int>().Should().Be(20);
        recorded["budget"]!["evaluations"]!.GetValue<int>().Should().Be(100);
    }

    [Fact]
    public async Task One_that_cannot_be_compared_fails_and_the_next_one_succeeds()
    {
        string broken;
        string next;
        await using (await BusySlots.TakeAsync(_client))
        {
            (broken, _) = await WaitingAsync("broken");
            await WriteAsync(db =>
            {
                db.Runs.Add(Unreadable(broken));
                return Task.CompletedTask;
            });
            (next, _) = await WaitingAsync("next");
        }
        var failed = await EndAsync(broken);
        await WriteAsync(db => db.Runs.Where(r => r.BenchmarkId == broken && r.Record == "{}").ExecuteDeleteAsync());
        failed.State().Should().Be("failed");
        failed["conflict"]!.GetValue<string>().Should().Contain(broken);
        (await _client.GetAsync($"/v1/benchmarks/{broken}/report")).Must(HttpStatusCode.Conflict)["code"]!
            .GetValue<string>()
            .Should()
            .Be("notComparable");
        (await EndAsync(next)).State().Should().Be("succeeded");
        (await _client.GetAsync("/health/live")).Status.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>A benchmark of three runs and its jobs, all in the queue.</summary>
    private async Task<(string Id, IReadOnlyList<string> Jobs)> WaitingAsync(string name)
    {
        var reply = await _client.PostAsync("/v1/benchmarks", Suite(name));
        var id = reply.Must(HttpStatusCode.Accepted).Id();
        await using var db = service.Services.GetRequiredService<Store>().Open();
        return (
            id,
            await db.Jobs.Where(j => j.BenchmarkId == id).Select(j => j.Id).ToListAsync(CancellationToken.None)
        );
    }

    private static RunRow Unreadable(string benchmark) =>
        new()
        {
            Tenant = "default",
            Id = Guid.CreateVersion7().ToString(),
            BenchmarkId = benchmark,
            ProblemId = "",
            Solver = "random",
            State = "succeeded",
            CompletedAt = 0,
            Record = "{}",
        };

    private static string Suite(string name) =>
        $$$"""
            {"name":"{{{name}}}","instances":[{"name":"a","problem":{{{Bodies.Small}}}}],
             "solvers":[{"id":"random","options":{"samples":20}}],"seeds":[1,2,3],"budget":{"evaluations":100}}
            """;

    private async Task<JsonNode> EndAsync(string id)
    {
        await foreach (var _ in _client.EventsAsync($"/v1/benchmarks/{id}/events")) { }
        return (await _client.GetAsync($"/v1/benchmarks/{id}")).Must(HttpStatusCode.OK);
    }

    private Task WriteAsync(Func<QaiwDbContext, Task> change) =>
        service.Services.GetRequiredService<Store>().WriteAsync(change, CancellationToken.None);
}

using System.Net;
using System.Text.Json;
using QuantumAiWorkflows.IntegrationTests.Encodings;

namespace QuantumAiWorkflows.IntegrationTests.Work;

public sealed class DeterminismTests(SharedService service)
{
    private readonly Client _client = service.Client;

    /// <summary>Whatever these leave behind in a child must not show in the next result.</summary>
    private static readonly string TenOtherJobs =
        $$"""{"jobs":[{{string.Join(',', Enumerable.Range(0, 10).Select(Other))}}]}""";

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_in_a_fresh_child_after_ten_jobs_and_beside_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        await service.RequireAsync("qaoa");
        var problems = (await _client.GetAsync("/v1/families")).Must(HttpStatusCode.OK)["items"]!
            .AsArray()
            .ToDictionary(
                f => f!.Id(),
                f =>
                    f!.Id() switch
                    {
                        "qubo" => Bodies.Dense(12),
                        // Without the time windows of the example, which cp-sat does not take.
                        "routing" => Routes.Tour,
                        _ => f!["exampleRequest"]!["problem"]!.ToJsonString(),
                    }
            );
        var solvers = (await _client.GetAsync("/v1/solvers")).Must(HttpStatusCode.OK)["items"]!
            .AsArray()
            .Where(s => s!["available"]!.GetValue<bool>())
            .SelectMany(s =>
                s!["families"]!.AsArray().Select(f => (Id: s.Id(), Problem: problems[f!.GetValue<string>()]))
            )
            .ToList();
        solvers.Select(s => s.Problem).Distinct().Should().HaveCount(problems.Count);

        var fresh = new Dictionary<(string, string), string>();
        // Both slots start anew each time: a child takes seconds until it is warm.
        foreach (var pair in solvers.Chunk(2))
        {
            await Children.KillAsync(service, "child");
            var results = await Task.WhenAll(pair.Select(ResultAsync));
            foreach (var (solver, result) in pair.Zip(results))
                fresh[solver] = result;
        }
        var batch = await _client.PostAsync("/v1/jobs/batch", TenOtherJobs);
        foreach (var item in batch.Must(HttpStatusCode.MultiStatus)["items"]!.AsArray())
            (await _client.EndAsync(item!["job"]!.Id())).State().Should().Be("succeeded");
        foreach (var solver in solvers)
            (await ResultAsync(solver)).Should().Be(fresh[solver], "{0} ran after ten other jobs", solver);

        await using var busy = await BusySlots.TakeAsync(_client, slots: 1);
        foreach (var solver in solvers)
            (await ResultAsync(solver)).Should().Be(fresh[solver], "{0} ran beside another job", solver);
    }

    /// <summary>The reply's <c>result</c> as it came over the wire.</summary>
    private async Task<string> ResultAsync((string Id, string Problem) solver)
    {
        var body = Bodies.Job(
            solver.Problem,
            solver.Id,
            """
            "budget":{"evaluations":300},"seed":42,"return":{"samples":50}
            """
        );
        var reply = await _client.PostAsync("/v1/jobs", body, ("Prefer", "wait=60"));
        reply.Must(HttpStatusCode.OK).State().Should().Be("succeeded", "the reply was {0}", reply.Text);
        using var document = JsonDocument.Parse(reply.Bytes);
        return document.RootElement.GetProperty("result").GetRawText();
    }

    private static string Other(int index) =>
        Bodies.Job(
            Bodies.Dense(8 + index, seed: (ulong)index),
            new[] { "random", "tabu", "simulated-annealing", "cp-sat", "qaoa" }[index % 5],
            $$"""
            "budget":{"evaluations":{{50 + index}}},"seed":{{index}}
            """
        );
}

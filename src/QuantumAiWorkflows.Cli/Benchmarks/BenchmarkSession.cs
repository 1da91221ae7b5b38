using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>One benchmark from its submission to its end; cancelled on the server when the command is.</summary>
internal sealed class BenchmarkSession(Server server, Screen screen)
{
    /// <summary>For a cancel after Ctrl+C: nobody waits longer for a server that is gone.</summary>
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(10);

    /// <summary>Posts the suite under a key of its own, so that a retry cannot start it twice, and follows it.</summary>
    public Task<BenchmarkView> RunAsync(JsonObject suite, CancellationToken cancellation) =>
        StartAsync(
            "/v1/benchmarks",
            suite,
            $"the suite {suite["name"]}",
            Guid.CreateVersion7().ToString(),
            cancellation
        );

    /// <summary>Runs an earlier benchmark's suite again.</summary>
    public Task<BenchmarkView> ReplayAsync(string id, CancellationToken cancellation) =>
        StartAsync(
            $"/v1/benchmarks/{Uri.EscapeDataString(id)}/replay",
            null,
            $"the replay of {id}",
            null,
            cancellation
        );

    private async Task<BenchmarkView> StartAsync(
        string path,
        JsonObject? body,
        string what,
        string? key,
        CancellationToken cancellation
    )
    {
        var posted = await server.PostAsync(path, body, what, cancellation, key, canInterrupt: false);
        var started = posted.Deserialize<BenchmarkView>(Server.Json)!;
        screen.Note($"Benchmark {started.Id} ({started.Name}): {started.Progress.Total} runs on {server.Address}");
        try
        {
            cancellation.ThrowIfCancellationRequested();
            return await FollowAsync(started, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await CancelAsync(started.Id);
            throw;
        }
    }

    private async Task<BenchmarkView> FollowAsync(BenchmarkView benchmark, CancellationToken cancellation)
    {
        var progress = new ProgressView(screen, benchmark.Name);
        await progress.ShowAsync(() =>
            EventStream.FollowAsync(
                server,
                $"/v1/benchmarks/{benchmark.Id}/events",
                screen,
                (kind, data) =>
                {
                    if (kind == "progress")
                        progress.Report(data["done"]!.GetValue<int>(), data["total"]!.GetValue<int>());
                },
                cancellation
            )
        );
        return await server.GetAsync<BenchmarkView>(
            $"/v1/benchmarks/{benchmark.Id}",
            $"to show benchmark {benchmark.Id}",
            cancellation
        );
    }

    private async Task CancelAsync(string id)
    {
        using var patience = new CancellationTokenSource(CancelTime);
        try
        {
            await server.PostAsync($"/v1/benchmarks/{id}/cancel", null, "the cancel", patience.Token);
            screen.Warn($"Benchmark {id} is cancelled on the server; the runs that have ended are kept.");
        }
        catch (Exception e) when (e is StopException or OperationCanceledException)
        {
            screen.Warn($"Benchmark {id} could not be cancelled on the server and may go on: {e.Message}");
        }
    }
}

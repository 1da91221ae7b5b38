using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>What a benchmark that has ended shows, leaves in files, and means for the exit code.</summary>
internal sealed class BenchmarkEnd(Server server, Screen screen)
{
    public async Task<int> ShowAsync(
        BenchmarkView ended,
        bool isGate,
        IReadOnlyList<ReportFile> reports,
        CancellationToken cancellation
    )
    {
        if (ended.State == "failed")
            throw StopException.CouldNotRun($"Benchmark {ended.Id} failed: {ended.Conflict}");
        var report = await server.GetAsync<BenchmarkReport>(
            $"/v1/benchmarks/{ended.Id}/report?format=json",
            $"to report benchmark {ended.Id}",
            cancellation
        );
        BenchmarkTable.Print(screen.Out, report);
        if (ended.Gate is { Checks.Count: > 0 } gate)
            BenchmarkTable.Print(screen.Out, gate);
        var broken = await SaveAsync(ended.Id, reports, cancellation);
        if (ended.State != "succeeded")
            throw StopException.CouldNotRun($"Benchmark {ended.Id} was {ended.State} before its end.");
        if (isGate && ended.Gate?.Passed != true)
            return GateFailed(ended.Gate);
        return broken?.ExitCode ?? ExitCode.Pass;
    }

    /// <summary>Every report is tried; the first that could not be had is returned.</summary>
    private async Task<StopException?> SaveAsync(
        string id,
        IReadOnlyList<ReportFile> reports,
        CancellationToken cancellation
    )
    {
        StopException? first = null;
        foreach (var file in reports)
            try
            {
                await ReportFiles.SaveAsync(server, id, file, screen, cancellation);
            }
            catch (StopException e)
            {
                screen.Fail(e);
                first ??= e;
            }
        return first;
    }

    private int GateFailed(GateView? gate)
    {
        // A build that cannot be told from a regression must not pass for one that is none.
        if (gate?.Passed is null)
            screen.Warn("The gate could not be told, which counts as failed: exit code 1.");
        return ExitCode.GateFailed;
    }
}

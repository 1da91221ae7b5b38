using System.Diagnostics;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Compiles native modules in the background at the first start on a machine (the Q# module: about ten CPU seconds). Jobs
/// that need one wait in the queue with that reason.
/// </summary>
internal sealed partial class ModulePreparation(
    DataDirectory data,
    SolverCatalog catalog,
    WorkQueue queue,
    ILogger<ModulePreparation> log
) : BackgroundService
{
    private const int Attempts = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (catalog.All.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(100), stoppingToken);
        for (var attempt = 1; catalog.All.Any(s => s.BecomesAvailable); attempt++)
        {
            var failure = await CompileAsync(stoppingToken);
            if (failure is not null && attempt == Attempts)
                catalog.GivenUp = $"The Q# module could not be compiled on this machine: {failure}";
            else if (failure is not null)
                await Task.Delay(TimeSpan.FromSeconds(5 * attempt), stoppingToken);
            await RefreshAsync(stoppingToken);
            queue.Wake();
        }
    }

    /// <summary>Why it failed; null when it is done.</summary>
    private async Task<string?> CompileAsync(CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        using var compiler = Process.Start(SolverChild.StartInfo("compile", data.CacheDirectory))!;
        var printed = Task.WhenAll(
            compiler.StandardError.ReadToEndAsync(stopping),
            compiler.StandardOutput.ReadToEndAsync(stopping)
        );
        try
        {
            await compiler.WaitForExitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            compiler.Kill();
            throw;
        }
        if (compiler.ExitCode == 0)
        {
            Compiled(Stopwatch.GetElapsedTime(began).TotalSeconds);
            return null;
        }
        Failed(compiler.ExitCode, string.Join(' ', await printed).Trim());
        return $"the compiler ended with exit code {compiler.ExitCode}.";
    }

    private async Task RefreshAsync(CancellationToken stopping)
    {
        try
        {
            await catalog.RefreshAsync(stopping);
        }
        catch (ChildLostException)
        {
            // The next request starts another desk; the loop asks again.
            await Task.Delay(TimeSpan.FromSeconds(2), stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The Q# module is compiled ({Seconds:F1} s).")]
    private partial void Compiled(double seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The Q# module could not be compiled: exit code {Code}. {Printed}"
    )]
    private partial void Failed(int code, string printed);
}

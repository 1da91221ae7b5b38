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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (catalog.All.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(100), stoppingToken);
        if (!catalog.All.Any(s => s.BecomesAvailable))
            return;

        var began = Stopwatch.GetTimestamp();
        using var compiler = Process.Start(SolverChild.StartInfo("compile", data.CacheDirectory))!;
        var printed = Task.WhenAll(
            compiler.StandardError.ReadToEndAsync(stoppingToken),
            compiler.StandardOutput.ReadToEndAsync(stoppingToken)
        );
        try
        {
            await compiler.WaitForExitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            compiler.Kill();
            throw;
        }
        if (compiler.ExitCode == 0)
            Compiled(Stopwatch.GetElapsedTime(began).TotalSeconds);
        else
        {
            var reason = string.Join(' ', await printed).Trim();
            Failed(compiler.ExitCode, reason);
        }
        await catalog.RefreshAsync(stoppingToken);
        queue.Wake();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The Q# module is compiled ({Seconds:F1} s).")]
    private partial void Compiled(double seconds);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The Q# module could not be compiled: exit code {Code}. {Printed}"
    )]
    private partial void Failed(int code, string printed);
}

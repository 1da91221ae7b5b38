using System.Runtime.InteropServices;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>
/// The service lives as long as its standard input: the system closes a pipe when its owner ends, even by a kill. A
/// terminal sends Ctrl+C to both; the owner decides what it means, and may still want to talk.
/// </summary>
internal sealed class InputLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration? _interrupt;
    private PosixSignalRegistration? _terminate;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        _terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                application.StopApplication();
            }
        );
        var end = new Thread(WaitForEnd) { IsBackground = true, Name = "standard input" };
        end.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _interrupt?.Dispose();
        _terminate?.Dispose();
    }

    private void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0) { }
        application.StopApplication();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Cli.Http;

namespace QuantumAiWorkflows.Cli.Local;

/// <summary>
/// A gateway of this command's own, on a free loopback port. It stops when its standard input ends, so that it does not
/// outlive this process, however that ends.
/// </summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Until it answers at all; then until the Q# module is compiled, once per machine and version.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The gateway itself gives running solves 20 seconds.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly string? _temporary;
    private readonly Queue<string> _lastLines = new();

    private LocalGateway(Process process, Uri address, string? temporary)
    {
        (_process, Address, _temporary) = (process, address, temporary);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    private static string CacheDirectory =>
        Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.Create
            ),
            "qaiw",
            "cache"
        );

    /// <param name="program">Its path, or null to look for it.</param>
    /// <param name="dataDirectory">Kept; null for a temporary one.</param>
    public static async Task<LocalGateway> StartAsync(
        string? program,
        string? dataDirectory,
        Screen screen,
        CancellationToken cancellation
    )
    {
        var start = GatewayProgram.Find(program);
        var temporary = dataDirectory is null ? Directory.CreateTempSubdirectory("qaiw-").FullName : null;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments =
        [
            "--urls",
            address.ToString().TrimEnd('/'),
            $"--Qaiw:DataDirectory={Path.GetFullPath(dataDirectory ?? temporary!)}",
            "--Qaiw:UntilInputEnds=true",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // A temporary data directory would have the Q# module compiled every time.
        if (temporary is not null)
            start.ArgumentList.Add($"--Qaiw:CacheDirectory={CacheDirectory}");
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var gateway = new LocalGateway(Start(start), address, temporary);
        try
        {
            await gateway.ReadyAsync(screen, cancellation);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw StopException.Usage($"{start.FileName} cannot be started: {e.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using (var patience = new CancellationTokenSource(StopTime))
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        _process.Dispose();
        if (_temporary is null)
            return;
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (IOException)
        {
            // A solver that is still going away holds a file; the system cleans its temporary folder.
        }
    }

    private async Task ReadyAsync(Screen screen, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = new Server(Address, screen);
        var said = "";
        screen.Note($"Starting a gateway at {Address}");
        while (await WaitingForAsync(server, cancellation) is { } reason)
        {
            if (_process.HasExited)
                throw StopException.CouldNotRun(
                    $"The gateway ended with exit code {_process.ExitCode} before it was ready.",
                    LastLines()
                );
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw StopException.CouldNotRun(
                    $"The gateway is not ready after {Patience.TotalSeconds} s: {reason}",
                    LastLines()
                );
            if (reason.Length > 0 && reason != said)
                screen.Note(said = reason);
            await Task.Delay(Poll, cancellation);
        }
    }

    /// <summary>What is still missing; null when everything is there that will be.</summary>
    private static async Task<string?> WaitingForAsync(Server server, CancellationToken cancellation)
    {
        if (await server.ProbeAsync("/health/ready", cancellation) is not { } health)
            return "";
        if (health.Status != HttpStatusCode.OK)
            return health
                    .Body?["checks"]?.AsArray()
                    .Select(c => c!["reason"]?.GetValue<string>())
                    .FirstOrDefault(r => r is not null)
                ?? "";
        // A module that is still compiled takes the CPU from what is to be measured.
        var solvers = await server.GetAsync("/v1/solvers", "to list its solvers", cancellation);
        return
            solvers["items"]!.AsArray().FirstOrDefault(s => s!["becomesAvailable"]?.GetValue<bool>() == true)
                is JsonObject preparing
            ? $"{preparing["id"]}: {preparing["reason"]}"
            : null;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
                _lastLines.Dequeue();
        }
    }

    private string[] LastLines()
    {
        // Its last words may still be on their way.
        if (_process.HasExited)
            _process.WaitForExit();
        lock (_lastLines)
            return [.. _lastLines];
    }
}

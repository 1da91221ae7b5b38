using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests;

/// <summary>A gateway in a process of its own, on a free loopback port.</summary>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private GatewayProcess(string dataDirectory, string[] arguments)
    {
        var port = FreePort();
        Client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"),
            Timeout = TimeSpan.FromSeconds(180),
        };
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", Path, "--urls", Client.BaseAddress.ToString().TrimEnd('/') },
            Environment =
            {
                ["Qaiw__DataDirectory"] = dataDirectory,
                // Ten CPU seconds that would slow down whatever runs beside it.
                ["Qaiw__CacheDirectory"] = CommandLine.CliProcess.QSharpCache,
            },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    private static string Path { get; } =
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "GatewayPath")
            .Value!;

    /// <summary>Starts it and waits until it is ready to solve.</summary>
    public static async Task<GatewayProcess> StartAsync(string dataDirectory, params string[] arguments)
    {
        var gateway = Launch(dataDirectory, arguments);
        await Eventually.TrueAsync(
            async () =>
            {
                gateway._process.HasExited.Should().BeFalse(gateway.Output);
                using var reply = await gateway.Client.GetAsync("/health/ready");
                return reply.IsSuccessStatusCode;
            },
            $"the service is ready; it printed: {gateway.Output}"
        );
        return gateway;
    }

    /// <summary>Starts it without waiting.</summary>
    public static GatewayProcess Launch(string dataDirectory, params string[] arguments) =>
        new(dataDirectory, arguments);

    public async Task<JsonObject> PostAsync(string path, JsonNode body)
    {
        using var reply = await Client.PostAsJsonAsync(path, body);
        var text = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async Task<JsonObject> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonObject>(path))!;

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator sends it; the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Terminate(_process.Id);
        return await ExitAsync();
    }

    public static void Terminate(int process) => Signal(process, SigTerm).Should().Be(0);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}

/// <summary>Waits for something that will become true, and says what did not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            Stopwatch.GetElapsedTime(began).Should().BeLessThan(Patience, $"at last {what}");
            await Task.Delay(50);
        }
    }
}

/// <summary>A data directory that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("qaiw-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still going away holds a file; the system's temp folder is cleaned by the system.
        }
    }
}

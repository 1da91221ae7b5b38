using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BenchmarkDotNet.Attributes;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Microbenchmarks;

/// <summary>
/// A warm exact solve of 20 variables over HTTP, waiting for the result, with one client: submit, queue, child, referee and
/// three commits. Ratio: to a reply that needs none of these. Read the median; the goal is below 25 ms.
/// </summary>
[MedianColumn]
public class HttpRoundTrip
{
    private readonly string _data = Directory.CreateTempSubdirectory("qaiw-").FullName;
    private static readonly HttpClient Client = new();
    private Process _gateway = null!;
    private string _body = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        Client.BaseAddress = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        Client.DefaultRequestHeaders.Add("Prefer", "wait=5");
        _gateway = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["exec", GatewayPath(), "--urls", Client.BaseAddress.ToString().TrimEnd('/')]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["Qaiw__DataDirectory"] = _data, ["Serilog__MinimumLevel__Default"] = "Warning" },
            }
        )!;
        _gateway.BeginOutputReadLine();
        _body = Job();
        while (!await IsReadyAsync())
        {
            if (_gateway.HasExited)
                throw new InvalidOperationException($"The gateway ended with exit code {_gateway.ExitCode}.");
            await Task.Delay(100);
        }
    }

    [GlobalCleanup]
    public void Stop()
    {
        _gateway.Kill();
        _gateway.WaitForExit();
        Directory.Delete(_data, recursive: true);
    }

    [Benchmark]
    public async Task<int> SolveAsync()
    {
        using var reply = await Client.PostAsync(
            "/v1/jobs",
            new StringContent(_body, Encoding.UTF8, "application/json")
        );
        if (reply.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
        return (int)reply.StatusCode;
    }

    [Benchmark(Baseline = true)]
    public async Task<int> LiveAsync()
    {
        using var reply = await Client.GetAsync("/health/live");
        return (int)reply.StatusCode;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await Client.GetAsync("/health/ready");
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Beside this program's own output: the tool that runs benchmarks builds copies of it in folders of its own.</summary>
    private static string GatewayPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "QuantumAiWorkflows.sln")))
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("No folder above holds QuantumAiWorkflows.sln.");
        return Path.Combine(
            folder.FullName,
            "artifacts/bin/QuantumAiWorkflows.Gateway/release/QuantumAiWorkflows.Gateway.dll"
        );
    }

    private static string Job()
    {
        var random = Xoshiro256.FromSeed(1, "http");
        var terms = Enumerable
            .Range(0, 20)
            .SelectMany(i => Enumerable.Range(i, 20 - i), (i, j) => $"[{i},{j},{random.NextInt32(101) - 50}]");
        return $$$"""{"problem":{"family":"qubo","terms":[{{{string.Join(',', terms)}}}]},"solver":"exhaustive","budget":{"cpuSeconds":1}}""";
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

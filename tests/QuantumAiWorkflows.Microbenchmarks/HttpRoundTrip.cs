using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using BenchmarkDotNet.Attributes;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Microbenchmarks;

/// <summary>
/// A warm exact solve of 20 variables over HTTP, waiting for the result, with one client: submit, queue, child, referee and
/// three commits. Ratio: to a reply that needs none of these. Read the median; the goal is below 25 ms.
/// </summary>
[MedianColumn]
public sealed class HttpRoundTrip : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("qaiw-").FullName;
    private readonly HttpClient _client = new();
    private Process _gateway = null!;
    private string _body = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        _client.BaseAddress = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        _client.DefaultRequestHeaders.Add("Prefer", "wait=5");
        var path = typeof(HttpRoundTrip)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "GatewayPath")
            .Value!;
        _gateway = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", path, "--urls", _client.BaseAddress.ToString().TrimEnd('/')])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["Qaiw__DataDirectory"] = _data, ["Serilog__MinimumLevel__Default"] = "Warning" },
            }
        )!;
        _gateway.BeginOutputReadLine();
        _body = Job();
        while (!await IsReadyAsync())
            await Task.Delay(100);
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
        using var reply = await _client.PostAsync(
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
        using var reply = await _client.GetAsync("/health/live");
        return (int)reply.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await _client.GetAsync("/health/ready");
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
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

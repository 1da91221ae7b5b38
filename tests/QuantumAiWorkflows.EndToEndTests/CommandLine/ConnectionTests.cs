using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary>Servers that come, go, and are busy; and the one that <c>--local</c> starts.</summary>
[Collection(CommandLineTests.Name)]
public sealed class ConnectionTests(CliService service)
{
    [Fact]
    public async Task A_dropped_event_stream_is_taken_up_again_after_the_service_is_back()
    {
        using var data = new TemporaryFolder();
        var suite = CliService.TinySuite("""{ "cpuSeconds": 1 }""");
        suite["solvers"]![1]!["id"] = "random";
        string address;
        CliProcess cli;
        await using (var first = await GatewayProcess.StartAsync(data.Path))
        {
            address = first.Client.BaseAddress!.ToString().TrimEnd('/');
            cli = CliProcess.Start("bench", service.Save("drop.json", suite), "--server", address, "--gate");
            var id = await CliService.BenchmarkOfAsync(cli);
            await Eventually.TrueAsync(
                async () => (await first.GetAsync($"/v1/benchmarks/{id}"))["progress"]!["done"]!.GetValue<int>() > 0,
                "a run has ended"
            );
            await first.KillAsync();
        }
        await using var second = GatewayProcess.Launch(data.Path, "--urls", address);

        (await cli.ExitAsync()).Should().Be(0, cli.Everything);

        cli.Error.Should().MatchRegex("Connecting again after event [0-9]+").And.Contain("8 of 8 runs");
        await cli.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_when_it_says_so()
    {
        await using var busy = BusyServer.Start();

        var cli = await CliProcess.RunAsync("suites", "--server", busy.Address, "--json");

        cli.ShouldExitWith(0);
        cli.Error.Should().Contain("(503): starting").And.Contain("Trying again in 1 s");
        busy.Requests.Should().Be(2);
    }

    [Fact]
    public async Task Local_starts_a_gateway_runs_and_leaves_nothing_behind()
    {
        var cli = await CliProcess.RunAsync(
            "bench",
            service.Save("tiny.json", CliService.TinySuite()),
            "--local",
            "--gate"
        );

        cli.ShouldExitWith(0);
        cli.Out.Should().Contain("Gate: passed");
        cli.Error.Should().Contain("Starting a gateway at http://127.0.0.1:");
        GatewaysOf(cli).Should().BeEmpty();
    }

    [Theory]
    [InlineData("interrupt")]
    [InlineData("kill")]
    public async Task A_local_gateway_ends_with_its_command_however_that_ends(string how)
    {
        using var data = new TemporaryFolder();
        await using var cli = CliProcess.Start(
            "bench",
            service.Save("long.json", CliService.LongSuite()),
            "--local",
            "--data-directory",
            data.Path
        );
        await CliService.BenchmarkOfAsync(cli);
        // A child has its command line for the moment between fork and exec.
        await Eventually.TrueAsync(() => Task.FromResult(GatewaysOf(cli).Count == 1), "one gateway runs");

        if (how == "kill")
            cli.Kill();
        else
            cli.Interrupt();

        var code = await cli.ExitAsync();
        if (how == "interrupt")
        {
            code.Should().Be(3, cli.Everything);
            cli.Error.Should().Contain("is cancelled on the server");
            GatewaysOf(cli).Should().BeEmpty("the command waits for it");
        }
        await Eventually.TrueAsync(() => Task.FromResult(GatewaysOf(cli).Count == 0), "the gateway is gone");
    }

    [Fact]
    public async Task A_gateway_that_cannot_start_is_3_with_its_last_words()
    {
        using var data = new TemporaryFolder();
        await using var holder = await GatewayProcess.StartAsync(data.Path);

        var cli = await CliProcess.RunAsync("suites", "--local", "--data-directory", data.Path);

        cli.ShouldExitWith(3);
        cli.Error.Should().Contain("ended with exit code 1").And.Contain("is in use by");
    }

    /// <summary>Gateways at the address that this command has printed: its own, and nobody else's.</summary>
    private static List<int> GatewaysOf(CliProcess cli)
    {
        var address = cli.Error.Split("Starting a gateway at ")[1].Split('\n')[0].TrimEnd('/', '\r');
        return
        [
            .. Process
                .GetProcessesByName("dotnet")
                .Select(p => p.Id)
                .Where(id =>
                {
                    try
                    {
                        return File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline")
                            .Contains(address, StringComparison.Ordinal);
                    }
                    catch (IOException)
                    {
                        return false;
                    }
                }),
        ];
    }

    /// <summary>Says 503 once, with a time to come back, then has no suites.</summary>
    private sealed class BusyServer : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;

        private BusyServer(string address)
        {
            Address = address;
            _listener.Prefixes.Add(address);
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Address { get; }

        public int Requests { get; private set; }

        public static BusyServer Start()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            return new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _listener.Close();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    var isFirst = ++Requests == 1;
                    context.Response.StatusCode = isFirst ? 503 : 200;
                    if (isFirst)
                        context.Response.Headers["Retry-After"] = "1";
                    var body = isFirst ? """{"detail":"starting"}""" : """{"items":[],"nextCursor":null}""";
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                    context.Response.Close();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }
}

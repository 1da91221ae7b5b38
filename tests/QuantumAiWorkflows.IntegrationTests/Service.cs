using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>
/// The service on a port and a data directory of its own, with two slots. It is the product's own start: settings come
/// in as on a command line, and Kestrel listens, because size limits hold only there.
/// </summary>
public class Service(params IReadOnlyList<(string Name, string Value)> settings) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qaiw-").FullName;
    private Host? _host;

    /// <summary>Speaks to the service; nothing is followed, decoded or retried.</summary>
    public Client Client { get; private set; } = null!;

    public IServiceProvider Services => _host!.Services;

    public string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>Returns when the solvers are known.</summary>
    public async Task StartAsync()
    {
        QSharpCache.CopyTo(Path.Combine(DataDirectory, "cache"));
        _host = new Host([
            ("Qaiw:DataDirectory", DataDirectory),
            ("Qaiw:Slots", "2"),
            ("Qaiw:Limits:BodyBytes", "4194304"),
            ("Serilog:MinimumLevel:Default", "Fatal"),
            .. settings,
        ]);
        _host.UseKestrel(0);
        _host.StartServer();
        Client = new Client(_host.ClientOptions.BaseAddress);
        await Until.TrueAsync(
            async () => (await Client.GetAsync("/health/ready")).Status == HttpStatusCode.OK,
            "the service is ready"
        );
    }

    /// <summary>Skips the running test where this solver is not available; on the build server it must be.</summary>
    public async Task RequireAsync(string solver)
    {
        var described = (await Client.GetAsync($"/v1/solvers/{solver}")).Must(HttpStatusCode.OK);
        if (described["available"]!.GetValue<bool>())
            return;
        var reason = described["reason"]!.GetValue<string>();
        Environment.GetEnvironmentVariable("QAIW_CI").Should().NotBe("1", reason);
        Assert.Skip(reason);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_host is { } host)
            await host.DisposeAsync();
        await Until.TrueAsync(IsDeleted, "the folder is deleted");
        GC.SuppressFinalize(this);
    }

    /// <summary>False while the program, which ends a little after its host, still writes there.</summary>
    private bool IsDeleted()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(_folder);
        }
    }

    private sealed class Host(IReadOnlyList<(string Name, string Value)> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (name, value) in settings)
                builder.UseSetting(name, value);
        }
    }
}

/// <summary>The one service of most tests: its child processes take seconds to start.</summary>
public sealed class SharedService : Service, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await StartAsync();
}

/// <summary>Waiting for what happens in its own time: polled, with an end.</summary>
public static class Until
{
    /// <summary>For busy machines: what comes at all comes in a few seconds elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                throw new TimeoutException(
                    $"Not within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s: {what}."
                );
            await Task.Delay(10, CancellationToken.None);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) =>
        TrueAsync(() => Task.FromResult(condition()), what);
}

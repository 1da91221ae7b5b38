using Microsoft.AspNetCore.Connections;
using QuantumAiWorkflows.Gateway.Benchmarks;
using QuantumAiWorkflows.Gateway.Demo;
using QuantumAiWorkflows.Gateway.Economics;
using QuantumAiWorkflows.Gateway.Estimates;
using QuantumAiWorkflows.Gateway.Families;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Solvers;
using QuantumAiWorkflows.Gateway.Storage;

try
{
    return await RunAsync(args);
}
catch (Exception e)
    when (e is SettingsException or DataDirectoryInUseException or IOException { InnerException: AddressInUseException }
    )
{
    // What the operator has to change is in the message; a stack trace would hide it.
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    var (demo, others) = DemoArguments.Take(args);
    var builder = WebApplication.CreateBuilder(others);
    var settings = builder.AddSettings();
    using var data = new DataDirectory(settings.DataDirectory) { SharedCache = settings.CacheDirectory };
    builder.AddLogging(data, quietConsole: demo != DemoMode.None);
    builder.ConfigureServer(settings);
    builder.Services.AddTelemetry(builder.Configuration);
    builder.Services.AddApiDocument();
    builder.Services.AddHealth();
    builder.Services.AddQaiw(data);
    if (settings.UntilInputEnds)
        builder.Services.AddSingleton<IHostLifetime, InputLifetime>();
    if (demo != DemoMode.None)
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<DemoRun>(services, demo));

    var app = builder.Build();
    app.UseTraceId();
    app.UseErrorHandling();
    app.UseDecompression();
    app.UseStrictQuery();
    app.UseApiDocument();
    app.MapHealth();
    app.MapPrometheusScrapingEndpoint("/metrics");
    app.MapFamilies();
    app.MapSolvers();
    app.MapProblems();
    app.MapJobs();
    app.MapRuns();
    app.MapEconomics();
    app.MapEstimates();
    app.MapBenchmarks();
    app.MapGet("/", () => Results.Redirect("/swagger")).ExcludeFromDescription();
    List<BackgroundService> background = [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
    await app.RunAsync();
    // A background service that broke has stopped the host: an orchestrator must see that as a failure.
    var isBroken = background.Exists(s => s.ExecuteTask is { IsFaulted: true });
    return isBroken ? 1 : DemoRun.ExitCode;
}

/// <summary>Lets the tests start the service in process.</summary>
public partial class Program;

using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Input;
using Spectre.Console;

namespace QuantumAiWorkflows.Gateway.Demo;

/// <summary>
/// Posts two built-in suites to this very service over HTTP, as any client would, shows progress, and prints the
/// comparison and the verdict.
/// </summary>
internal sealed class DemoRun(IServer server, IHostApplicationLifetime lifetime, DemoMode mode) : BackgroundService
{
    /// <summary>Small ones, where everybody finds the optimum, then one that two solvers have to refuse.</summary>
    private static readonly string[] Suites = ["demo", "demo-large"];

    /// <summary>What the process exits with when the demo ends it; 1 when it could not come to an end.</summary>
    public static int ExitCode { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken,
            lifetime.ApplicationStopping
        );
        try
        {
            await RunAsync(client, stopping.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The demo stopped:[/] {e.Message}");
            ExitCode = 1;
        }
        if (mode == DemoMode.Exit || ExitCode != 0)
            lifetime.StopApplication();
        else
            Links(client.BaseAddress);
    }

    private static async Task RunAsync(HttpClient client, CancellationToken cancellation)
    {
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]Quantum AI Workflows[/] is listening on {client.BaseAddress}"
        );
        await ReadyAsync(client, cancellation);
        var reports = new List<string>();
        foreach (var suite in Suites.Select(BuiltInSuites.Get))
        {
            var id = await SubmitAsync(client, suite, cancellation);
            await FollowAsync(client, id, suite, cancellation);
            var summary = await client.GetFromJsonAsync<BenchmarkSummary>(
                $"/v1/benchmarks/{id}/report?format=json",
                StrictJson.Options,
                cancellation
            );
            DemoTable.Print(summary!);
            reports.Add(new Uri(client.BaseAddress!, $"/v1/benchmarks/{id}/report?format=html").ToString());
        }
        AnsiConsole.MarkupLine("Reports:");
        foreach (var report in reports)
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {report}");
    }

    private static async Task ReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        while (true)
        {
            using var reply = await client.GetAsync("/health/ready", cancellation);
            if (reply.IsSuccessStatusCode)
                break;
            await Task.Delay(100, cancellation);
        }
        var solvers = await client.GetFromJsonAsync<JsonObject>("/v1/solvers", cancellation);
        foreach (var solver in solvers!["items"]!.AsArray())
            if (solver!["available"]!.GetValue<bool>() == false)
                AnsiConsole.MarkupLineInterpolated(
                    CultureInfo.InvariantCulture,
                    $"[yellow]{solver["id"]}[/]: {solver["reason"]}"
                );
    }

    private static async Task<string> SubmitAsync(HttpClient client, Suite suite, CancellationToken cancellation)
    {
        using var reply = await client.PostAsJsonAsync("/v1/benchmarks", suite, StrictJson.Options, cancellation);
        var body = await reply.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        return reply.IsSuccessStatusCode
            ? body!["id"]!.GetValue<string>()
            : throw new InvalidOperationException($"the suite {suite.Name} was refused: {body!["detail"]}");
    }

    /// <summary>Shows progress from the event stream until the benchmark is done.</summary>
    private static Task FollowAsync(HttpClient client, string id, Suite suite, CancellationToken cancellation) =>
        AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new SpinnerColumn(Spinner.Known.Line)
            )
            .StartAsync(async progress =>
            {
                var task = progress.AddTask($"Suite \"{suite.Name}\"");
                await using var stream = await client.GetStreamAsync($"/v1/benchmarks/{id}/events", cancellation);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
                {
                    if (item.EventType == "done")
                        break;
                    if (item.EventType != "progress")
                        continue;
                    var data = JsonNode.Parse(item.Data)!;
                    var (done, total) = (data["done"]!.GetValue<int>(), data["total"]!.GetValue<int>());
                    task.MaxValue = total;
                    task.Value = done;
                    task.Description = $"Suite \"{suite.Name}\": {done} of {total} runs";
                }
                // A service that stops ends its streams, too: that is no end of the benchmark.
                cancellation.ThrowIfCancellationRequested();
                task.Value = task.MaxValue;
            });

    private static void Links(Uri? address)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"Swagger UI: {new Uri(address!, "/swagger")}"
        );
        AnsiConsole.MarkupLine("The service goes on; stop it with Ctrl+C.");
    }
}

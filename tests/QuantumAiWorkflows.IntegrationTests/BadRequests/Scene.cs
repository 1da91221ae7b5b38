using System.Globalization;
using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>What bad requests find: a stored problem, a job that has ended, one that runs, and a key that was used.</summary>
public sealed class Scene(SharedService service) : IAsyncLifetime
{
    private const string UsedKey = "scene";

    private readonly Dictionary<string, string> _names = [];

    public async ValueTask InitializeAsync()
    {
        var stored = await service.Client.PostAsync("/v1/problems", Bodies.Small);
        _names["{problem}"] = stored.Must(HttpStatusCode.Created).Id();
        var ended = await service.Client.PostAsync(
            "/v1/jobs",
            Bodies.Job(Bodies.Small, "exhaustive"),
            ("Prefer", "wait=60"),
            ("Idempotency-Key", UsedKey)
        );
        _names["{endedJob}"] = ended.Must(HttpStatusCode.OK).Id();
        _names["{usedKey}"] = UsedKey;
        // Its own problem: no other test's job may be at work on it.
        var running = await service.Client.SubmitAsync(
            Bodies.Job(Bodies.Dense(200, seed: 2), "tabu", "\"budget\":{\"timeSeconds\":3600}")
        );
        await service.Client.UntilStateAsync(running, "running");
        _names["{runningJob}"] = running;
        _names["{busyProblem}"] = (await service.Client.JobAsync(running))["problem"]!.Id();
        var solvers = (await service.Client.GetAsync("/v1/solvers")).Must(HttpStatusCode.OK)["items"]!.AsArray();
        _names["{solvers}"] = string.Join(", ", solvers.Select(s => s!.Id()));
        _names["{subSolvers}"] = string.Join(
            ", ",
            solvers.Select(s => s!.Id()).Where(id => id != "hybrid-decomposition")
        );
        _names["{cores}"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await service.Client.CancelAsync(_names["{runningJob}"]);
        await service.Client.EndAsync(_names["{runningJob}"]);
    }

    /// <summary>The text with the names replaced by what they stand for.</summary>
    public string Fill(string text) =>
        _names.Aggregate(text, (filled, name) => filled.Replace(name.Key, name.Value, StringComparison.Ordinal));
}

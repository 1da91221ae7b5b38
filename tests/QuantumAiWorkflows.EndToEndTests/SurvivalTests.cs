using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests;

/// <summary>No accepted job is lost and none ends twice, whatever happens to the process (requirement A-05).</summary>
public sealed class SurvivalTests
{
    [Fact]
    public async Task Twenty_five_jobs_survive_a_kill_of_the_gateway_and_none_ends_twice()
    {
        using var data = new TemporaryFolder();
        var ids = new List<string>();
        await using (var first = await GatewayProcess.StartAsync(data.Path, "--Qaiw:Slots=5"))
        {
            for (var k = 0; k < 25; k++)
                ids.Add(
                    (await first.PostAsync("/v1/jobs", Job("random", seconds: 3, seed: k)))["id"]!.GetValue<string>()
                );
            // On a busy machine the first five may have ended before the last one was posted.
            await Eventually.TrueAsync(
                async () =>
                {
                    var states = await StatesAsync(first, ids);
                    return states.Count(s => s == "running") == 5 && states.Contains("queued");
                },
                "five jobs run and others wait"
            );
            var children = ChildrenOf(first.Id);
            children.Should().HaveCountGreaterThanOrEqualTo(5);

            await first.KillAsync();

            await Eventually.TrueAsync(
                () => Task.FromResult(!children.Exists(IsAlive)),
                "the children end with their parent, also in the middle of a solve"
            );
        }

        await using var second = await GatewayProcess.StartAsync(data.Path, "--Qaiw:Slots=5");
        await Eventually.TrueAsync(
            async () => (await StatesAsync(second, ids)).All(s => s == "succeeded"),
            "all jobs have succeeded"
        );
        foreach (var id in ids)
        {
            var runs = (await second.GetAsync($"/v1/runs?job={id}"))["items"]!.AsArray();
            runs.Count(r => r!["state"]!.GetValue<string>() == "succeeded").Should().Be(1, $"job {id} ends once");
            runs.Count(r => r!["state"]!.GetValue<string>() is not ("succeeded" or "lost")).Should().Be(0);
            var events = await second.Client.GetStringAsync($"/v1/jobs/{id}/events");
            events.Split("event: done").Should().HaveCount(2, "there is one end in the events, too");
        }
    }

    [Fact]
    public async Task A_terminated_gateway_gives_its_jobs_back_and_exits_with_0()
    {
        using var data = new TemporaryFolder();
        string id;
        await using (var first = await GatewayProcess.StartAsync(data.Path, "--Qaiw:Slots=1"))
        {
            id = (await first.PostAsync("/v1/jobs", Job("simulated-annealing", seconds: 8, seed: 1)))[
                "id"
            ]!.GetValue<string>();
            await Eventually.TrueAsync(async () => (await StatesAsync(first, [id]))[0] == "running", "the job runs");
            // Somebody looks on, and somebody waits: the web server waits for open requests, the job must not.
            using var events = await first.Client.GetAsync(
                $"/v1/jobs/{id}/events",
                HttpCompletionOption.ResponseHeadersRead
            );
            using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line && line != "event: incumbent") { }
            using var patient = new HttpRequestMessage(HttpMethod.Get, $"/v1/jobs/{id}");
            patient.Headers.Add("Prefer", "wait=60");
            var waiting = first.Client.SendAsync(patient);
            // As a service manager does it: to every process of the service.
            var children = ChildrenOf(first.Id);
            children.Should().NotBeEmpty();
            children.ForEach(GatewayProcess.Terminate);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            (await StatesAsync(first, [id]))[0].Should().Be("running", "how a solve ends is the gateway's to say");

            var watch = Stopwatch.StartNew();
            (await first.TerminateAsync()).Should().Be(0, first.Output);
            watch
                .Elapsed.Should()
                .BeLessThan(TimeSpan.FromSeconds(15), "nobody has to wait out the 20 s of a shutdown");
            using var reply = await waiting;
            (await reply.Content.ReadFromJsonAsync<JsonObject>())!["state"]!
                .GetValue<string>()
                .Should()
                .BeOneOf("running", "queued");
        }

        await using var second = await GatewayProcess.StartAsync(data.Path, "--Qaiw:Slots=1");
        await Eventually.TrueAsync(
            async () => (await StatesAsync(second, [id]))[0] == "succeeded",
            "the job has succeeded"
        );
        var job = await second.GetAsync($"/v1/jobs/{id}");
        job["attempt"]!.GetValue<int>().Should().Be(2);
        (await second.GetAsync($"/v1/runs?job={id}"))["items"]!
            .AsArray()
            .Should()
            .HaveCount(1, "a drained run leaves no record of its own");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_directory_refuses_and_says_who_holds_it()
    {
        using var data = new TemporaryFolder();
        await using var first = await GatewayProcess.StartAsync(data.Path, "--Qaiw:Slots=1");

        await using var second = GatewayProcess.Launch(data.Path);

        (await second.ExitAsync()).Should().NotBe(0);
        second
            .Output.Should()
            .Contain($"in use by process {first.Id}")
            .And.NotContain("   at ", "a wrong setting is no crash");
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:5999", "loopback")]
    [InlineData("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:5998", "loopback")]
    [InlineData("--Qaiw:Database=postgres", "sqlite")]
    [InlineData("--Qaiw:Slots=1000", "Slots")]
    [InlineData("--Qaiw:PriceList=nowhere", "local")]
    [InlineData("--demo=twice", "--demo=exit")]
    public async Task A_setting_that_cannot_be_stops_the_start_with_its_reason(string argument, string reason)
    {
        using var data = new TemporaryFolder();

        await using var gateway = GatewayProcess.Launch(data.Path, argument);

        (await gateway.ExitAsync()).Should().NotBe(0);
        gateway.Output.Should().Contain(reason).And.NotContain("   at ");
    }

    internal static JsonObject Job(string solver, double seconds, int seed) =>
        new()
        {
            ["problem"] = new JsonObject
            {
                ["family"] = "qubo",
                ["coo"] = new JsonObject
                {
                    ["numVariables"] = 4,
                    ["row"] = new JsonArray(0, 0, 1, 2),
                    ["col"] = new JsonArray(0, 1, 2, 3),
                    ["value"] = new JsonArray(-1, 2, -3, 1),
                },
            },
            ["solver"] = solver,
            ["budget"] = new JsonObject { ["timeSeconds"] = seconds },
            ["seed"] = seed,
        };

    private static async Task<List<string>> StatesAsync(GatewayProcess gateway, IEnumerable<string> ids)
    {
        var jobs = (await gateway.GetAsync("/v1/jobs?limit=200"))["items"]!.AsArray();
        var states = jobs.ToDictionary(j => j!["id"]!.GetValue<string>(), j => j!["state"]!.GetValue<string>());
        return [.. ids.Select(id => states[id])];
    }

    private static List<int> ChildrenOf(int parent) =>
        [
            .. Directory
                .GetDirectories($"/proc/{parent}/task")
                .SelectMany(t => ChildrenText(t).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse),
        ];

    private static string ChildrenText(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/children");
        }
        catch (IOException)
        {
            // The thread has ended meanwhile.
            return "";
        }
    }

    /// <summary>A zombie counts as gone: its parent died first, so nobody has collected it yet.</summary>
    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Split(") ", 2)[1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}

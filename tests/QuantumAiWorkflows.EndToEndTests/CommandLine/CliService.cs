using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary>One gateway for all tests of the command line, and a folder for their files.</summary>
public sealed class CliService : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _files = new();

    public GatewayProcess Gateway { get; private set; } = null!;

    public string Address => Gateway.Client.BaseAddress!.ToString();

    public async ValueTask InitializeAsync() => Gateway = await GatewayProcess.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _data.Dispose();
        _files.Dispose();
    }

    /// <summary>Two small instances, two solvers, two seeds: under a second.</summary>
    /// <param name="budget">A number of evaluations by default, which any machine comes to, however busy.</param>
    public static JsonObject TinySuite(string budget = """{ "evaluations": 5000 }""") =>
        JsonNode
            .Parse(
                $$"""
                { "name": "tiny",
                  "instances": [
                    { "name": "a", "generator": "qubo-random", "parameters": { "numVariables": 6 }, "seed": 1 },
                    { "name": "b", "generator": "qubo-random", "parameters": { "numVariables": 8 }, "seed": 2 } ],
                  "solvers": [ { "id": "tabu", "role": "candidate" }, { "id": "exhaustive" } ],
                  "seeds": [1, 2], "budget": {{budget}},
                  "gate": { "maxGapPercent": 1 } }
                """
            )!
            .AsObject();

    /// <summary>Runs long enough to be interrupted.</summary>
    public static JsonObject LongSuite()
    {
        var suite = TinySuite("""{ "cpuSeconds": 2 }""");
        suite["name"] = "long";
        suite["solvers"] = JsonNode.Parse("""[ { "id": "tabu" }, { "id": "random" } ]""");
        suite["seeds"] = JsonNode.Parse("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
        return suite;
    }

    public string Save(string name, string content)
    {
        var path = Path.Combine(_files.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Save(string name, JsonNode content) => Save(name, content.ToJsonString());

    /// <summary>A path for a file that is not there yet.</summary>
    public string PathOf(string name) => Path.Combine(_files.Path, name);

    public async Task<string> StateAsync(string benchmark) =>
        (await Gateway.GetAsync($"/v1/benchmarks/{benchmark}"))["state"]!.GetValue<string>();

    /// <summary>The id that qaiw prints when it has started a benchmark.</summary>
    public static async Task<string> BenchmarkOfAsync(CliProcess cli)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(cli.Error.Contains("Benchmark ", StringComparison.Ordinal)),
            $"the benchmark is announced: {cli.Everything}"
        );
        return cli.Error.Split("Benchmark ")[1].Split(' ')[0];
    }
}

/// <summary>One after the other: they share a service, and a benchmark has its machine to itself.</summary>
[CollectionDefinition(Name)]
public sealed class CommandLineTests : ICollectionFixture<CliService>
{
    public const string Name = "command line";
}

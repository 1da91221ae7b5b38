using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests.Encodings;

/// <summary>Tours of four and five cities, 9 and 16 qubits, to the optimum by qaoa: from the file to the answer.</summary>
public sealed class ShortestTourTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Qaoa_finds_the_shortest_tour_of_a_file(int cities)
    {
        await service.RequireAsync("qaoa");
        var lengths = Lengths(cities);

        var job = await SolveAsync(Tsplib(lengths));

        job["result"]!["objective"]!.GetValue<double>().Should().Be(Shortest(lengths), job["metrics"]!.ToJsonString());
    }

    [Fact]
    public async Task Qaoa_finds_the_shortest_tours_of_the_published_instances()
    {
        await service.RequireAsync("qaoa");
        var folder = Path.GetFullPath(
            Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
            Repository.Folder
        );
        Assert.SkipUnless(Directory.Exists(folder), $"no data sets: {folder} is absent");
        var index = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "index.json")))!;
        var instances = index["instances"]!
            .AsArray()
            .Where(i => i!["family"]!.GetValue<string>() == "tsp-derived")
            .ToList();
        instances.Should().NotBeEmpty();

        foreach (var instance in instances)
        {
            var job = await SolveAsync(
                await File.ReadAllTextAsync(Path.Combine(folder, instance!["file"]!.GetValue<string>()))
            );

            job["result"]!["objective"]!
                .GetValue<double>()
                .Should()
                .Be(instance["best_known"]!.GetValue<double>(), instance["instance"]!.GetValue<string>());
        }
    }

    /// <summary>With the defaults of solver and encoding.</summary>
    private async Task<JsonNode> SolveAsync(string tsplib)
    {
        var stored = (
            await _client.PostBytesAsync("/v1/problems?format=tsplib", Encoding.UTF8.GetBytes(tsplib), "text/plain")
        ).Must(HttpStatusCode.Created);
        var job = await _client.SolveAsync(
            $$"""{"problemId":"{{stored["id"]!.GetValue<string>()}}","solver":"qaoa","encoding":{},"budget":{"shots":1024},"seed":7}"""
        );
        job.State().Should().Be("succeeded", job.ToJsonString());
        job["result"]!["feasible"]!.GetValue<bool>().Should().BeTrue(job["metrics"]!.ToJsonString());
        return job;
    }

    /// <summary>Different in every pair, some of them not the shortest way, so that the tours differ.</summary>
    private static int[][] Lengths(int cities) =>
        [
            .. Enumerable
                .Range(0, cities)
                .Select(i =>
                    Enumerable
                        .Range(0, cities)
                        .Select(j => i == j ? 0 : 100 + 37 * (i * j) % 400 + 11 * (i + j))
                        .ToArray()
                ),
        ];

    private static string Tsplib(int[][] lengths) =>
        $"NAME: few\nTYPE: TSP\nDIMENSION: {lengths.Length}\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX\nEDGE_WEIGHT_SECTION\n"
        + string.Join(
            '\n',
            lengths.Select(row => string.Join(' ', row.Select(w => w.ToString(CultureInfo.InvariantCulture))))
        )
        + "\nEOF\n";

    /// <summary>Of all orders of the cities behind the first.</summary>
    private static int Shortest(int[][] lengths)
    {
        return Best(0, [.. Enumerable.Range(1, lengths.Length - 1)], 0);

        int Best(int at, int[] left, int length) =>
            left.Length == 0
                ? length + lengths[at][0]
                : left.Min(next => Best(next, [.. left.Where(c => c != next)], length + lengths[at][next]));
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>Tables as people have them, from the file to the ranked subsets.</summary>
public sealed class PublishedTablesTests(SharedService service)
{
    private readonly Client _client = service.Client;

    /// <param name="least">A validated score that a linear model of five features reaches on this table.</param>
    [Theory]
    [InlineData("wine.csv", """ "header":false """, 0.85)]
    [InlineData("sonar.csv", """ "header":false """, 0.6)]
    [InlineData("ionosphere.csv", """ "header":false """, 0.7)]
    [InlineData("breast_cancer_wdbc.csv", """ "header":false,"skipLines":1 """, 0.9)]
    public async Task A_published_table_comes_back_with_validated_subsets(string file, string settings, double least)
    {
        using var form = new MultipartFormDataContent
        {
            {
                new ByteArrayContent(await File.ReadAllBytesAsync(Tables.PathOf(file), CancellationToken.None)),
                "file",
                file
            },
            { new StringContent($$"""{{{settings}},"task":"classification","size":{"exactly":5} }"""), "settings" },
        };
        var problem = (await _client.SendAsync(HttpMethod.Post, "/v1/problems?format=csv", form)).Must(
            HttpStatusCode.Created
        );

        var job = await _client.SolveAsync(Tables.Job(problem["id"]!, Tables.Plan(), "auto", 20_000));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        IsReported(job, least);
    }

    /// <summary>Two files, separated by blanks; the copy at hand may end within a row, and whole rows are taken.</summary>
    [Fact]
    public async Task Madelon_comes_back_with_validated_subsets()
    {
        var data = await File.ReadAllLinesAsync(Tables.PathOf("madelon_valid.data"), CancellationToken.None);
        var labels = await File.ReadAllLinesAsync(Tables.PathOf("madelon_valid.labels"), CancellationToken.None);
        var rows = new JsonArray();
        for (var r = 0; r < data.Length; r++)
        {
            var cells = data[r].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 500)
                rows.Add(
                    new JsonArray([
                        .. cells.Select(c => (JsonNode)int.Parse(c, CultureInfo.InvariantCulture)),
                        labels[r].Trim(),
                    ])
                );
        }
        rows.Count.Should().BeGreaterThan(100);
        var problem = new JsonObject
        {
            ["family"] = "feature-selection",
            ["table"] = new JsonObject
            {
                ["columns"] = new JsonArray([
                    .. Enumerable.Range(0, 500).Select(i => new JsonObject { ["name"] = $"f{i}" }),
                    new JsonObject { ["name"] = "label" },
                ]),
                ["rows"] = rows,
            },
            ["target"] = "label",
            ["task"] = "classification",
            ["size"] = new JsonObject { ["exactly"] = 5 },
        };

        var job = await _client.SolveAsync(Tables.Job(problem, Tables.Plan(), "auto", 50_000));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        // Its classes are an exclusive or of its features: a score by pairs may well find nothing in so few rows.
        IsReported(job, 0);
    }

    /// <summary>Coordinates of 5,000 sparse columns; the target is a sum of ten of them, each with two noisy copies.</summary>
    [Fact]
    public async Task Ten_planted_features_among_5000_sparse_ones_are_found()
    {
        const int Rows = 400;
        var random = Xoshiro256.FromSeed(11, "sparse");
        var (row, column, value) = (new JsonArray(), new JsonArray(), new JsonArray());
        var target = new double[Rows];
        var planted = Enumerable.Range(0, 10).Select(i => 497 * i + 3).ToHashSet();
        var last = new Dictionary<int, int>();
        for (var c = 0; c < 5_000; c++)
        {
            var isCopy = planted.Contains(c - 1) || planted.Contains(c - 2);
            var kept = isCopy ? last : [];
            var cells = new Dictionary<int, int>();
            for (var r = 0; r < Rows; r++)
            {
                var drawn = random.NextInt32(25) == 0 ? 1 + random.NextInt32(3) : 0;
                var cell = isCopy && random.NextInt32(2) == 0 ? kept.GetValueOrDefault(r) : drawn;
                if (cell != 0)
                    cells[r] = cell;
            }
            foreach (var (r, cell) in cells)
            {
                row.Add(r);
                column.Add(c);
                value.Add(cell);
                if (planted.Contains(c))
                    target[r] += cell;
            }
            if (planted.Contains(c))
                last = cells;
        }
        for (var r = 0; r < Rows; r++)
            if (target[r] != 0)
            {
                row.Add(r);
                column.Add(5_000);
                value.Add(target[r]);
            }
        var problem = new JsonObject
        {
            ["family"] = "feature-selection",
            ["table"] = new JsonObject
            {
                ["columns"] = new JsonArray([
                    .. Enumerable.Range(0, 5_000).Select(i => new JsonObject { ["name"] = $"s{i}" }),
                    new JsonObject { ["name"] = "y" },
                ]),
                ["coo"] = new JsonObject
                {
                    ["numRows"] = Rows,
                    ["row"] = row,
                    ["col"] = column,
                    ["value"] = value,
                },
            },
            ["target"] = "y",
            ["task"] = "regression",
            ["size"] = new JsonObject { ["exactly"] = 10 },
        };

        var plan = Tables.Plan("""{"folds":2,"resamples":0,"candidates":2,"searchCost":true}""");
        var job = await _client.SolveAsync(Tables.Job(problem, plan, "auto", 400_000));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["validation"]!["searchCost"]!
            .AsArray()
            .Should()
            .HaveCount(5, "5,000 features are not too many for any of them");
        job["result"]!["solution"]!["features"]!
            .AsArray()
            .Select(f => f!.GetValue<string>())
            .Should()
            .Equal(planted.Order().Select(i => $"s{i}"));
        job["metrics"]!["cpuSeconds"]!.GetValue<double>().Should().BeLessThan(120);
    }

    private static void IsReported(JsonNode job, double least)
    {
        var subsets = job["result"]!["subsets"]!.AsArray();
        subsets.Should().HaveCount(3);
        subsets.Should().OnlyContain(s => s!["features"]!.AsArray().Count == 5);
        var scores = subsets.Select(s => s!["validation"]!["score"]!["mean"]!.GetValue<double>()).ToList();
        scores.Should().BeInDescendingOrder();
        scores[0].Should().BeInRange(least, 1);
        var validation = job["result"]!["validation"]!;
        validation["protocol"]!["trainRows"]!.AsArray().Should().HaveCount(3);
        validation["leakage"]!["checks"]!.AsArray().Should().NotBeEmpty();
        validation["chance"]!.AsObject().Should().NotBeEmpty();
    }
}

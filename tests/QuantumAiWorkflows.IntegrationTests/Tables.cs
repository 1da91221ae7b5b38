using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>Tables to choose features from, and jobs that have the choice validated.</summary>
internal static class Tables
{
    /// <summary>Published tables, in the folder QAIW_DATA_SETS or in ../shared/data beside the solution's. Skips without them.</summary>
    public static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuantumAiWorkflows.sln")))
            folder = folder.Parent;
        var data = Path.GetFullPath(
            Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
            folder?.FullName ?? AppContext.BaseDirectory
        );
        Assert.SkipUnless(Directory.Exists(data), "the published data sets are absent");
        return Path.Combine(data, "features", file);
    }

    /// <summary>Two classes by x0 and x1, x2 a noisy copy of x0, the rest noise.</summary>
    public static JsonObject Planted(int rows = 60, int features = 6, ulong seed = 1)
    {
        var random = Xoshiro256.FromSeed(seed, "planted table");
        var cells = new JsonArray();
        for (var r = 0; r < rows; r++)
        {
            var x = Enumerable.Range(0, features).Select(_ => Math.Round(random.NextDouble(), 3)).ToArray();
            x[2] = Math.Round(0.8 * x[0] + 0.2 * x[2], 3);
            var y = x[0] + x[1] + 0.3 * (random.NextDouble() - 0.5) > 1 ? "yes" : "no";
            cells.Add(new JsonArray([.. x.Select(v => (JsonNode)v), y]));
        }
        return new()
        {
            ["family"] = "feature-selection",
            ["table"] = new JsonObject
            {
                ["columns"] = new JsonArray([
                    .. Enumerable.Range(0, features).Select(i => new JsonObject { ["name"] = $"x{i}" }),
                    new JsonObject { ["name"] = "y" },
                ]),
                ["rows"] = cells,
            },
            ["target"] = "y",
            ["task"] = "classification",
            ["size"] = new JsonObject { ["exactly"] = 2 },
        };
    }

    /// <summary>A short validation; what is named in <paramref name="more"/> is set beside or instead.</summary>
    public static JsonObject Plan(string more = "{}")
    {
        var plan = (JsonObject)
            JsonNode.Parse(
                """{"folds":3,"models":["linear"],"resamples":2,"seeds":0,"ablated":0,"candidates":3,"searchCost":false}"""
            )!;
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(more)!)
            plan[name] = value?.DeepClone();
        return plan;
    }

    public static string Job(JsonNode problem, JsonNode? plan, string solver = "tabu", long evaluations = 5_000)
    {
        var job = new JsonObject
        {
            [problem is JsonValue ? "problemId" : "problem"] = problem.DeepClone(),
            ["solver"] = solver,
            ["budget"] = new JsonObject { ["evaluations"] = evaluations },
            ["seed"] = 3,
        };
        if (plan is not null)
            job["validate"] = plan.DeepClone();
        return job.ToJsonString();
    }

    /// <summary>Works on its validation until it is told to stop: hundreds of trees.</summary>
    public static string LongValidation() =>
        Job(
            Planted(rows: 2_000, features: 30),
            Plan("""{"folds":10,"repeats":10,"models":["linear","treeEnsemble"],"resamples":50,"candidates":10}""")
        );
}

using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

/// <summary>Feature selection problems whose details a test does not care about.</summary>
internal static class SomeFeatures
{
    /// <summary>Scores in quarters, so that sums are exact for sizes 2, 3, 5, 9, ...; features f0, f1, ...</summary>
    public static JsonObject Scores(int count, long seed = 1, int size = 3, double alpha = 1, bool exactly = true)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "some-features");
        var (row, column, value) = (new JsonArray(), new JsonArray(), new JsonArray());
        for (var i = 0; i < count; i++)
        for (var j = i + 1; j < count; j++)
            if (random.NextInt32(4) > 0)
            {
                row.Add(i);
                column.Add(j);
                value.Add(random.NextInt32(9) / 4.0);
            }
        return new()
        {
            ["family"] = "feature-selection",
            ["scores"] = new JsonObject
            {
                ["names"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)$"f{i}")]),
                ["relevance"] = new JsonArray([
                    .. Enumerable.Range(0, count).Select(_ => (JsonNode)(random.NextInt32(17) / 4.0)),
                ]),
                ["redundancy"] = new JsonObject
                {
                    ["row"] = row,
                    ["col"] = column,
                    ["value"] = value,
                },
            },
            ["alpha"] = alpha,
            ["size"] = new JsonObject { [exactly ? "exactly" : "atMost"] = size },
        };
    }

    /// <summary>
    /// Two classes; features "n0".. are numbers, of which the first <paramref name="informative"/> depend on the class and the next one
    /// copies the first with noise; "c" is a category, and some cells are missing.
    /// </summary>
    public static JsonObject Table(
        int rows = 40,
        int numbers = 6,
        int informative = 2,
        long seed = 1,
        string criterion = "pearson",
        int size = 3
    )
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "some-table");
        var columns = new JsonArray([
            .. Enumerable.Range(0, numbers).Select(i => new JsonObject { ["name"] = $"n{i}" }),
            new JsonObject { ["name"] = "c" },
            new JsonObject { ["name"] = "y" },
        ]);
        var cells = new JsonArray();
        for (var r = 0; r < rows; r++)
        {
            var y = r % 2;
            var values = new double[numbers];
            for (var i = 0; i < numbers; i++)
                values[i] =
                    i < informative ? y + random.NextDouble()
                    : i == informative ? values[0] + 0.1 * random.NextDouble()
                    : random.NextDouble();
            var row = new JsonArray([.. values.Select(v => (JsonNode)Math.Round(v, 3))]);
            if (random.NextInt32(10) == 0)
                row[random.NextInt32(numbers)] = null;
            row.Add(random.NextInt32(8) == 0 ? null : $"k{random.NextInt32(3)}");
            row.Add(y == 0 ? "no" : "yes");
            cells.Add(row);
        }
        return new()
        {
            ["family"] = "feature-selection",
            ["table"] = new JsonObject { ["columns"] = columns, ["rows"] = cells },
            ["target"] = "y",
            ["task"] = "classification",
            ["criterion"] = criterion,
            ["alpha"] = 0.7,
            ["size"] = new JsonObject { ["exactly"] = size },
        };
    }

    public static FeatureSelectionProblem Read(JsonObject json)
    {
        var faults = new FaultList();
        var problem = Posted.Read(json.ToJsonString(), "/problem", faults);
        faults.Items.Should().BeEmpty();
        return (FeatureSelectionProblem)problem!;
    }

    public static FeatureSelectionSolution Chosen(FeatureSelectionProblem problem, params string[] names) =>
        new(names.Select(n => problem.IndexOf(n)!.Value));

    /// <summary>The best objective of all allowed subsets; null when there is none.</summary>
    public static double? Best(FeatureSelectionProblem problem)
    {
        double? best = null;
        for (var mask = 0; mask < 1 << problem.NumVariables; mask++)
        {
            var evaluation = problem.Evaluate(
                new FeatureSelectionSolution(
                    Enumerable.Range(0, problem.NumVariables).Where(i => ((mask >> i) & 1) == 1)
                )
            );
            if (evaluation.IsFeasible && !(evaluation.Objective <= best))
                best = evaluation.Objective;
        }
        return best;
    }
}

using System.Text.Json;

namespace QuantumAiWorkflows.UnitTests;

/// <summary>Published instances beside the repository: QAIW_DATA_SETS, or ../shared/data from the solution's folder.</summary>
public static class DataSets
{
    public sealed record Instance(string Name, string Path, string Sense, double? BestKnown, int NumVariables);

    private static string Folder { get; } =
        Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? Path.Combine(SolutionFolder(), "../shared/data");

    /// <summary>Skips the running test when the data are not there.</summary>
    public static IReadOnlyList<Instance> Of(string family)
    {
        var index = Path.Combine(Folder, "index.json");
        Assert.SkipUnless(File.Exists(index), $"no data sets: {Folder} is absent");
        using var document = JsonDocument.Parse(File.ReadAllBytes(index));
        return
        [
            .. document
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => i.GetProperty("family").ValueEquals(family))
                .Select(i => new Instance(
                    i.GetProperty("instance").GetString()!,
                    Path.Combine(Folder, i.GetProperty("file").GetString()!),
                    i.GetProperty("sense").GetString()!,
                    i.GetProperty("best_known") is { ValueKind: JsonValueKind.Number } best ? best.GetDouble() : null,
                    i.GetProperty("size").EnumerateObject().First().Value.GetInt32()
                )),
        ];
    }

    internal static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "QuantumAiWorkflows.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run below the solution.");
        return folder.FullName;
    }
}

using System.Text.Json;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.UnitTests.Problems.Qubo.Formats;

namespace QuantumAiWorkflows.UnitTests;

/// <summary>Published instances that index.json lists, in the folder QAIW_DATA_SETS or in ../shared/data beside the solution's.</summary>
internal static class DataSets
{
    internal static readonly string Folder = Path.GetFullPath(
        Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
        Repository.Folder
    );

    /// <param name="Sense">min or max: of the file's own function, whatever is usual in its format.</param>
    public sealed record Instance(string Name, string Path, string Format, string Sense, double BestKnown, int Size)
    {
        public QuboProblem Read() => Imported.Qubo(Format, File.ReadAllText(Path), $$"""{"sense":"{{Sense}}imize"}""");
    }

    /// <summary>All of one family: qubo, qubo-derived or maxcut. Skips the running test when the data are not there.</summary>
    public static IReadOnlyList<Instance> Of(string family)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"no data sets: {Folder} is absent");
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json")));
        return
        [
            .. index
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => i.GetProperty("family").ValueEquals(family))
                .Select(i => new Instance(
                    i.GetProperty("instance").GetString()!,
                    Path.Combine(Folder, i.GetProperty("file").GetString()!),
                    family == "maxcut" ? "gset" : "biqmac",
                    i.GetProperty("sense").GetString()!,
                    i.GetProperty("best_known").GetDouble(),
                    i.GetProperty("size").EnumerateObject().First().Value.GetInt32()
                )),
        ];
    }

    /// <summary>Of a file below the folder. Skips the running test when the data are not there.</summary>
    public static string PathOf(string file)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"no data sets: {Folder} is absent");
        return Path.Combine(Folder, file);
    }

    public static Instance Named(string family, string name) => Of(family).Single(i => i.Name == name);

    /// <param name="Proven">Whether the best known value is known to be the optimum.</param>
    public sealed record Published(string Name, string Path, double BestKnown, bool Proven);

    /// <summary>All files of one family in its own format. Skips the running test when the data are not there.</summary>
    public static IReadOnlyList<Published> Files(string family)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"no data sets: {Folder} is absent");
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json")));
        return
        [
            .. index
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => i.GetProperty("family").ValueEquals(family))
                .Select(i => new Published(
                    i.GetProperty("instance").GetString()!,
                    Path.Combine(Folder, i.GetProperty("file").GetString()!),
                    i.GetProperty("best_known").GetDouble(),
                    i.GetProperty("proven_optimal").ValueKind == JsonValueKind.True
                )),
        ];
    }
}

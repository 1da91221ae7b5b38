using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>Public instances beside the repository; tests that need them are skipped where they are absent.</summary>
internal static class DataSets
{
    /// <summary>The folder of QuantumAiWorkflows.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly string Folder = Find();

    /// <summary>Instances of a family that index.json lists, with file and best known value.</summary>
    public static IReadOnlyList<(string File, double Best)> Listed(string family)
    {
        Require();
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "index.json")));
        return
        [
            .. index
                .RootElement.GetProperty("instances")
                .EnumerateArray()
                .Where(i => i.GetProperty("family").ValueEquals(family))
                .Select(i => (i.GetProperty("file").GetString()!, i.GetProperty("best_known").GetDouble())),
        ];
    }

    /// <summary>Biq Mac's sparse form: off-diagonal entries stand for two of a symmetric matrix.</summary>
    public static QuboProblem BiqMac(string file) =>
        Read(file, Sense.Minimize, (b, i, j, w) => b.Add(i, j, i == j ? w : 2 * w, 0));

    /// <summary>A graph in Gset's form; the weight of a cut is Σ w·(x + y - 2xy).</summary>
    public static QuboProblem MaxCut(string file) =>
        Read(
            file,
            Sense.Maximize,
            (b, i, j, w) =>
            {
                b.Add(i, i, w, 0);
                b.Add(j, j, w, 0);
                b.Add(i, j, -2 * w, 0);
            }
        );

    private static QuboProblem Read(string file, Sense sense, Action<QuboBuilder, int, int, double> add)
    {
        Require();
        var lines = File.ReadLines(Path.Combine(Folder, file))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(f => f.Length > 0)
            .Select(f => Array.ConvertAll(f, t => double.Parse(t, CultureInfo.InvariantCulture)))
            .ToList();
        var builder = new QuboBuilder(_ => default) { Sense = sense, Duplicates = DuplicateEntries.Sum };
        foreach (var line in lines.Skip(1))
            add(builder, (int)line[0] - 1, (int)line[1] - 1, line[2]);
        return builder.Build((int)lines[0][0], new FaultList())!;
    }

    private static void Require() => Assert.SkipUnless(Directory.Exists(Folder), $"no data sets: {Folder} is absent");

    private static string Find() =>
        Path.GetFullPath(Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data", Root);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "QuantumAiWorkflows.sln")))
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("No folder above holds QuantumAiWorkflows.sln.");
        return folder.FullName;
    }
}

using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

public class QaoaOnDataSetsTests(ITestOutputHelper output)
{
    private static string Folder =>
        Path.GetFullPath(
            Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
            QSharpCache.RepositoryFolder
        );

    [Fact]
    public void Best_sample_at_three_layers_is_the_known_optimum()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, "index.json")), $"no data sets: {Folder} is absent");
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json")));
        var instances = index
            .RootElement.GetProperty("instances")
            .EnumerateArray()
            .Where(i => i.GetProperty("family").GetString() == "qubo-derived")
            .Where(i => i.GetProperty("size").GetProperty("variables").GetInt32() <= 20)
            .ToList();
        instances.Should().NotBeEmpty();
        var qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

        foreach (var instance in instances)
        {
            var problem = ReadBiqMac(Path.Combine(Folder, instance.GetProperty("file").GetString()!));
            var context = QSharpCache.Context(budget: new() { Shots = 1024 });

            var found = (SolveOutcome.Found)qaoa.Solve(problem, new QaoaOptions { Layers = 3 }, context);

            var quantum = found.Quantum!;
            output.WriteLine(
                $"{instance.GetProperty("instance")}: hitRate {quantum.HitRate:0.####}, randomHitRate "
                    + $"{quantum.RandomHitRate:0.######}, approximationRatio {quantum.ApproximationRatio:0.###}, "
                    + $"{context.Evaluations} evaluations, {context.CpuSeconds:0.00} s CPU"
            );
            problem.Evaluate(found.Best).Objective.Should().Be(instance.GetProperty("best_known").GetDouble());
        }
    }

    /// <summary>Biq Mac's sparse format: <c>n m</c>, then <c>i j q</c>, 1-based; the matrix is symmetric, so i ≠ j counts twice.</summary>
    private static QuboProblem ReadBiqMac(string path)
    {
        var lines = File.ReadLines(path).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var builder = new QuboBuilder(_ => default);
        foreach (var line in lines.Skip(1))
        {
            var (i, j) = (Parse(line[0]) - 1, Parse(line[1]) - 1);
            builder.Add(i, j, Parse(line[2]) * (i == j ? 1 : 2), 0);
        }
        return builder.Build(Parse(lines[0][0]), new FaultList())!;
    }

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

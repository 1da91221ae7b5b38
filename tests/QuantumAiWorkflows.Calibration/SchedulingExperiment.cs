using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Every job shop, flexible job shop and PSPLIB instance of the data sets by cp-sat and by dispatching-rules, refereed: the
/// tables of docs/families/scheduling.md. A run beyond a proven optimum, or one that the referee refuses, is a miss.
/// </summary>
/// <param name="exactSeconds">CPU seconds of cp-sat, on two threads.</param>
/// <param name="heuristicSeconds">CPU seconds of dispatching-rules.</param>
/// <param name="only">Names of instances; empty for all.</param>
internal sealed class SchedulingExperiment(double exactSeconds, double heuristicSeconds, IReadOnlyList<string> only)
{
    private static readonly (string Family, string Format)[] Folders =
    [
        ("jobshop", "jobshop"),
        ("flexible-jobshop", "fjsp"),
        ("rcpsp", "psplib"),
    ];

    public List<string> Missed { get; } = [];

    private sealed record Instance(string Name, string Size, long BestKnown, bool IsOptimal, Problem Problem);

    private sealed record Run(Ruling Ruling, double CpuSeconds, double WallSeconds);

    public void Execute()
    {
        foreach (var (family, format) in Folders)
        {
            var instances = Read(family, format).ToList();
            if (instances.Count == 0)
                continue;
            Table.Heading(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{family}: cp-sat {exactSeconds} CPU s on 2 threads, dispatching-rules {heuristicSeconds} CPU s on 1"
                )
            );
            Table.Write(
                [
                    "instance",
                    "size",
                    "best known",
                    "cp-sat",
                    "bound",
                    "proved",
                    "CPU s",
                    "wall s",
                    "dispatching-rules",
                    "gap %",
                ],
                instances.Select(Row)
            );
        }
    }

    private string[] Row(Instance instance)
    {
        var exact = Solve(instance, "cp-sat", new() { CpuSeconds = exactSeconds, Threads = 2 });
        var rules = Solve(instance, "dispatching-rules", new() { CpuSeconds = heuristicSeconds });
        var reached = rules.Ruling.Evaluation?.Objective ?? double.NaN;
        return
        [
            instance.Name,
            instance.Size,
            Text(instance.BestKnown) + (instance.IsOptimal ? "" : " (open)"),
            Text(exact.Ruling.Evaluation?.Objective),
            Text(exact.Ruling.Bound),
            exact.Ruling.Status == ResultStatus.Optimal ? "yes" : "",
            Table.Number(exact.CpuSeconds),
            Table.Number(exact.WallSeconds),
            Text(reached),
            Table.Number(100 * (reached - instance.BestKnown) / instance.BestKnown),
        ];
    }

    private Run Solve(Instance instance, string id, SolveBudget budget)
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
        var context = new SolveContext(budget, seed: 1);
        var outcome = solver.Solve(instance.Problem, solver.ReadOptions(null, "", new())!, context);
        var run = new Run(Referee.Judge(instance.Problem, outcome), context.CpuSeconds, context.ElapsedSeconds);
        if (run.Ruling.Refusal is { } refusal)
            Missed.Add($"{instance.Name} by {id}: {refusal}");
        if (instance.IsOptimal && run.Ruling.Evaluation?.Objective < instance.BestKnown)
            Missed.Add($"{instance.Name} by {id}: beats a proven optimum");
        return run;
    }

    private IEnumerable<Instance> Read(string family, string format)
    {
        var folder = Path.GetFullPath(
            Environment.GetEnvironmentVariable("QAIW_DATA_SETS") ?? "../shared/data",
            Above(AppContext.BaseDirectory)
        );
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        foreach (var entry in index.RootElement.GetProperty("instances").EnumerateArray())
        {
            var name = entry.GetProperty("instance").GetString()!;
            if (!entry.GetProperty("family").ValueEquals(family) || (only.Count > 0 && !only.Contains(name)))
                continue;
            var faults = new FaultList();
            var content = File.ReadAllBytes(Path.Combine(folder, entry.GetProperty("file").GetString()!));
            if (ProblemFormats.Find(format)!.Read(content, null, "", faults) is not [var problem])
            {
                Missed.Add($"{name} does not read: {faults.Items[0].Detail}");
                continue;
            }
            yield return new(
                name,
                entry.GetProperty("size").EnumerateObject().First().Value.ToString(),
                entry.GetProperty("best_known").GetInt64(),
                entry.GetProperty("proven_optimal").ValueKind == JsonValueKind.True,
                problem
            );
        }
    }

    /// <summary>The folder of the solution.</summary>
    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "QuantumAiWorkflows.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);

    private static string Text(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "none";
}

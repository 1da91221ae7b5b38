using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Every solver of rosters on every published one, refereed, beside the best known value: for docs/families/roster.md.
/// One thread, CPU seconds.
/// </summary>
/// <param name="folder">With index.json; QAIW_DATA_SETS, or ../shared/data beside the solution's folder.</param>
internal sealed class RosterExperiment(string folder, int seconds)
{
    private readonly List<string> _missed = [];

    public IReadOnlyList<string> Missed => _missed;

    public void Run()
    {
        if (!File.Exists(Path.Combine(folder, "index.json")))
        {
            _missed.Add($"rosters: there are no data sets in {folder}");
            return;
        }
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
        var instances = index
            .RootElement.GetProperty("instances")
            .EnumerateArray()
            .Where(i => i.GetProperty("family").ValueEquals("nurse"))
            .OrderBy(i => i.GetProperty("bytes").GetInt32())
            .ToList();
        foreach (var id in RosterFamily.Instance.ClassicalSolvers)
        {
            Table.Heading($"Rosters, {id} with default options, {seconds} CPU seconds, 1 thread, seed 1");
            Table.Write(
                [
                    "instance",
                    "people x days x shifts",
                    "best known",
                    "first (CPU s)",
                    "found",
                    "gap to best known",
                    "bound",
                    "status",
                    "CPU s",
                ],
                instances.Select(i => Row(id, i))
            );
        }
    }

    private string[] Row(string id, JsonElement instance)
    {
        var name = instance.GetProperty("instance").GetString()!;
        var known = instance.GetProperty("best_known").GetDouble();
        var problem = ProblemFormats
            .Find("roster")!
            .Read(
                File.ReadAllBytes(Path.Combine(folder, instance.GetProperty("file").GetString()!)),
                null,
                "",
                new FaultList()
            )!
            .Single();
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
        double? first = null;
        SolveContext context = null!;
        context = new(new() { CpuSeconds = seconds }, seed: 1) { OnIncumbent = (_, _) => first ??= context.CpuSeconds };
        var outcome = solver.Solve(problem, solver.ReadOptions(null, "", new())!, context);
        var cpuSeconds = context.CpuSeconds;
        var ruling = Referee.Judge(problem, outcome);
        if (ruling.Refusal is { } refusal)
            _missed.Add($"{name}: {refusal}");
        if (ruling.Bound > known)
            _missed.Add($"{name}: the bound {ruling.Bound} is above the best known {known}");
        var found = ruling.Status is ResultStatus.Feasible or ResultStatus.Optimal ? ruling.Evaluation : null;
        if (found?.Objective < known && instance.GetProperty("proven_optimal").ValueKind == JsonValueKind.True)
            _missed.Add($"{name}: {found.Objective} is below the optimum {known}");
        var summary = problem.Summary;
        return
        [
            name,
            $"{summary["staff"]} x {summary["days"]} x {summary["shifts"]}",
            Text(known, "0"),
            Text(first, "0.0"),
            Text(found?.Objective, "0"),
            found is null ? "-" : $"{Text(100 * (found.Objective - known) / known, "0.0")}%",
            Text(ruling.Bound ?? (outcome as SolveOutcome.Found)?.Bound, "0"),
            ruling.Status.ToString().ToLowerInvariant(),
            Text(cpuSeconds, "0.0"),
        ];
    }

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}

using System.Globalization;
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
/// <param name="only">Beginnings of names; empty for all.</param>
internal sealed class SchedulingExperiment(
    double exactSeconds,
    double heuristicSeconds,
    IReadOnlyCollection<string> only
)
{
    public List<string> Missed { get; } = [];

    private sealed record Run(Ruling Ruling, double CpuSeconds, double WallSeconds);

    public void Execute()
    {
        foreach (var family in (string[])["jobshop", "flexible-jobshop", "rcpsp"])
        {
            var instances = Published.Of([family], only);
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

    private string[] Row(Published instance)
    {
        var problem = instance.Read();
        var exact = Solve(instance, problem, "cp-sat", new() { CpuSeconds = exactSeconds, Threads = 2 });
        var rules = Solve(instance, problem, "dispatching-rules", new() { CpuSeconds = heuristicSeconds });
        var reached = rules.Ruling.Evaluation?.Objective ?? double.NaN;
        return
        [
            instance.Name,
            instance.Size ?? "",
            Text(instance.BestKnown) + (instance.IsProven ? "" : " (open)"),
            Text(exact.Ruling.Evaluation?.Objective),
            Text(exact.Ruling.Bound),
            exact.Ruling.Status == ResultStatus.Optimal ? "yes" : "",
            Table.Number(exact.CpuSeconds),
            Table.Number(exact.WallSeconds),
            Text(reached),
            Table.Number(100 * (reached - instance.BestKnown) / instance.BestKnown),
        ];
    }

    private Run Solve(Published instance, Problem problem, string id, SolveBudget budget)
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
        var context = new SolveContext(budget, seed: 1);
        var outcome = solver.Solve(problem, solver.ReadOptions(null, "", new())!, context);
        var run = new Run(Referee.Judge(problem, outcome), context.CpuSeconds, context.ElapsedSeconds);
        if (run.Ruling.Refusal is { } refusal)
            Missed.Add($"{instance.Name} by {id}: {refusal}");
        if (instance.IsProven && run.Ruling.Evaluation?.Objective < instance.BestKnown)
            Missed.Add($"{instance.Name} by {id}: beats a proven optimum");
        return run;
    }

    private static string Text(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "none";
}

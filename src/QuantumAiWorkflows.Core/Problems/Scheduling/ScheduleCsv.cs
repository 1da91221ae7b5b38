using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Reports;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>One row per task and resource that it uses; one with an empty resource for a task that uses none.</summary>
internal static class ScheduleCsv
{
    public static string Write(SchedulingProblem problem, SchedulingSolution solution)
    {
        using var csv = new CsvText();
        csv.Row(["job", "task", "mode", "start", "end", "resource", "amount"]);
        var placed = PlacedTasks.Of(problem, solution);
        for (var i = 0; i < placed.Length; i++)
        {
            if (placed[i] is not { } own)
                continue;
            var task = problem.Tasks[i];
            string[] what = [problem.Jobs[task.Job].Id, task.Id, own.Mode.Id, Text(own.Start), Text(own.End)];
            foreach (var use in own.Mode.Uses)
                csv.Row([.. what, problem.Resources[use.Resource].Id, Text(use.Amount)]);
            if (own.Mode.Uses.Length == 0)
                csv.Row([.. what, "", ""]);
        }
        return csv.ToString();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

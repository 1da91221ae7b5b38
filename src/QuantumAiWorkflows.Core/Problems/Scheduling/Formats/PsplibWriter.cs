using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>One project as the text that <see cref="PsplibFormat"/> reads back to the same problem.</summary>
internal static class PsplibWriter
{
    public static string Write(SchedulingProblem problem)
    {
        var rule = new string('*', 72);
        var (job, n) = (problem.Jobs[0], problem.Tasks.Count);
        var text = new StringBuilder($"{rule}\nprojects                      :  1\n");
        text.Append($"jobs (incl. supersource/sink ):  {Text(n)}\n");
        text.Append($"horizon                       :  {Text(problem.Horizon)}\nRESOURCES\n");
        text.Append($"  - renewable                 :  {Text(problem.Resources.Count)}   R\n");
        text.Append("  - nonrenewable              :  0   N\n  - doubly constrained        :  0   D\n");
        text.Append($"{rule}\nPROJECT INFORMATION:\npronr.  #jobs rel.date duedate tardcost  MPM-Time\n");
        text.Append(
            $"    1 {Text(Math.Max(n - 2, 0))} {Text(job.Release)} {Text(job.Due ?? 0)} {Text(job.Weight)} 0\n"
        );
        text.Append($"{rule}\nPRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n");
        for (var i = 0; i < n; i++)
        {
            var successors = problem.Followers[i];
            text.Append($"{Text(i + 1)} {Text(problem.Tasks[i].Modes.Length)} {Text(successors.Length)}");
            foreach (var successor in successors)
                text.Append($" {Text(successor + 1)}");
            text.Append('\n');
        }
        text.Append($"{rule}\nREQUESTS/DURATIONS:\njobnr. mode duration");
        for (var r = 1; r <= problem.Resources.Count; r++)
            text.Append($"  R {Text(r)}");
        text.Append($"\n{new string('-', 72)}\n");
        for (var i = 0; i < n; i++)
        for (var m = 0; m < problem.Tasks[i].Modes.Length; m++)
            text.Append(Request(problem, i, m));
        text.Append($"{rule}\nRESOURCEAVAILABILITIES:\n");
        text.AppendJoin(' ', problem.Resources.Select((_, r) => $"R {Text(r + 1)}"))
            .Append(problem.Resources.Count > 0 ? "\n" : "-\n");
        if (problem.Resources.Count > 0)
            text.AppendJoin(' ', problem.Resources.Select(r => Text(r.Capacity))).Append('\n');
        return text.Append(rule).Append('\n').ToString();
    }

    private static string Request(SchedulingProblem problem, int task, int mode)
    {
        var shown = problem.Tasks[task].Modes[mode];
        var units = new int[problem.Resources.Count];
        foreach (var use in shown.Uses)
            units[use.Resource] = use.Amount;
        var number = mode == 0 ? Text(task + 1) : "   ";
        return $"{number} {Text(mode + 1)} {Text(shown.Duration)} {string.Join(' ', units.Select(u => Text(u)))}\n";
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>
/// The flexible job shop text of Brandimarte and of Hurink: "jobs machines" and perhaps the mean number of machines of a step,
/// then a line per job: its number of steps, and for each step k and k pairs "machine duration", machines from 1. Jobs become
/// j1, ..., steps j1.1, ..., machines m1, ..., and a mode has its machine's name.
/// </summary>
public sealed class FlexibleJobShopFormat : SchedulingFormat
{
    public override string Id => "fjsp";

    public override string Title =>
        "Flexible job shop text: machines to choose from and durations of each step, machines from 1";

    public override string Extension => ".fjs";

    private protected override void ReadLines(ScheduleFile file)
    {
        var lines = file.Lines;
        if (!file.NextLine())
        {
            lines.Refuse("Expected a line with the numbers of jobs and machines; the file ends.");
            return;
        }
        if (
            !lines.TryInt("the number of jobs", 1, SchedulingProblem.MaxTasks, out var jobs)
            || !lines.TryInt("the number of machines", 1, SchedulingProblem.MaxResources, out var machines)
        )
            return;
        // The mean number of machines of a step says nothing that the steps do not.
        var mean = lines.Token();
        if (!mean.IsEmpty && !double.TryParse(mean, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            lines.Refuse("Expected the mean number of machines of a step or the end of the line.");
            return;
        }
        if (!lines.TryEnd())
            return;
        for (var m = 1; m <= machines; m++)
            file.Resources.Add(new() { Id = $"m{Text(m)}" });
        var (numTasks, numModes) = (0, 0);
        for (var j = 1; j <= jobs; j++)
        {
            if (!file.NextLine())
            {
                lines.Refuse(
                    $"Expected {jobs} jobs, as the first line says; the file ends after {j - 1}.",
                    j - 1,
                    jobs
                );
                return;
            }
            if (!lines.TryInt("the number of steps", 1, SchedulingProblem.MaxTasks - numTasks, out var steps))
                return;
            numTasks += steps;
            var tasks = new TaskInput[steps];
            for (var k = 0; k < steps; k++)
            {
                var most = Math.Min(machines, SchedulingProblem.MaxModes - numModes);
                if (!lines.TryInt("the number of machines of a step", 1, most, out var choices))
                    return;
                numModes += choices;
                if (ReadModes(file, machines, choices) is not { } modes)
                    return;
                tasks[k] = ShopSteps.Task(j, k + 1, modes);
            }
            if (!lines.TryEnd())
                return;
            file.Add(new() { Id = $"j{Text(j)}", Tasks = tasks }, lines.Line);
        }
        file.TryEndOfFile();
    }

    private static ModeInput[]? ReadModes(ScheduleFile file, int machines, int count)
    {
        var modes = new ModeInput[count];
        var seen = new HashSet<int>();
        for (var c = 0; c < count; c++)
        {
            if (!file.Lines.TryInt("a machine", 1, machines, out var machine))
                return null;
            if (!seen.Add(machine))
            {
                file.Lines.Refuse($"Machine {machine} is given twice for one step.", machine);
                return null;
            }
            if (!file.Lines.TryInt("a duration", 0, SchedulingProblem.MaxHorizon, out var duration))
                return null;
            modes[c] = ShopSteps.Mode($"m{Text(machine)}", duration);
        }
        return modes;
    }

    private protected override string? Refusal(SchedulingProblem problem) =>
        RefuseOtherThanChains(problem) ?? RefuseOtherThanMachines(problem);

    private protected override string WriteText(SchedulingProblem problem)
    {
        var text = new StringBuilder($"{Text(problem.Jobs.Count)} {Text(problem.Resources.Count)}\n");
        foreach (var job in problem.Jobs)
        {
            text.Append(Text(job.NumTasks));
            for (var i = job.FirstTask; i < job.FirstTask + job.NumTasks; i++)
            {
                text.Append(' ').Append(Text(problem.Tasks[i].Modes.Length));
                foreach (var mode in problem.Tasks[i].Modes)
                    text.Append($" {Text(mode.Uses[0].Resource + 1)} {Text(mode.Duration)}");
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}

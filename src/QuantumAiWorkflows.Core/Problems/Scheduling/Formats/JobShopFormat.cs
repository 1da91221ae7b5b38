using System.Text;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>
/// The usual job shop text: "jobs machines", then a line per job of "machine duration" pairs in the order of its steps,
/// machines from 0. Jobs become j1, j2, ..., their steps j1.1, j1.2, ..., machines m0, m1, ... as the file counts them.
/// </summary>
public sealed class JobShopFormat : SchedulingFormat
{
    public override string Id => "jobshop";

    public override string Title => "Job shop text: machine and duration of each step, machines from 0";

    public override string Extension => ".txt";

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
            || !lines.TryEnd()
        )
            return;
        if ((long)jobs * machines > SchedulingProblem.MaxTasks)
        {
            lines.Refuse($"Expected at most {SchedulingProblem.MaxTasks} steps in all, got {jobs} x {machines}.");
            return;
        }
        for (var m = 0; m < machines; m++)
            file.Resources.Add(new() { Id = $"m{Text(m)}" });
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
            var tasks = new TaskInput[machines];
            for (var k = 0; k < machines; k++)
            {
                if (
                    !lines.TryInt("a machine", 0, machines - 1, out var machine)
                    || !lines.TryInt("a duration", 0, SchedulingProblem.MaxHorizon, out var duration)
                )
                    return;
                tasks[k] = ShopSteps.Task(j, k + 1, [ShopSteps.Mode($"m{Text(machine)}", duration)]);
            }
            if (!lines.TryEnd())
                return;
            file.Add(new() { Id = $"j{Text(j)}", Tasks = tasks }, lines.Line);
        }
        file.TryEndOfFile();
    }

    private protected override string? Refusal(SchedulingProblem problem)
    {
        if ((RefuseOtherThanChains(problem) ?? RefuseOtherThanMachines(problem)) is { } reason)
            return reason;
        if (problem.Tasks.Any(t => t.Modes.Length > 1))
            return "a task has more than one mode";
        return problem.Jobs.All(j => j.NumTasks == problem.Resources.Count)
            ? null
            : "a job has not as many steps as there are machines";
    }

    private protected override string WriteText(SchedulingProblem problem)
    {
        var text = new StringBuilder($"{Text(problem.Jobs.Count)} {Text(problem.Resources.Count)}\n");
        foreach (var job in problem.Jobs)
        {
            var steps = problem.Tasks.Skip(job.FirstTask).Take(job.NumTasks).Select(t => t.Modes[0]);
            text.AppendJoin(' ', steps.Select(m => $"{Text(m.Uses[0].Resource)} {Text(m.Duration)}")).Append('\n');
        }
        return text.ToString();
    }
}

/// <summary>Steps of a job, one after the other, as shop files give them.</summary>
internal static class ShopSteps
{
    public static TaskInput Task(int job, int step, ModeInput[] modes) =>
        new()
        {
            Id = Id(job, step),
            After = step == 1 ? [] : [Id(job, step - 1)],
            Modes = modes,
        };

    /// <summary>Named after its machine.</summary>
    public static ModeInput Mode(string machine, int duration) =>
        new()
        {
            Id = machine,
            Duration = duration,
            Uses = new Dictionary<string, int> { [machine] = 1 },
        };

    private static string Id(int job, int step) => FormattableString.Invariant($"j{job}.{step}");
}

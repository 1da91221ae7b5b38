using QuantumAiWorkflows.Formats;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>
/// PSPLIB's .sm and .mm (Kolisch and Sprecher, "PSPLIB: a project scheduling problem library", European Journal of Operational
/// Research 96, 1996): one project whose jobs are tasks here, numbered from 1, the first and the last of them events of
/// duration 0. Renewable resources only, R1, R2, ...; the due date and its cost are read and say nothing about the makespan.
/// </summary>
public sealed class PsplibFormat : SchedulingFormat
{
    private const string ProjectId = "project";

    public override string Id => "psplib";

    public override string Title => "PSPLIB project file, renewable resources";

    public override string Extension => ".sm";

    private protected override void ReadLines(ScheduleFile file)
    {
        var lines = file.Lines;
        if (
            !TryField(file, "projects", 1, 1, out _)
            || !TryField(file, "jobs", 1, SchedulingProblem.MaxTasks, out var count)
            || !TryField(file, "- renewable", 0, SchedulingProblem.MaxResources, out var resources)
            || !TryField(file, "- nonrenewable", 0, 0, out _)
            || !TryField(file, "- doubly constrained", 0, 0, out _)
            || !TrySection(file, "pronr.")
            || !TryRow(file, "the project's dates")
            || !lines.TryInt("the project's number", 1, 1, out _)
            || !lines.TryInt("the number of jobs", 0, count, out _)
            || !lines.TryInt("the release date", 0, SchedulingProblem.MaxHorizon, out var release)
            || !lines.TryInt("the due date", 0, SchedulingProblem.MaxHorizon, out var due)
            || !lines.TryInt("the cost of tardiness", 0, SchedulingProblem.MaxTotalWeight, out var weight)
        )
            return;

        var tasks = new ProjectTask[count];
        for (var i = 0; i < count; i++)
            tasks[i] = new();
        if (
            !TrySection(file, "jobnr.")
            || !TryReadPrecedences(file, tasks)
            || !TrySection(file, "jobnr.")
            || !TryReadRequests(file, tasks, resources)
            || !TrySection(file, "RESOURCEAVAILABILITIES")
            || !TryRow(file, "the names of the resources")
            || (resources > 0 && !TryRow(file, "the capacities"))
        )
            return;
        for (var r = 1; r <= resources; r++)
        {
            if (!lines.TryInt("a capacity", 1, SchedulingProblem.MaxUnits, out var capacity))
                return;
            file.Resources.Add(new() { Id = $"R{Text(r)}", Capacity = capacity });
        }
        if (resources > 0 && !lines.TryEnd())
            return;
        while (file.NextLine())
            if (!IsRule(lines))
            {
                lines.Refuse("Expected the end of the file after the capacities.");
                return;
            }
        file.Add(
            new()
            {
                Id = ProjectId,
                Release = release,
                Due = due,
                Weight = weight,
                Tasks = [.. tasks.Select((t, i) => t.ToInput(i + 1))],
            },
            [.. tasks.Select(t => t.Line)]
        );
    }

    private static bool TryReadPrecedences(ScheduleFile file, ProjectTask[] tasks)
    {
        var (lines, left) = (file.Lines, SchedulingProblem.MaxPrecedences);
        for (var i = 0; i < tasks.Length; i++)
        {
            if (
                !TryRow(file, $"job {Text(i + 1)} of {Text(tasks.Length)}")
                || !lines.TryInt("the job's number", i + 1, i + 1, out _)
                || !lines.TryInt("the number of modes", 1, 1000, out tasks[i].NumModes)
                || !lines.TryInt("the number of successors", 0, Math.Min(tasks.Length - 1, left), out var successors)
            )
                return false;
            tasks[i].Line = lines.Line;
            left -= successors;
            for (var k = 0; k < successors; k++)
            {
                if (!lines.TryInt("a successor", 1, tasks.Length, out var successor))
                    return false;
                if (tasks[successor - 1].After is [.., var last] && last == Text(i + 1))
                    return lines.Refuse($"Job {successor} is given twice among the successors.", successor);
                tasks[successor - 1].After.Add(Text(i + 1));
            }
            if (!lines.TryEnd())
                return false;
        }
        return true;
    }

    private static bool TryReadRequests(ScheduleFile file, ProjectTask[] tasks, int resources)
    {
        var (lines, left) = (file.Lines, SchedulingProblem.MaxModes);
        for (var i = 0; i < tasks.Length; i++)
        for (var m = 1; m <= tasks[i].NumModes; m++)
        {
            // A job's number stands on the line of its first mode only.
            if (
                !TryRow(file, $"mode {Text(m)} of job {Text(i + 1)}")
                || (m == 1 && !lines.TryInt("the job's number", i + 1, i + 1, out _))
                || !lines.TryInt("the mode's number", m, m, out _)
                || !lines.TryInt("a duration", 0, SchedulingProblem.MaxHorizon, out var duration)
            )
                return false;
            if (--left < 0)
                return lines.Refuse($"Expected at most {SchedulingProblem.MaxModes} modes in all.");
            var uses = new Dictionary<string, int>();
            for (var r = 1; r <= resources; r++)
            {
                if (!lines.TryInt("units of a resource", 0, SchedulingProblem.MaxUnits, out var units))
                    return false;
                if (units > 0)
                    uses.Add($"R{Text(r)}", units);
            }
            if (!lines.TryEnd())
                return false;
            tasks[i].Modes.Add(new() { Duration = duration, Uses = uses });
        }
        return true;
    }

    /// <summary>Goes to the line "name ... : number" and reads the number.</summary>
    private static bool TryField(ScheduleFile file, string name, int low, int high, out int value)
    {
        value = 0;
        if (!TrySection(file, name))
            return false;
        ReadOnlySpan<char> token;
        do token = file.Lines.Token();
        while (!token.IsEmpty && token[^1] != ':');
        return file.Lines.TryInt($"a number behind \"{name} :\"", low, high, out value);
    }

    /// <summary>Goes to the next line that begins with a text.</summary>
    private static bool TrySection(ScheduleFile file, string begin)
    {
        while (file.NextLine())
            if (file.Lines.Content.TrimStart().StartsWith(begin, StringComparison.OrdinalIgnoreCase))
                return true;
        return file.Lines.Refuse($"Expected a line that begins with \"{begin}\"; the file ends.");
    }

    /// <summary>Goes to the next line; a line drawn under a heading is skipped, one of asterisks ends a section.</summary>
    private static bool TryRow(ScheduleFile file, string what)
    {
        while (file.NextLine())
        {
            var content = file.Lines.Content.Trim();
            if (content.StartsWith("***"))
                return file.Lines.Refuse($"Expected {what}; the section ends.");
            if (!content.StartsWith("---"))
                return true;
        }
        return file.Lines.Refuse($"Expected {what}; the file ends.");
    }

    private static bool IsRule(TextLines lines) => lines.Content.Trim().TrimStart('*').IsEmpty;

    private protected override string? Refusal(SchedulingProblem problem)
    {
        if (problem.Jobs.Count != 1)
            return $"it has one project, the problem has {problem.Jobs.Count} jobs";
        return problem.Jobs[0].Due is null ? "the job has no due date, a file has one" : null;
    }

    private protected override string WriteText(SchedulingProblem problem) => PsplibWriter.Write(problem);

    /// <summary>What is known of a job while the file is read.</summary>
    private sealed class ProjectTask
    {
        public int NumModes;
        public int Line;

        public List<string> After { get; } = [];

        public List<ModeInput> Modes { get; } = [];

        public TaskInput ToInput(int number) =>
            new()
            {
                Id = Text(number),
                After = [.. After],
                Modes = [.. Modes],
            };
    }
}

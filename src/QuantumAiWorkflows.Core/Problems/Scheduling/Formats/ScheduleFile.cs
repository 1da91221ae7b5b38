using System.Globalization;
using QuantumAiWorkflows.Formats;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>A file on its way to a problem: its lines, the jobs and resources read so far, and which line each came from.</summary>
internal sealed class ScheduleFile(TextLines lines)
{
    private readonly List<(JobInput Job, int[] Lines)> _jobs = [];

    public TextLines Lines => lines;

    public List<ResourceInput> Resources { get; } = [];

    /// <param name="taskLines">The line of each task.</param>
    public void Add(JobInput job, params int[] taskLines) => _jobs.Add((job, taskLines));

    /// <summary>The next line that is neither blank nor a comment; false at the end of the file.</summary>
    public bool NextLine()
    {
        while (lines.NextLine())
            if (!lines.Content.TrimStart().StartsWith('#'))
                return true;
        return false;
    }

    /// <summary>Refuses what stands behind the last line that is expected. Always false when there is something.</summary>
    public bool TryEndOfFile() =>
        !NextLine() || lines.Refuse("Expected the end of the file; there is more than its first line says.");

    public SchedulingInput ToInput() =>
        new()
        {
            Family = "scheduling",
            Resources = [.. Resources],
            Jobs = [.. _jobs.Select(j => j.Job)],
        };

    /// <summary>Where <c>/jobs/j/tasks/t</c> stood; line 1 for what is about the file as a whole.</summary>
    public int LineOf(string pointer)
    {
        var tokens = pointer.Split('/');
        if (tokens is not ["", "jobs", var job, ..] || !int.TryParse(job, CultureInfo.InvariantCulture, out var j))
            return 1;
        var taskLines = _jobs[j].Lines;
        return tokens is [_, _, _, "tasks", var task, ..] && int.TryParse(task, CultureInfo.InvariantCulture, out var t)
            ? taskLines[Math.Min(t, taskLines.Length - 1)]
            : taskLines[0];
    }
}

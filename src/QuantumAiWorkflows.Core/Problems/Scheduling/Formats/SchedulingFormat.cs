using System.ComponentModel;
using System.Globalization;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling.Formats;

/// <summary>
/// A file that holds one scheduling problem, to be done in the shortest time. Lines that begin with # are comments. A file
/// names nothing, so ids come from places in it; what was read writes back, a problem with other ids does not.
/// </summary>
public abstract class SchedulingFormat : ProblemFormat
{
    public override string MediaType => "text/plain";

    public sealed override ProblemFamily Family => SchedulingFamily.Instance;

    public sealed override Type SettingsType => typeof(SchedulingFileSettings);

    protected sealed override string? WriteContent(Problem problem, out string? refusal)
    {
        var schedule = (SchedulingProblem)problem;
        refusal =
            schedule.Objective == ScheduleObjective.Makespan
                ? Refusal(schedule)
                : "a file is for the makespan, the problem has another objective";
        if (refusal is not null)
            return null;
        var text = WriteText(schedule);
        // The ids of a file are its own: what would come back under other ids is another problem.
        if (ReadSchedule(System.Text.Encoding.UTF8.GetBytes(text), new()) is { } again && again.Id == schedule.Id)
            return text;
        refusal = "ids, due dates or weights are other than those that a file of this format reads with";
        return null;
    }

    protected sealed override IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    ) => ReadSchedule(content, faults) is { } problem ? [problem] : null;

    private SchedulingProblem? ReadSchedule(ReadOnlyMemory<byte> content, FaultList faults)
    {
        var before = faults.Count;
        var file = new ScheduleFile(new(content, faults));
        ReadLines(file);
        if (faults.Count > before)
            return null;
        var found = new FaultList();
        var problem = SchedulingReader.Read(file.ToInput(), "", found);
        foreach (var fault in found.Items)
            faults.Add(
                new Fault(FaultCode.FileContent, fault.Detail)
                {
                    Line = file.LineOf(fault.Pointer ?? ""),
                    Column = 1,
                    Value = fault.Value?.DeepClone(),
                    Limit = fault.Limit?.DeepClone(),
                }
            );
        return problem;
    }

    /// <summary>Takes the file apart; adds a fault with its line for what is wrong.</summary>
    private protected abstract void ReadLines(ScheduleFile file);

    /// <summary>Why a problem has not the shape of the format, as the end of a sentence; null when it has.</summary>
    private protected abstract string? Refusal(SchedulingProblem problem);

    /// <summary>Only for what <see cref="Refusal"/> lets through.</summary>
    private protected abstract string WriteText(SchedulingProblem problem);

    private protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each task but the first of its job waits for the one before it and for nothing else; nothing is released later.</summary>
    private protected static string? RefuseOtherThanChains(SchedulingProblem problem)
    {
        foreach (var job in problem.Jobs)
            for (var i = job.FirstTask; i < job.FirstTask + job.NumTasks; i++)
                if (!problem.Tasks[i].After.SequenceEqual(i == job.FirstTask ? [] : [i - 1]))
                    return $"job \"{job.Id}\" is not a chain of tasks, one after the other";
        if (problem.Resources.Any(r => r.Capacity != 1))
            return "a resource has a capacity other than 1";
        return problem.Jobs.Any(j => j.Release != 0) ? "a job has a release date" : null;
    }

    /// <summary>Each mode is time on one machine.</summary>
    private protected static string? RefuseOtherThanMachines(SchedulingProblem problem) =>
        problem.Tasks.FirstOrDefault(t => t.Modes.Any(m => m.Uses is not [{ Amount: 1 }])) is { } task
            ? $"task \"{task.Id}\" does not run on exactly one machine"
            : null;
}

/// <summary>What a file leaves open: nothing; it is minimized by its last end.</summary>
public sealed record SchedulingFileSettings : IFileSettings
{
    [Description("Need not be given; \"scheduling\".")]
    public string? Family { get; init; }
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <param name="Task">Index in the problem.</param>
/// <param name="Mode">Index among the task's modes.</param>
public readonly record struct Placement(int Task, int Start, int Mode);

/// <summary>
/// When each task starts and in which mode, by task. That every task stands there once is the referee's to see, not the
/// type's: an answer may leave tasks out or name them twice.
/// </summary>
public sealed record SchedulingSolution : Solution
{
    public SchedulingSolution(IEnumerable<Placement> placements) =>
        Placements = [.. placements.OrderBy(p => (p.Task, p.Start, p.Mode))];

    public Placement[] Placements { get; }

    public override int CompareTo(Solution? other)
    {
        if (other is not SchedulingSolution o)
            return 1;
        for (var k = 0; k < Math.Min(Placements.Length, o.Placements.Length); k++)
        {
            var (left, right) = (Placements[k], o.Placements[k]);
            var order = (left.Task, left.Start, left.Mode).CompareTo((right.Task, right.Start, right.Mode));
            if (order != 0)
                return order;
        }
        return Placements.Length.CompareTo(o.Placements.Length);
    }

    public bool Equals(SchedulingSolution? other) =>
        other is not null && Placements.AsSpan().SequenceEqual(other.Placements);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var placement in Placements)
            hash.Add(placement);
        return hash.ToHashCode();
    }

    /// <summary><c>{"tasks": [{"id", "start", "mode"}]}</c>.</summary>
    internal JsonObject ToJson(SchedulingProblem problem) =>
        new()
        {
            ["tasks"] = new JsonArray([
                .. Placements.Select(p => new JsonObject
                {
                    ["id"] = problem.Tasks[p.Task].Id,
                    ["start"] = p.Start,
                    ["mode"] = problem.Tasks[p.Task].Modes[p.Mode].Id,
                }),
            ]),
        };

    internal static SchedulingSolution? Read(
        JsonElement element,
        SchedulingProblem problem,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        if (StrictJson.Read<Wire>(element, pointer, faults) is not { } wire)
            return null;
        var tasks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < problem.Tasks.Count; i++)
            tasks.Add(problem.Tasks[i].Id, i);
        var placements = new List<Placement>();
        for (var k = 0; k < wire.Tasks.Length; k++)
        {
            var (given, at) = (wire.Tasks[k], $"{pointer}/tasks/{k}");
            if (!tasks.TryGetValue(given.Id, out var task))
                faults.Add(FaultCode.UnknownValue, $"{at}/id", $"The problem has no task \"{given.Id}\".", given.Id);
            else if (ModeOf(problem.Tasks[task], given, at, faults) is { } mode)
                placements.Add(new(task, given.Start, mode));
        }
        return faults.Count == before ? new(placements) : null;
    }

    private static int? ModeOf(ShopTask task, WireTask given, string at, FaultList faults)
    {
        var ids = task.Modes.Select(m => m.Id);
        if (given.Mode is null && task.Modes.Length == 1)
            return 0;
        if (given.Mode is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{at}/mode",
                $"Task \"{task.Id}\" has {task.Modes.Length} modes; say which one."
            );
        else if (Array.FindIndex(task.Modes, m => m.Id == given.Mode) is >= 0 and var mode)
            return mode;
        else
            faults.Add(
                FaultCode.UnknownValue,
                $"{at}/mode",
                $"Task \"{task.Id}\" has the modes {string.Join(", ", ids.Take(20))}{(task.Modes.Length > 20 ? ", ..." : "")}, not \"{given.Mode}\".",
                given.Mode
            );
        return null;
    }

    private sealed record Wire
    {
        /// <summary>Twice as many as a problem can have: an answer may be wrong, but is read whole.</summary>
        [Length(0, 2 * SchedulingProblem.MaxTasks)]
        public required WireTask[] Tasks { get; init; }
    }

    private sealed record WireTask
    {
        [Length(1, 100)]
        public required string Id { get; init; }

        [Range(-SchedulingProblem.MaxHorizon, SchedulingProblem.MaxHorizon)]
        public required int Start { get; init; }

        [Length(1, 100)]
        public string? Mode { get; init; }
    }
}

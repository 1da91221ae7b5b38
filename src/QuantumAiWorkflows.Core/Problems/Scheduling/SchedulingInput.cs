using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>What a client posts. Times are whole numbers in a unit of the client's choice.</summary>
public sealed record SchedulingInput
{
    [Description("Always \"scheduling\".")]
    public required string Family { get; init; }

    [Description("Need not be given; 1.")]
    [Range(1, 1)]
    public int? Schema { get; init; }

    [Description("Machines, people, tools. An id stands once; a job shop has one resource of capacity 1 per machine.")]
    [Length(0, SchedulingProblem.MaxResources)]
    public ResourceInput[] Resources { get; init; } = [];

    [Description("Orders or projects, each with its tasks. An id stands once.")]
    [Length(1, SchedulingProblem.MaxTasks)]
    public required JobInput[] Jobs { get; init; }

    [Description(
        "makespan: end of the last task. totalTardiness: sum of max(0, completion - due). weightedTardiness: the same, each times its job's weight. maxLateness: max of completion - due, below 0 when all are early. All minimized; jobs without a due date count in the makespan only."
    )]
    public ScheduleObjective Objective { get; init; } = ScheduleObjective.Makespan;

    [Description("Yours to recognise the problem by; no part of its identity.")]
    [Length(0, 200)]
    public string? Name { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 10_000)]
    public string? Notes { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 50)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

public sealed record ResourceInput
{
    [Length(1, 100)]
    public required string Id { get; init; }

    [Description("Units that tasks may use at the same time.")]
    [Range(1, SchedulingProblem.MaxUnits)]
    public int Capacity { get; init; } = 1;
}

public sealed record JobInput
{
    [Length(1, 100)]
    public required string Id { get; init; }

    [Description("No task of the job starts before.")]
    [Range(0, SchedulingProblem.MaxHorizon)]
    public int Release { get; init; }

    [Description("When the job should be complete; being late costs, and is allowed. Null: no matter when.")]
    [Range(0, SchedulingProblem.MaxHorizon)]
    public int? Due { get; init; }

    [Description("What a unit of tardiness costs under weightedTardiness.")]
    [Range(0, SchedulingProblem.MaxTotalWeight)]
    public int Weight { get; init; } = 1;

    [Description("In any order: what must come first is said by after.")]
    [Length(1, SchedulingProblem.MaxTasks)]
    public required TaskInput[] Tasks { get; init; }
}

public sealed record TaskInput
{
    [Description("Stands once in the whole problem, so that tasks of other jobs can name it.")]
    [Length(1, 100)]
    public required string Id { get; init; }

    [Description("Ids of tasks, of this or of other jobs, that end before this one starts.")]
    [Length(0, SchedulingProblem.MaxTasks)]
    public string[] After { get; init; } = [];

    [Description("Ways to do it; one is chosen.")]
    [Length(1, 1000)]
    public required ModeInput[] Modes { get; init; }
}

public sealed record ModeInput
{
    [Description("Stands once in its task. Null: its place among the modes, from \"1\".")]
    [Length(1, 100)]
    public string? Id { get; init; }

    [Description("Without interruption. A task of duration 0 is an event and uses nothing.")]
    [Range(0, SchedulingProblem.MaxHorizon)]
    public required int Duration { get; init; }

    [Description("Units of each resource while it runs, by the resource's id; 0 to 1000000.")]
    public IReadOnlyDictionary<string, int> Uses { get; init; } = new Dictionary<string, int>();
}

public enum ScheduleObjective
{
    Makespan,
    TotalTardiness,
    WeightedTardiness,
    MaxLateness,
}

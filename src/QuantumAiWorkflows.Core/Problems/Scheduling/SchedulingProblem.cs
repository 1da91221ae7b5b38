using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Scheduling.Encodings;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>
/// Jobs of tasks on renewable resources: job shop, flexible job shop, machines with due dates, resource-constrained projects.
/// A task is done in one of its modes, without interruption, after all that it waits for and after its job's release, and
/// resources are never used beyond their capacities. Every problem has a schedule: due dates cost but do not bind, and what
/// could never run is refused when it is read. Times are whole.
/// </summary>
public sealed class SchedulingProblem : Problem
{
    public const int MaxTasks = 10_000;
    public const int MaxResources = 1_000;
    public const int MaxModes = 100_000;

    /// <summary>Of all tasks together.</summary>
    public const int MaxPrecedences = 200_000;

    /// <summary>Of all modes together.</summary>
    public const int MaxUses = 500_000;

    public const int MaxUnits = 1_000_000;

    /// <summary>Latest release plus the longest duration of every task: some optimal schedule ends by then.</summary>
    public const int MaxHorizon = 1_000_000_000;

    /// <summary>Of all jobs together; times a completion of at most twice the horizon it stays below 2^53.</summary>
    public const int MaxTotalWeight = 4_000_000;

    /// <param name="jobs">In <see cref="IdOrder"/>, as resources, the tasks of a job and the modes of a task are.</param>
    /// <param name="tasks">Job after job; valid as <see cref="SchedulingReader"/> leaves them.</param>
    internal SchedulingProblem(
        IReadOnlyList<ShopResource> resources,
        IReadOnlyList<ShopJob> jobs,
        IReadOnlyList<ShopTask> tasks,
        ScheduleObjective objective
    )
    {
        (Resources, Jobs, Tasks, Objective) = (resources, jobs, tasks, objective);
        var followers = new List<int>[tasks.Count];
        for (var i = 0; i < tasks.Count; i++)
            followers[i] = [];
        for (var i = 0; i < tasks.Count; i++)
            foreach (var before in tasks[i].After)
                followers[before].Add(i);
        Followers = [.. followers.Select(f => f.ToArray())];
        Horizon = jobs.Max(j => j.Release) + tasks.Sum(LongestDuration);
    }

    public IReadOnlyList<ShopResource> Resources { get; }

    public IReadOnlyList<ShopJob> Jobs { get; }

    public IReadOnlyList<ShopTask> Tasks { get; }

    public ScheduleObjective Objective { get; }

    /// <summary>Per task those that wait for it, ascending.</summary>
    public IReadOnlyList<int[]> Followers { get; }

    /// <summary>An end by which some optimal schedule is complete.</summary>
    public int Horizon { get; }

    public override ProblemFamily Family => SchedulingFamily.Instance;

    public override Sense Sense => Sense.Minimize;

    /// <summary>Tasks.</summary>
    public override int NumVariables => Tasks.Count;

    /// <summary>Precedences, and for each resource the pairs of tasks that may use it.</summary>
    public override long NumInteractions =>
        field == 0
            ? field = Tasks.Sum(t => (long)t.After.Length) + UsersOfResources().Sum(k => (long)k * (k - 1) / 2)
            : field;

    public override JsonObject Summary => SchedulingSummary.Of(this);

    public override bool HasExactObjectives => true;

    public override Problem? Lookalike(long seed) => SchedulingLookalike.Of(this, seed);

    public override Evaluation Evaluate(Solution solution) => ScheduleReferee.Judge(this, (SchedulingSolution)solution);

    public override JsonObject? Details(Solution? solution) =>
        solution is SchedulingSolution schedule ? ScheduleDetails.Of(this, schedule) : null;

    public override IReadOnlyDictionary<string, string> Drawings { get; } =
        new Dictionary<string, string> { ["svg"] = "image/svg+xml", ["csv"] = "text/csv" };

    public override string Draw(Solution solution, string format) =>
        format switch
        {
            "svg" => GanttChart.Draw(this, (SchedulingSolution)solution),
            "csv" => ScheduleCsv.Write(this, (SchedulingSolution)solution),
            _ => base.Draw(solution, format),
        };

    public override JsonObject SolutionToJson(Solution solution) => ((SchedulingSolution)solution).ToJson(this);

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) =>
        SchedulingSolution.Read(element, this, pointer, faults);

    public override EncodingResult Encode(EncodingRequest request) => SchedulingEncoding.Of(this, request);

    protected override byte[] WriteCanonical() => SchedulingCanonical.Write(this);

    /// <summary>Where a task stands in the canonical JSON.</summary>
    internal string PointerTo(int task) =>
        FormattableString.Invariant($"/jobs/{Tasks[task].Job}/tasks/{task - Jobs[Tasks[task].Job].FirstTask}");

    internal static int LongestDuration(ShopTask task) => task.Modes.Where(m => m.Fits).Max(m => m.Duration);

    private int[] UsersOfResources()
    {
        var users = new int[Resources.Count];
        foreach (var task in Tasks)
        foreach (var resource in task.Modes.SelectMany(m => m.Uses.Select(u => u.Resource)).Distinct())
            users[resource]++;
        return users;
    }
}

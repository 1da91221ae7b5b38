using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Scheduling;

/// <summary>Job shop, flexible job shop, machines with due dates and resource-constrained projects.</summary>
public sealed class SchedulingFamily : ProblemFamily
{
    public static SchedulingFamily Instance { get; } = new();

    private SchedulingFamily() { }

    public override string Id => "scheduling";

    public override string Title =>
        "Scheduling: job shop, flexible job shop, machines with due dates, projects (RCPSP)";

    public override string EvaluatorVersion => "1";

    /// <summary>What could never run is refused when it is read, and due dates do not bind: one task after the other always does.</summary>
    public override bool CanBeInfeasible => false;

    public override bool IsEncodable => true;

    public override IReadOnlyList<string> ClassicalSolvers { get; } = ["cp-sat", "dispatching-rules"];

    public override Type InputType => typeof(SchedulingInput);

    public override JsonObject SolutionSchema =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("tasks"),
            ["properties"] = new JsonObject
            {
                ["tasks"] = new JsonObject
                {
                    ["type"] = "array",
                    ["description"] = "Every task of the problem once.",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("id", "start"),
                        ["properties"] = new JsonObject
                        {
                            ["id"] = new JsonObject { ["type"] = "string" },
                            ["start"] = new JsonObject
                            {
                                ["type"] = "integer",
                                ["description"] = "In the problem's unit of time; the task runs without interruption.",
                            },
                            ["mode"] = new JsonObject
                            {
                                ["type"] = "string",
                                ["description"] =
                                    "The id of one of the task's modes; may be left out where it has one.",
                            },
                        },
                    },
                },
            },
        };

    /// <summary>Three orders through a saw, a drill and a lathe.</summary>
    public override JsonObject Example =>
        new()
        {
            ["family"] = "scheduling",
            ["resources"] = new JsonArray(
                new JsonObject { ["id"] = "drill" },
                new JsonObject { ["id"] = "lathe" },
                new JsonObject { ["id"] = "saw" }
            ),
            ["jobs"] = new JsonArray(
                Job("bracket", 14, ("saw", 3), ("drill", 2), ("lathe", 2)),
                Job("flange", 10, ("saw", 2), ("lathe", 1), ("drill", 4)),
                Job("shaft", 12, ("lathe", 4), ("drill", 3), ("saw", 1))
            ),
            ["objective"] = "makespan",
        };

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) =>
        StrictJson.Read<SchedulingInput>(element, pointer, faults) is { } input
            ? SchedulingReader.Read(input, pointer, faults)
            : null;

    public override Problem ReadCanonical(JsonElement element) => SchedulingCanonical.Read(element);

    /// <summary>Steps one after the other, each on a machine.</summary>
    private static JsonObject Job(string id, int due, params (string Machine, int Duration)[] steps)
    {
        var tasks = new JsonArray();
        string? before = null;
        foreach (var (machine, duration) in steps)
        {
            var task = new JsonObject { ["id"] = $"{id}-{machine}" };
            if (before is not null)
                task["after"] = new JsonArray(before);
            task["modes"] = new JsonArray(
                new JsonObject
                {
                    ["duration"] = duration,
                    ["uses"] = new JsonObject { [machine] = 1 },
                }
            );
            tasks.Add(task);
            before = $"{id}-{machine}";
        }
        return new()
        {
            ["id"] = id,
            ["due"] = due,
            ["tasks"] = tasks,
        };
    }
}

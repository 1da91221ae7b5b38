using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Roster;

/// <summary>Shift rosters: who works which shift on which day.</summary>
public sealed class RosterFamily : ProblemFamily
{
    public static RosterFamily Instance { get; } = new();

    private RosterFamily() { }

    public override string Id => "roster";

    public override string Title => "Shift rosters: cover, days off, consecutive shifts, requests";

    public override string EvaluatorVersion => "1";

    public override bool IsEncodable => true;

    public override IReadOnlyList<string> ClassicalSolvers { get; } = ["cp-sat", "simulated-annealing"];

    public override Type InputType => typeof(RosterInput);

    public override JsonObject SolutionSchema =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("assignments"),
            ["properties"] = new JsonObject
            {
                ["assignments"] = new JsonObject
                {
                    ["type"] = "array",
                    ["description"] =
                        "The shifts worked, by person and day; a day that does not stand here is a day off. One shift a day and person at most.",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("staff", "day", "shift"),
                        ["properties"] = new JsonObject
                        {
                            ["staff"] = new JsonObject { ["type"] = "string" },
                            ["day"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
                            ["shift"] = new JsonObject { ["type"] = "string" },
                        },
                    },
                },
            },
        };

    /// <summary>A week of four people and two shifts that are both to be covered every day.</summary>
    public override JsonObject Example =>
        new()
        {
            ["family"] = "roster",
            ["days"] = 7,
            ["shifts"] = new JsonArray(
                new JsonObject { ["id"] = "early", ["minutes"] = 480 },
                new JsonObject
                {
                    ["id"] = "late",
                    ["minutes"] = 480,
                    ["cannotBeFollowedBy"] = new JsonArray("early"),
                }
            ),
            ["staff"] = new JsonArray(
                Person("Ann", [5], ("shiftOnRequests", 0, "early")),
                Person("Bob", [], ("shiftOffRequests", 4, "late")),
                Person("Eve", [2], ("shiftOnRequests", 3, "late")),
                Person("Joe", [], ("shiftOffRequests", 6, "early"))
            ),
            ["cover"] = new JsonArray([
                .. Enumerable.Range(0, 7).SelectMany(day => new[] { Need(day, "early"), Need(day, "late") }),
            ]),
            ["rules"] = new JsonObject
            {
                ["firstDay"] = "monday",
                ["maxMinutes"] = 2400,
                ["maxConsecutiveShifts"] = 4,
                ["minConsecutiveDaysOff"] = 2,
                ["maxWeekends"] = 1,
            },
        };

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) =>
        StrictJson.Read<RosterInput>(element, pointer, faults) is { } input
            ? RosterReader.Read(input, pointer, faults)
            : null;

    public override Problem ReadCanonical(JsonElement element) => RosterCanonical.Read(element);

    private static JsonObject Need(int day, string shift) =>
        new JsonObject
        {
            ["day"] = day,
            ["shift"] = shift,
            ["required"] = 1,
            ["weightUnder"] = 100,
            ["weightOver"] = 1,
        };

    private static JsonObject Person(string id, int[] daysOff, (string Kind, int Day, string Shift) request) =>
        new()
        {
            ["id"] = id,
            ["daysOff"] = new JsonArray([.. daysOff.Select(d => (JsonNode)d)]),
            [request.Kind] = new JsonArray(
                new JsonObject
                {
                    ["day"] = request.Day,
                    ["shift"] = request.Shift,
                    ["weight"] = 2,
                }
            ),
        };
}

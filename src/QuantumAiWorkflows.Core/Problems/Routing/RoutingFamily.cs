using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing.Input;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>From the travelling salesman to vehicle routing with time windows, pickups, several depots and optional stops.</summary>
public sealed class RoutingFamily : ProblemFamily
{
    public static RoutingFamily Instance { get; } = new();

    private RoutingFamily() { }

    public override string Id => "routing";

    public override string Title => "Routing: travelling salesman and vehicle routing";

    public override string EvaluatorVersion => "1";

    public override IReadOnlyList<string> ClassicalSolvers { get; } =
    ["hybrid-genetic-search", "local-search-routing", "nearest-neighbour"];

    public override Type InputType => typeof(RoutingInput);

    public override JsonObject SolutionSchema =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("routes"),
            ["properties"] = new JsonObject
            {
                ["routes"] = new JsonObject
                {
                    ["type"] = "array",
                    ["description"] = "One entry for each vehicle that is used; stops in no route are left out.",
                    ["items"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["required"] = new JsonArray("vehicle", "stops"),
                        ["properties"] = new JsonObject
                        {
                            ["vehicle"] = new JsonObject
                            {
                                ["type"] = "string",
                                ["description"] = "Id of the vehicle's kind.",
                            },
                            ["stops"] = new JsonObject
                            {
                                ["type"] = "array",
                                ["items"] = new JsonObject { ["type"] = "string" },
                                ["description"] = "Ids of stops in the order of the visits.",
                            },
                        },
                    },
                },
            },
        };

    public override JsonObject Example => RoutingExample.Morning();

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) =>
        StrictJson.Read<RoutingInput>(element, pointer, faults) is { } input
            ? RoutingReader.Read(input, pointer, faults)
            : null;

    public override Problem ReadCanonical(JsonElement element)
    {
        var faults = new FaultList();
        return Read(element, "", faults)
            ?? throw new JsonException($"Not a canonical routing problem: {faults.Items[0].Detail}");
    }
}

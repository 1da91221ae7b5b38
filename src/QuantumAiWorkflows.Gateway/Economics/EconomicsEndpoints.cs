using System.Text.Json.Nodes;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Economics;

internal static class EconomicsEndpoints
{
    public static void MapEconomics(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/tco", CompareAsync)
            .Accepts<CostOfOwnership>("application/json")
            .Produces<TcoResult>()
            .WithRefusals(400, 413, 415, 422)
            .WithMetadata(new ExampleDocs("a classical, a cloud and a quantum option", TcoExample.Body))
            .WithTags("Economics")
            .WithName("CompareCostOfOwnership")
            .WithSummary("Cost of ownership of two or more options, side by side")
            .WithDescription(
                "Nine items of cost and any benefits for each option, over a horizon: present values, net present value, "
                    + "break-even month and what the answer hangs on. Nothing is stored. A suite's member `costOfOwnership` "
                    + "takes the same sheet and fills in the runtimes and the business value from its runs."
            );
        app.MapGet(
                "/v1/hardware-profiles",
                () => Results.Json(new Page<HardwareProfile>(HardwareProfile.BuiltIn, null), StrictJson.Options)
            )
            .Produces<Page<HardwareProfile>>()
            .WithTags("Economics")
            .WithName("ListHardwareProfiles")
            .WithSummary("Quantum processors that usage is modelled for, with source and date");
    }

    private static async Task<IResult> CompareAsync(HttpRequest request)
    {
        var (body, refusal) = await request.ReadJsonAsync();
        if (body is null)
            return refusal!;
        using (body)
        {
            var faults = new FaultList();
            return CostOfOwnership.Read(body.RootElement, faults) is { } sheet
                ? Results.Json(Tco.Of(sheet), StrictJson.Options)
                : Refusal.Of(faults);
        }
    }
}

/// <summary>A sheet that can be posted as it stands. Its figures are made up; they show what each item is.</summary>
internal static class TcoExample
{
    public static JsonObject Body() =>
        new()
        {
            ["currency"] = "USD",
            ["horizonMonths"] = 36,
            ["discountRatePerYear"] = 0.08,
            ["sensitivityPercent"] = 20,
            ["workload"] = new JsonObject { ["solvesPerMonth"] = 3000 },
            ["options"] = new JsonArray(
                Option("our solver", "classical", [0.1, 0.0001, 2000, 0, 100, 200, 200, 0, 100], 0),
                Option("cloud AI", "cloudAi", [0.2, 0, 8000, 0.02, 200, 400, 300, 5000, 400], 40),
                Option("quantum", "quantum", [0.5, 0, 20000, 1.2, 400, 1500, 800, 15000, 600], 20)
            ),
        };

    private static JsonObject Option(string name, string kind, double[] amounts, double hoursSaved)
    {
        JsonObject option = new()
        {
            ["name"] = name,
            ["kind"] = kind,
            ["lines"] = new JsonArray(
                Line("specialisedSkills", amounts[0], "person-months", 9000, "month"),
                Line("simulatorRuntime", 1, null, amounts[1], "solve"),
                Line("integrationOverhead", 1, null, amounts[2], "once"),
                Line("cloudUsage", 1, null, amounts[3], "solve"),
                Line("governance", 1, null, amounts[4], "month"),
                Line("experimentation", 1, null, amounts[5], "month"),
                Line("validation", 1, null, amounts[6], "month"),
                Line("vendorLockIn", 1, null, amounts[7], "end"),
                Line("retraining", 1, null, amounts[8], "month")
            ),
        };
        if (hoursSaved > 0)
            option["benefits"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "planning time saved",
                    ["quantity"] = hoursSaved,
                    ["unit"] = "hours",
                    ["unitPrice"] = 60,
                    ["per"] = "month",
                    ["source"] = "made up for this example",
                }
            );
        return option;
    }

    private static JsonObject Line(string item, double quantity, string? unit, double unitPrice, string per)
    {
        JsonObject line = new() { ["item"] = item, ["quantity"] = quantity };
        if (unit is not null)
            line["unit"] = unit;
        line["unitPrice"] = unitPrice;
        line["per"] = per;
        line["source"] = "made up for this example";
        return line;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Subsets of features that are relevant to a target and not redundant with each other.</summary>
public sealed class FeatureSelectionFamily : ProblemFamily
{
    public const string FamilyId = "feature-selection";

    public static FeatureSelectionFamily Instance { get; } = new();

    private FeatureSelectionFamily() { }

    public override string Id => FamilyId;

    public override string Title => "Feature subsets: relevance against redundancy, from a table or from scores";

    public override string EvaluatorVersion => "1";

    public override bool IsEncodable => true;

    public override IReadOnlyList<string> ClassicalSolvers { get; } =
    ["cp-sat", "tabu", "simulated-annealing", "greedy-mrmr"];

    public override Type InputType => typeof(FeatureSelectionInput);

    public override JsonObject SolutionSchema =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("features"),
            ["properties"] = new JsonObject
            {
                ["features"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "string" },
                    ["description"] = "Names of the chosen features, in the order of the problem's.",
                },
            },
        };

    public override JsonObject Example =>
        new()
        {
            ["family"] = FamilyId,
            ["table"] = new JsonObject
            {
                ["columns"] = new JsonArray([
                    .. ((string[])["age", "income", "salary", "region", "churned"]).Select(name => new JsonObject
                    {
                        ["name"] = name,
                    }),
                ]),
                ["rows"] = new JsonArray(
                    new JsonArray(25, 30000, 2500, "north", "yes"),
                    new JsonArray(31, 42000, 3500, "south", "yes"),
                    new JsonArray(45, 58000, 4800, "north", "no"),
                    new JsonArray(52, 61000, 5100, "south", "no"),
                    new JsonArray(38, 33000, 2700, "north", "yes"),
                    new JsonArray(60, 75000, null, "south", "no")
                ),
            },
            ["target"] = "churned",
            ["task"] = "classification",
            ["criterion"] = "pearson",
            ["alpha"] = 0.5,
            ["size"] = new JsonObject { ["exactly"] = 2 },
        };

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) =>
        StrictJson.Read<FeatureSelectionInput>(element, pointer, faults) is { } input
            ? FeatureSelectionReader.Read(input, pointer, faults)
            : null;

    public override Problem ReadCanonical(JsonElement element) => FeatureSelectionCanonical.Read(element);
}

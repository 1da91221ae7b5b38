using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo.Input;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>Raw QUBO and Ising problems, Max-Cut among them.</summary>
public sealed class QuboFamily : ProblemFamily
{
    public static QuboFamily Instance { get; } = new();

    private QuboFamily() { }

    public override string Id => "qubo";

    public override string Title => "Quadratic unconstrained binary optimization, QUBO or Ising";

    public override string EvaluatorVersion => "1";

    public override bool CanBeInfeasible => false;

    public override bool IsEncodable => true;

    public override IReadOnlyList<string> ClassicalSolvers { get; } = ["auto", "cp-sat"];

    public override Type InputType => typeof(QuboInput);

    public override JsonObject SolutionSchema =>
        new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray("values"),
            ["properties"] = new JsonObject
            {
                ["values"] = new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray(-1, 0, 1) },
                    ["description"] =
                        "One value per variable: 0 or 1, or -1 or +1 when the problem was posed in spins.",
                },
                ["byLabel"] = new JsonObject
                {
                    ["type"] = "object",
                    ["description"] = "The same values by label; present when the problem has labels.",
                },
            },
        };

    public override JsonObject Example =>
        new()
        {
            ["family"] = "qubo",
            ["coo"] = new JsonObject
            {
                ["numVariables"] = 3,
                ["row"] = new JsonArray(0, 0, 1),
                ["col"] = new JsonArray(0, 1, 2),
                ["value"] = new JsonArray(-1, 2, -3),
            },
        };

    public override Problem? Read(JsonElement element, string pointer, FaultList faults) =>
        StrictJson.Read<QuboInput>(element, pointer, faults) is { } input
            ? QuboReader.Read(input, pointer, faults)
            : null;

    public override Problem ReadCanonical(JsonElement element) => QuboCanonical.Read(element);
}

using System.Globalization;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>All of an outcome that a seed and a count budget determine, as text that compares bit by bit.</summary>
internal static class OutcomeJson
{
    public static string Of(Problem problem, SolveOutcome outcome, SolveContext context)
    {
        var json = new JsonObject { ["kind"] = outcome.GetType().Name, ["evaluations"] = context.Evaluations };
        if (outcome is SolveOutcome.Found found)
        {
            json["best"] = problem.SolutionToJson(found.Best);
            json["bound"] = found.Bound?.ToString("R", CultureInfo.InvariantCulture);
            json["proven"] = found.IsProven;
        }
        json["samples"] = new JsonArray([
            .. outcome.Samples.Select(s => new JsonArray(problem.SolutionToJson(s.Solution), s.Occurrences)),
        ]);
        return json.ToJsonString();
    }
}

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>What a chosen subset is made of, and why the most relevant features outside it are outside.</summary>
internal static class FeatureSelectionDetails
{
    private const int MaxLeftOut = 10;

    /// <summary>O(k²) redundancies, as many as scoring the subset takes.</summary>
    public static JsonObject Of(FeatureSelectionProblem problem, FeatureSelectionSolution solution)
    {
        var chosen = solution.Features.Where(f => f >= 0 && f < problem.NumVariables).Distinct().ToArray();
        var totals = Array.ConvertAll(chosen, f => Total(problem, chosen, f));
        var rules = problem.Constraints;
        var json = new JsonObject
        {
            ["chosen"] = new JsonArray([
                .. chosen.Select((f, at) => Describe(problem, f, totals[at], chosen.Length - 1)),
            ]),
            ["relevance"] = chosen.Sum(f => problem.Scores.Relevance[f]),
            ["redundancy"] = totals.Sum() / 2,
            ["pairWeight"] = problem.PairWeight,
        };
        if (rules.Costs is not null)
            json["cost"] = chosen.Sum(rules.Cost) * SelectionConstraints.CostUnit;
        json["leftOut"] = new JsonArray([
            .. Enumerable
                .Range(0, problem.NumVariables)
                .Except(chosen)
                .OrderByDescending(f => problem.Scores.Relevance[f])
                .ThenBy(f => f)
                .Take(MaxLeftOut)
                .Select(f => Explain(problem, chosen, totals, f)),
        ]);
        return json;
    }

    private static JsonObject Describe(FeatureSelectionProblem problem, int feature, double total, int others)
    {
        var json = new JsonObject
        {
            ["feature"] = problem.Names[feature],
            ["relevance"] = problem.Scores.Relevance[feature],
            ["meanRedundancy"] = others < 1 ? 0 : total / others,
        };
        if (problem.Constraints.Costs is not null)
            json["cost"] = problem.Constraints.Cost(feature) * SelectionConstraints.CostUnit;
        return json;
    }

    private static double Total(FeatureSelectionProblem problem, int[] chosen, int feature) =>
        chosen.Sum(f => problem.Scores.Redundancy(f, feature));

    /// <summary>
    /// Reason: <c>excluded</c>; <c>violates</c> with the constraints that adding it would break, and the best exchange for a chosen
    /// feature that breaks nothing; <c>objective</c>, when it could be added but the objective would not rise; or
    /// <c>improves</c>, when it would, and the answer is not the best there is.
    /// </summary>
    private static JsonObject Explain(FeatureSelectionProblem problem, int[] chosen, double[] totals, int feature)
    {
        var redundancies = Array.ConvertAll(chosen, f => problem.Scores.Redundancy(f, feature));
        var total = redundancies.Sum();
        var json = Describe(problem, feature, total, chosen.Length);
        var change = problem.Scores.Relevance[feature] - problem.PairWeight * total;
        json["changeIfAdded"] = change;
        if (chosen.Length > 0)
            json["mostRedundantWith"] = problem.Names[chosen[Array.IndexOf(redundancies, redundancies.Max())]];
        if (problem.Constraints.Excluded[feature])
        {
            json["reason"] = "excluded";
            return json;
        }
        var broken = Broken(problem, [.. chosen.Append(feature).Order()]);
        if (broken.Count == 0)
        {
            json["reason"] = change > 0 ? "improves" : "objective";
            return json;
        }
        json["reason"] = "violates";
        json["violates"] = new JsonArray([.. broken.Select(c => (JsonNode)c)]);
        (int Feature, double Change)? best = null;
        for (var at = 0; at < chosen.Length; at++)
        {
            var removed = chosen[at];
            // Without the removed one, both have less redundancy than the sums over all of the chosen say.
            var gain =
                change - problem.Scores.Relevance[removed] + problem.PairWeight * (totals[at] + redundancies[at]);
            if (
                !(gain <= best?.Change)
                && Broken(problem, [.. chosen.Where(f => f != removed).Append(feature).Order()]).Count == 0
            )
                best = (removed, gain);
        }
        json["bestExchange"] = best is var (other, difference)
            ? new JsonObject { ["for"] = problem.Names[other], ["change"] = difference }
            : null;
        return json;
    }

    private static List<string> Broken(FeatureSelectionProblem problem, int[] features) =>
        [.. SelectionReferee.Violations(problem, features, features).Select(v => v.Constraint).Distinct()];
}

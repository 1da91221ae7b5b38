using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>What was understood of a table or of scores, and what is done about the parts of a table that say nothing.</summary>
internal static class FeatureSelectionSummary
{
    /// <summary>Names in a list; the count beside it is always of all.</summary>
    private const int MaxListed = 20;

    public static JsonObject Of(FeatureSelectionProblem problem)
    {
        var rules = problem.Constraints;
        var json = new JsonObject
        {
            ["numFeatures"] = problem.NumVariables,
            ["form"] = problem.Table is null ? "scores" : "table",
            ["alpha"] = problem.Alpha,
            ["pairWeight"] = problem.PairWeight,
            ["size"] = new JsonObject { [rules.IsExact ? "exactly" : "atMost"] = rules.Size },
            ["groups"] = rules.Groups.Count,
            ["required"] = rules.Required.Count(r => r),
            ["excluded"] = rules.Excluded.Count(e => e),
        };
        if (rules.Costs is not null)
            json["budget"] = rules.Budget * SelectionConstraints.CostUnit;
        if (problem.Table is { } table)
            Describe(table, problem.Criterion, json);
        else
            json["redundancies"] = problem.NumInteractions;
        json["mostRelevant"] = new JsonArray([
            .. problem
                .Scores.Relevance.Select((relevance, i) => (relevance, i))
                .OrderByDescending(r => r.relevance)
                .ThenBy(r => r.i)
                .Take(10)
                .Select(r => new JsonObject { ["feature"] = problem.Names[r.i], ["relevance"] = r.relevance }),
        ]);
        return json;
    }

    private static void Describe(FeatureTable table, Criterion criterion, JsonObject json)
    {
        json["numRows"] = table.NumRows;
        json["target"] = table.Target.Name;
        json["task"] = table.Task == SelectionTask.Classification ? "classification" : "regression";
        if (table.Task == SelectionTask.Classification)
        {
            json["numClasses"] = table.Target.Levels.Count;
            json["classes"] = Classes(table.Target);
        }
        json["criterion"] = criterion switch
        {
            Criterion.Pearson => "pearson",
            Criterion.Spearman => "spearman",
            _ => "mutualInformation",
        };
        if (criterion == Criterion.MutualInformation)
            json["bins"] = MutualInformationScores.Bins(table.NumRows);
        json["numericFeatures"] = table.Features.Count(f => f.IsNumeric);
        // By name: one word among its numbers makes a column categorical.
        List(json, "categorical", table.Features.Where(f => !f.IsNumeric));
        json["missingValues"] = table.Features.Sum(f => (long)f.CountMissing());
        json["missingTreatment"] =
            criterion == Criterion.MutualInformation
                ? "a missing number is a bin of its own, a missing category a category"
                : "a missing number counts as the column's mean, a missing category is a category";
        List(json, "withMissing", table.Features.Where(f => f.CountMissing() > 0));
        // They stay: their relevance and redundancy are 0.
        List(json, "constant", table.Features.Where(f => f.IsConstant()));
        List(json, "withRareCategoriesMerged", table.Features.Where(f => f.Levels.Count > CodedColumn.MaxCodes));
    }

    private static JsonArray Classes(TableColumn target) =>
        [
            .. target
                .Codes!.CountBy(code => code)
                .OrderBy(c => c.Key)
                .Take(MaxListed)
                .Select(c => new JsonObject { ["value"] = Shown(target.Levels[c.Key]), ["rows"] = c.Value }),
        ];

    /// <summary>Only words are long.</summary>
    private static JsonNode? Shown(string level) =>
        level.Length <= 60 ? JsonNode.Parse(level) : NameReader.Short(JsonSerializer.Deserialize<string>(level)!);

    private static void List(JsonObject json, string name, IEnumerable<TableColumn> columns)
    {
        var names = columns.Select(c => c.Name).ToList();
        json[name] = new JsonObject
        {
            ["count"] = names.Count,
            ["features"] = new JsonArray([.. names.Take(MaxListed).Select(n => (JsonNode)n)]),
        };
    }
}

using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Drawings;

/// <summary>One row per candidate subset. Scores are empty without a validation, and <c>rankedBy</c> says what the order is.</summary>
internal static class SubsetTable
{
    public static string Write(IReadOnlyList<ShownSubset> subsets, ValidationReport? report)
    {
        using var csv = new CsvText();
        csv.Row([
            "rank",
            "rankedBy",
            "size",
            "features",
            "objective",
            "placeByObjective",
            "score",
            "scoreLow",
            "scoreHigh",
            "chance",
            "naiveScore",
            "optimism",
            "stability",
            "leaks",
        ]);
        foreach (var subset in subsets)
        {
            var own = subset.Report;
            var score = own?.Validation.Score;
            csv.Row([
                Text(subset.Rank),
                report?.Protocol.Metric ?? "objective only",
                Text(subset.Features.Count),
                List(subset.Features),
                Text(subset.Objective),
                Text(own?.ProposedRank ?? subset.Rank),
                Text(score?.Mean),
                Text(score?.Low),
                Text(score?.High),
                Text(report?.Chance.GetValueOrDefault(report.Protocol.Metric)?.Mean),
                Text(own?.Validation.Naive.Mean),
                Text(own?.Validation.Optimism.Mean),
                Text(own?.Stability.Folds?.Nogueira?.Value),
                own is null ? "" : List(own.Leaks),
            ]);
        }
        return csv.ToString();
    }

    /// <summary>A JSON array: names may hold whatever else would stand between them.</summary>
    private static string List(IReadOnlyList<string> names) => JsonSerializer.Serialize(names, StrictJson.Options);

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

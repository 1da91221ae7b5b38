using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Drawings;

/// <summary>A candidate as it is drawn.</summary>
/// <param name="Rank">From 1: by validated score, else by objective.</param>
/// <param name="Report">Null without a validation.</param>
internal sealed record ShownSubset(int Rank, IReadOnlyList<string> Features, double Objective, SubsetReport? Report)
{
    /// <summary>The validated candidates; without a validation the answer and the allowed samples, best objective first.</summary>
    public static IReadOnlyList<ShownSubset> Of(FeatureSelectionProblem problem, RunRecord run, Solution answer)
    {
        if (run.Validation?.Report is { } report)
            return [.. report.Subsets.Select(s => new ShownSubset(s.Rank, s.Features, s.Objective, s))];
        var answers = run
            .Samples.Where(s => s.Feasible)
            .Select(s => NamesOf(s.Solution))
            .Prepend(NamesOf(problem.SolutionToJson(answer)))
            .DistinctBy(names => string.Join('\u001f', names))
            .Select(names =>
                (Names: names, Objective: problem.Objective([.. names.Select(n => problem.IndexOf(n)!.Value)]))
            )
            .OrderByDescending(a => a.Objective);
        return [.. answers.Select((a, at) => new ShownSubset(at + 1, a.Names, a.Objective, null))];
    }

    private static string[] NamesOf(System.Text.Json.Nodes.JsonObject solution) =>
        [.. solution["features"]!.AsArray().Select(f => f!.GetValue<string>())];
}

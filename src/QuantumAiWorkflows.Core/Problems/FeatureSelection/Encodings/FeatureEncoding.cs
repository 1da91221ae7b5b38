using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Encodings;

/// <summary>
/// A binary variable for each feature that may be chosen or not: required and excluded ones are fixed and have none. The
/// objective is quadratic as it stands; constraints count what is left of them behind the required features.
/// </summary>
internal static class FeatureEncoding
{
    /// <summary>
    /// Pairs times rows that redundancies are computed from: about a second of CPU. A table says nothing of how many there are to
    /// compute before an encoding asks for all of them.
    /// </summary>
    internal const long MaxCells = 500_000_000;

    public static EncodingResult Of(FeatureSelectionProblem problem, EncodingRequest request)
    {
        var rules = problem.Constraints;
        int[] free =
        [
            .. Enumerable.Range(0, problem.NumVariables).Where(f => !rules.Required[f] && !rules.Excluded[f]),
        ];
        int[] required = [.. Enumerable.Range(0, problem.NumVariables).Where(f => rules.Required[f])];
        if (EncodingLimits.CheckVariables(free.Length) is { } tooMany)
            return tooMany;
        if (CheckPairs(problem, free.Length, required.Length) is { } tooDense)
            return tooDense;
        var model = new ConstrainedModel(problem.Sense);
        foreach (var feature in free)
            model.AddBinary(problem.Names[feature]);
        AddObjective(problem, free, required, model);
        new FeatureConstraints(problem, free, required.Length, model).Add();
        return QuboEncoder.Encode(
            problem,
            new(
                model,
                values => new FeatureSelectionSolution(
                    required.Concat(free.Where((_, variable) => values[variable] == 1))
                ),
                solution => Values(problem, free, (FeatureSelectionSolution)solution),
                solution => FeatureRepair.Of(problem, (FeatureSelectionSolution)solution),
                CoversOptimum: true
            ),
            request
        );
    }

    /// <summary>Scores were given for some pairs; a table has all of them, each computed over all rows when it is asked for.</summary>
    private static EncodingResult.Refused? CheckPairs(FeatureSelectionProblem problem, int free, int required)
    {
        if (problem.PairWeight == 0)
            return null;
        if (problem.Table is not { } table)
            return EncodingLimits.CheckProducts(PairsOf((GivenScores)problem.Scores, problem.Constraints));
        var pairs = (long)free * (free - 1) / 2;
        if (EncodingLimits.CheckProducts(pairs) is { } tooDense)
            return tooDense;
        var cells = (pairs + (long)free * required + (long)required * required / 2) * table.NumRows;
        return cells <= MaxCells
            ? null
            : new(
                $"The encoding needs the redundancies of {pairs} pairs of features over {table.NumRows} rows, {cells} cells; the limit is {MaxCells}.",
                cells,
                MaxCells,
                "cell"
            );
    }

    /// <summary>Of those given, the ones between features that are free.</summary>
    private static long PairsOf(GivenScores scores, SelectionConstraints rules)
    {
        bool IsFree(int feature) => !rules.Required[feature] && !rules.Excluded[feature];

        var count = 0L;
        for (var k = 0; k < scores.Value.Count; k++)
            if (IsFree(scores.Row[k]) && IsFree(scores.Column[k]))
                count++;
        return count;
    }

    private static void AddObjective(
        FeatureSelectionProblem problem,
        int[] free,
        int[] required,
        ConstrainedModel model
    )
    {
        var (scores, weight) = (problem.Scores, problem.PairWeight);
        model.Offset = problem.Objective(required);
        var row = new double[problem.NumVariables];
        for (var a = 0; a < free.Length; a++)
        {
            if (weight != 0 && problem.Table is null)
                scores.FillRow(free[a], row);
            double Redundancy(int other) => problem.Table is null ? row[other] : scores.Redundancy(free[a], other);

            model.AddObjective(a, scores.Relevance[free[a]]);
            if (weight == 0)
                continue;
            foreach (var other in required)
                if (Redundancy(other) is not 0 and var common)
                    model.AddObjective(a, -weight * common);
            for (var b = a + 1; b < free.Length; b++)
                if (Redundancy(free[b]) is not 0 and var common)
                    model.AddObjective(a, b, -weight * common);
        }
    }

    /// <summary>Null for a subset without a required feature or with one that is excluded or does not exist.</summary>
    private static long[]? Values(FeatureSelectionProblem problem, int[] free, FeatureSelectionSolution solution)
    {
        var chosen = solution.Features.ToHashSet();
        var rules = problem.Constraints;
        if (
            chosen.Count != solution.Features.Count
            || chosen.Any(f => f < 0 || f >= problem.NumVariables || rules.Excluded[f])
            || Enumerable.Range(0, problem.NumVariables).Any(f => rules.Required[f] && !chosen.Contains(f))
        )
            return null;
        return [.. free.Select(f => chosen.Contains(f) ? 1L : 0L)];
    }
}

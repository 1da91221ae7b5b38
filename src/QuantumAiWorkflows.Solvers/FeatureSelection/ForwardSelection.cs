using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>
/// Greedy mRMR: adds the feature with the largest relevance - alpha·(mean redundancy with those chosen so far) until the size is
/// reached (Peng, Long and Ding, 2005). A feature that brings the subset nearer to being allowed comes before one that does not.
/// </summary>
internal static class ForwardSelection
{
    /// <summary>
    /// O(k·n), and k rows of redundancies. An evaluation is a feature looked at. Where fewer are left than a step takes, the most
    /// relevant features that fit come in without a look.
    /// </summary>
    /// <param name="first">To begin with; null for the best.</param>
    public static void Run(Subset subset, SolveContext context, int? first = null)
    {
        subset.Clear();
        if (first is { } given && !subset.Contains(given))
            subset.Add(given);
        var rules = subset.Problem.Constraints;
        while (subset.Count < rules.Size)
        {
            if (context.EvaluationsLeft <= subset.Movable.Length || context.ShouldStop())
            {
                Fill(subset);
                return;
            }
            context.CountEvaluations(subset.Movable.Length);
            if (Best(subset) is not { } feature)
                return;
            subset.Add(feature);
        }
    }

    /// <summary>Null when every feature would make it worse: possible only where fewer than the size are allowed.</summary>
    private static int? Best(Subset subset)
    {
        var (problem, violation) = (subset.Problem, subset.Violation);
        var relevance = problem.Scores.Relevance;
        var share = subset.Count == 0 ? 0 : problem.Alpha / subset.Count;
        var (least, best, found) = (double.PositiveInfinity, double.NegativeInfinity, -1);
        foreach (var feature in subset.Movable)
        {
            if (subset.Contains(feature))
                continue;
            var after = subset.ViolationAfter(-1, feature);
            var score = relevance[feature] - share * subset.Redundancy[feature];
            if (after < least - 1e-9 || (after <= least + 1e-9 && score > best))
                (least, best, found) = (after, score, feature);
        }
        if (found < 0)
            return null;
        return
            problem.Constraints.IsExact
            || least < violation - 1e-9
            || (least <= violation + 1e-9 && subset.GainOfAdding(found) > 0)
            ? found
            : null;
    }

    private static void Fill(Subset subset)
    {
        var rules = subset.Problem.Constraints;
        var relevance = subset.Problem.Scores.Relevance;
        foreach (var feature in subset.Movable.OrderByDescending(f => relevance[f]).ThenBy(f => f))
        {
            if (subset.Count == rules.Size)
                return;
            if (!subset.Contains(feature) && subset.ViolationAfter(-1, feature) <= subset.Violation)
                subset.Add(feature);
        }
    }
}

namespace QuantumAiWorkflows.Problems.FeatureSelection.Baselines;

/// <summary>
/// Makes a ranking of features the subset that the problem asks for: the required ones, then what a group needs at least, then down the
/// ranking, past whatever would break a constraint.
/// </summary>
internal static class RankedSubset
{
    /// <param name="order">Best first; features that it lacks are not chosen, unless they are required.</param>
    /// <returns>May break a constraint where the ranking leaves no other way; the referee says so.</returns>
    public static FeatureSelectionSolution Choose(FeatureSelectionProblem problem, IReadOnlyList<int> order)
    {
        var rules = problem.Constraints;
        var chosen = new HashSet<int>();
        var (cost, inGroup) = (0L, new int[rules.Groups.Count]);
        for (var i = 0; i < problem.NumVariables; i++)
            if (rules.Required[i])
                Take(i);
        for (var g = 0; g < rules.Groups.Count; g++)
            foreach (var feature in order.Where(f => IsIn(g, f)))
                if (inGroup[g] < rules.Groups[g].AtLeast)
                    TryTake(feature);
        foreach (var feature in order)
            TryTake(feature);
        return new(chosen);

        void TryTake(int feature)
        {
            if (
                chosen.Count < rules.Size
                && !rules.Excluded[feature]
                && !chosen.Contains(feature)
                && (rules.Costs is null || cost + rules.Cost(feature) <= rules.Budget)
                && !GroupsOf(feature).Any(g => inGroup[g] >= rules.Groups[g].AtMost)
            )
                Take(feature);
        }

        void Take(int feature)
        {
            chosen.Add(feature);
            cost += rules.Cost(feature);
            foreach (var g in GroupsOf(feature))
                inGroup[g]++;
        }

        IEnumerable<int> GroupsOf(int feature)
        {
            for (var g = 0; g < rules.Groups.Count; g++)
                if (IsIn(g, feature))
                    yield return g;
        }

        bool IsIn(int group, int feature) => Array.BinarySearch(rules.Groups[group].Features, feature) >= 0;
    }
}

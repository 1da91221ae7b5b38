namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Every constraint that a subset breaks, with how far it is from holding.</summary>
internal static class SelectionReferee
{
    private const string Unit = "features";

    /// <param name="chosen">As the answer has it.</param>
    /// <param name="known">Its features that exist, once each, ascending.</param>
    public static List<Violation> Violations(FeatureSelectionProblem problem, IReadOnlyList<int> chosen, int[] known)
    {
        var rules = problem.Constraints;
        var isChosen = new bool[problem.NumVariables];
        foreach (var feature in known)
            isChosen[feature] = true;
        var found = new List<Violation>();
        Add(found, "unknownFeature", "", chosen.Count(f => f < 0 || f >= problem.NumVariables));
        Add(found, "duplicate", "", chosen.Count - chosen.Distinct().Count());

        var size = known.Length - rules.Size;
        Add(found, "size", rules.IsExact ? "/size/exactly" : "/size/atMost", rules.IsExact ? Math.Abs(size) : size);
        Add(
            found,
            "require",
            "/require",
            Enumerable.Range(0, isChosen.Length).Count(i => rules.Required[i] && !isChosen[i])
        );
        Add(found, "exclude", "/exclude", known.Count(i => rules.Excluded[i]));
        if (rules.Costs is not null && known.Sum(rules.Cost) - rules.Budget is > 0 and var excess)
            found.Add(new("budget", "/budget", excess * SelectionConstraints.CostUnit, "cost"));
        for (var g = 0; g < rules.Groups.Count; g++)
        {
            var group = rules.Groups[g];
            var count = group.Features.Count(f => isChosen[f]);
            Add(found, "group", $"/groups/{g}/atLeast", group.AtLeast - count);
            Add(found, "group", $"/groups/{g}/atMost", count - group.AtMost);
        }
        return found;
    }

    private static void Add(List<Violation> found, string constraint, string pointer, int amount)
    {
        if (amount > 0)
            found.Add(new(constraint, pointer, amount, Unit));
    }
}

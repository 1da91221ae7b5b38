using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Encodings;

/// <summary>Size, budget and groups over the features that are free, each less what the required features take of it already.</summary>
/// <param name="free">Features by variable.</param>
/// <param name="numRequired">How many features are required.</param>
internal sealed class FeatureConstraints(
    FeatureSelectionProblem problem,
    int[] free,
    int numRequired,
    ConstrainedModel model
)
{
    private readonly SelectionConstraints _rules = problem.Constraints;

    public void Add()
    {
        model.AddConstraint(
            "size",
            "size",
            _rules.IsExact ? "/size/exactly" : "/size/atMost",
            [.. free.Select((_, variable) => (variable, 1.0))],
            _rules.IsExact ? Relation.Equal : Relation.AtMost,
            _rules.Size - numRequired
        );
        AddBudget();
        AddGroups();
    }

    /// <summary>Costs as the client wrote them, in decimals: their common unit is found from these.</summary>
    private void AddBudget()
    {
        if (_rules.Costs is null)
            return;
        var left = _rules.Budget;
        for (var f = 0; f < problem.NumVariables; f++)
            if (_rules.Required[f])
                left -= _rules.Cost(f);
        model.AddConstraint(
            "budget",
            "budget",
            "/budget",
            [.. free.Select((feature, variable) => (variable, Amount(_rules.Cost(feature))))],
            Relation.AtMost,
            Amount(left)
        );
    }

    private void AddGroups()
    {
        var variables = new Dictionary<int, int>();
        for (var variable = 0; variable < free.Length; variable++)
            variables.Add(free[variable], variable);
        for (var g = 0; g < _rules.Groups.Count; g++)
        {
            var group = _rules.Groups[g];
            var terms = new List<(int, double)>();
            foreach (var feature in group.Features)
                if (variables.TryGetValue(feature, out var variable))
                    terms.Add((variable, 1));
            var taken = group.Features.Count(f => _rules.Required[f]);
            var (atLeast, atMost) = (group.AtLeast - taken, group.AtMost - taken);
            if (atLeast == atMost)
            {
                Add("", Relation.Equal, atMost, "atMost");
                continue;
            }
            if (atLeast > 0)
                Add(".atLeast", Relation.AtLeast, atLeast, "atLeast");
            if (atMost < terms.Count)
                Add(".atMost", Relation.AtMost, atMost, "atMost");

            void Add(string suffix, Relation relation, int bound, string member) =>
                model.AddConstraint("group", $"group[{g}]{suffix}", $"/groups/{g}/{member}", terms, relation, bound);
        }
    }

    /// <summary>Millionths as the nearest double to their decimal: 100000 is the 0.1 that stood in the request.</summary>
    private static double Amount(long millionths) => (double)(millionths / 1_000_000m);
}

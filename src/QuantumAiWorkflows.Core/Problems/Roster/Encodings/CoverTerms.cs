using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Roster.Encodings;

/// <summary>
/// One entry of the cover: linear where as many as could come are never too many, or nobody is asked for; an equation where both
/// too few and too many are ruled out; else two numbers, too few and too many, make up the difference.
/// </summary>
internal sealed class CoverTerms
{
    private readonly RosterCover _cover;
    private readonly int? _under;
    private readonly int? _over;

    public CoverTerms(RosterProblem problem, RosterCells cells, int k, ConstrainedModel model)
    {
        _cover = problem.Cover[k];
        var (required, under, over) = (_cover.Required, _cover.WeightUnder, _cover.WeightOver);
        var terms = new List<(int, double)>();
        for (var i = 0; i < problem.Staff.Count; i++)
            if (cells.Shift(i, _cover.Day, _cover.Shift) is { } variable)
                terms.Add((variable, 1));
        var most = terms.Count;
        if (under is { } lack && most <= required)
        {
            model.Offset += (double)lack * required;
            foreach (var (variable, _) in terms)
                model.AddObjective(variable, -lack);
        }
        else if (over is { } excess && required == 0)
            foreach (var (variable, _) in terms)
                model.AddObjective(variable, excess);
        else if ((under, over) is (null, null))
            Add(Relation.Equal);
        else if ((under, over) is (null, 0))
            Add(Relation.AtLeast);
        else if ((under, over) is (0, null))
            Add(Relation.AtMost);
        else if ((under, over) is not (0, 0))
        {
            if (under is { } low)
                terms.Add((Number("too few", required, low, out _under), 1));
            if (over is { } high && most > required)
                terms.Add((Number("too many", most - required, high, out _over), -1));
            Add(Relation.Equal);
        }

        int Number(string name, long upper, int weight, out int? variable)
        {
            var added = model.AddInteger($"{name} at cover {k}", 0, upper);
            model.AddObjective(added, weight);
            variable = added;
            return added;
        }

        void Add(Relation relation) =>
            model.AddConstraint("cover", $"cover[{k}]", $"/cover/{k}", terms, relation, required);
    }

    /// <summary>The two numbers, by who is there.</summary>
    public void Complete(RosterTally tally, Span<long> values)
    {
        var assigned = tally.Assigned(_cover.Day, _cover.Shift);
        if (_under is { } under)
            values[under] = _cover.Under(assigned);
        if (_over is { } over)
            values[over] = _cover.Over(assigned);
    }
}

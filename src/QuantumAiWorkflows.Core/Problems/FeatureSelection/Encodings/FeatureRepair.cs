namespace QuantumAiWorkflows.Problems.FeatureSelection.Encodings;

/// <summary>
/// Mends a subset one feature at a time: takes in or drops whichever lessens most what size, budget and groups are missed by,
/// and of these what is best for the objective; where no single feature helps, exchanges one for another. Until nothing is missed
/// or nothing helps.
/// </summary>
internal static class FeatureRepair
{
    /// <summary>Exchanges are looked for where there are at most so many, times the groups of a feature: milliseconds.</summary>
    private const long MaxExchanges = 2_000_000;

    /// <summary>At most 2n steps, each over all features, their groups and one row of redundancies.</summary>
    public static FeatureSelectionSolution Of(FeatureSelectionProblem problem, FeatureSelectionSolution solution)
    {
        var rules = problem.Constraints;
        var n = problem.NumVariables;
        var given = solution.Features.ToHashSet();
        var subset = new Subset(problem);
        for (var f = 0; f < n; f++)
            if (rules.Required[f] || (given.Contains(f) && !rules.Excluded[f]))
                subset.Flip(f);
        int[] free = [.. Enumerable.Range(0, n).Where(f => !rules.Required[f] && !rules.Excluded[f])];
        for (var step = 0; step < 2 * n && subset.Missed > 0; step++)
            if (BestFlip(subset, free) is { } flip)
                subset.Flip(flip);
            else if (BestExchange(subset, free, rules) is var (leaves, comes))
            {
                subset.Flip(leaves);
                subset.Flip(comes);
            }
            else
                break;
        return new(Enumerable.Range(0, n).Where(subset.Has));
    }

    private static int? BestFlip(Subset subset, int[] free)
    {
        var (best, least, gain) = ((int?)null, subset.Missed, double.NegativeInfinity);
        foreach (var f in free)
        {
            var (missed, change) = (subset.MissedWith(f), subset.Change(f));
            if (missed < least || (best is not null && missed == least && change > gain))
                (best, least, gain) = (f, missed, change);
        }
        return best;
    }

    /// <summary>By the two features' own gains: what they have in common with each other is left out.</summary>
    private static (int Leaves, int Comes)? BestExchange(Subset subset, int[] free, SelectionConstraints rules)
    {
        var chosen = free.Where(subset.Has).ToArray();
        var members = rules.Groups.Sum(g => (long)g.Features.Length);
        if ((long)chosen.Length * (free.Length + members) > MaxExchanges)
            return null;
        var (best, least, gain) = (((int, int)?)null, subset.Missed, double.NegativeInfinity);
        foreach (var leaves in chosen)
        {
            subset.Count(leaves);
            foreach (var comes in free)
            {
                if (comes == leaves || subset.Has(comes))
                    continue;
                var (missed, change) = (subset.MissedWith(comes), subset.Change(comes) - subset.Gain(leaves));
                if (missed < least || (best is not null && missed == least && change > gain))
                    (best, least, gain) = ((leaves, comes), missed, change);
            }
            subset.Count(leaves);
        }
        return best;
    }

    /// <summary>A subset with what its constraints are missed by and what each flip would change.</summary>
    private sealed class Subset
    {
        private readonly FeatureSelectionProblem _problem;
        private readonly SelectionConstraints _rules;
        private readonly bool[] _isChosen;
        private readonly double[] _common;
        private readonly double[] _row;
        private readonly int[] _inGroup;
        private readonly List<int>[] _groupsOf;
        private readonly double _costScale;
        private long _cost;
        private int _size;

        public Subset(FeatureSelectionProblem problem)
        {
            (_problem, _rules) = (problem, problem.Constraints);
            var n = problem.NumVariables;
            (_isChosen, _common, _row) = (new bool[n], new double[n], new double[n]);
            _inGroup = new int[_rules.Groups.Count];
            _groupsOf = [.. Enumerable.Range(0, n).Select(_ => new List<int>())];
            for (var g = 0; g < _rules.Groups.Count; g++)
                foreach (var feature in _rules.Groups[g].Features)
                    _groupsOf[feature].Add(g);
            // A budget counts in features of the dearest kind, so that it weighs like the other constraints.
            _costScale = 1.0 / Math.Max(1, _rules.Costs?.Max() ?? 1);
            Missed = MissedBy(0, 0) + _rules.Groups.Sum(g => (double)g.AtLeast);
        }

        /// <summary>By how many features all constraints together are missed.</summary>
        public double Missed { get; private set; }

        public bool Has(int feature) => _isChosen[feature];

        /// <summary>What the objective gains by the flip of a feature.</summary>
        public double Change(int feature) => _isChosen[feature] ? -Gain(feature) : Gain(feature);

        /// <summary>What a feature is worth beside the others of the subset.</summary>
        public double Gain(int feature) => _problem.Scores.Relevance[feature] - _problem.PairWeight * _common[feature];

        public double MissedWith(int feature)
        {
            var step = _isChosen[feature] ? -1 : 1;
            var missed = Missed - MissedBy(_size, _cost) + MissedBy(_size + step, _cost + step * _rules.Cost(feature));
            foreach (var g in _groupsOf[feature])
                missed += OfGroup(g, _inGroup[g] + step) - OfGroup(g, _inGroup[g]);
            return missed;
        }

        public void Flip(int feature)
        {
            Count(feature);
            if (_problem.PairWeight == 0)
                return;
            _problem.Scores.FillRow(feature, _row);
            var step = _isChosen[feature] ? 1 : -1;
            for (var f = 0; f < _row.Length; f++)
                _common[f] += step * _row[f];
        }

        /// <summary>Flips a feature for the constraints alone; gains stay as they are until it is flipped back.</summary>
        public void Count(int feature)
        {
            var step = _isChosen[feature] ? -1 : 1;
            // Groups are whole; what the costs leave behind the comma must not add up.
            var ofGroups = Math.Round(Missed - MissedBy(_size, _cost));
            foreach (var g in _groupsOf[feature])
            {
                ofGroups += OfGroup(g, _inGroup[g] + step) - OfGroup(g, _inGroup[g]);
                _inGroup[g] += step;
            }
            (_size, _cost) = (_size + step, _cost + step * _rules.Cost(feature));
            Missed = ofGroups + MissedBy(_size, _cost);
            _isChosen[feature] = !_isChosen[feature];
        }

        private double MissedBy(int size, long cost) =>
            (_rules.IsExact ? Math.Abs(size - _rules.Size) : Math.Max(0, size - _rules.Size))
            + (_rules.Costs is null ? 0 : Math.Max(0, cost - _rules.Budget) * _costScale);

        private int OfGroup(int g, int count) =>
            Math.Max(0, _rules.Groups[g].AtLeast - count) + Math.Max(0, count - _rules.Groups[g].AtMost);
    }
}

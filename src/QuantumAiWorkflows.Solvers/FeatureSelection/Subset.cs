using QuantumAiWorkflows.Problems.FeatureSelection;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>
/// A subset that changes by single features: its objective, how far it is from being allowed, and what any change would make of
/// both. Adding or removing a feature is O(n), looking at a change O(1) and the groups of the features.
/// </summary>
/// <remarks>Required features are always in it and excluded ones never; searches move the others.</remarks>
internal sealed class Subset
{
    private readonly RedundancyRows _rows;
    private readonly SelectionConstraints _rules;
    private readonly double[] _relevance;
    private readonly double[]?[] _held;
    private readonly int[][] _groupsOf;
    private readonly int[] _inGroup;
    private readonly int[] _place;
    private readonly List<int> _members = [];
    private readonly double _costUnit;
    private double _groupViolation;
    private long _cost;

    public Subset(FeatureSelectionProblem problem, RedundancyRows rows)
    {
        Problem = problem;
        _rows = rows;
        _rules = problem.Constraints;
        _relevance = [.. problem.Scores.Relevance];
        var n = problem.NumVariables;
        _held = new double[]?[n];
        _place = new int[n];
        Redundancy = new double[n];
        _inGroup = new int[_rules.Groups.Count];
        _groupsOf = new int[n][];
        Array.Fill(_groupsOf, []);
        if (_rules.Groups.Count > 0)
        {
            var lists = new List<int>?[n];
            for (var g = 0; g < _rules.Groups.Count; g++)
                foreach (var feature in _rules.Groups[g].Features)
                    (lists[feature] ??= []).Add(g);
            for (var i = 0; i < n; i++)
                _groupsOf[i] = lists[i]?.ToArray() ?? [];
        }
        // The dearest feature weighs as much as one feature too many.
        _costUnit = _rules.Costs is { } costs ? Math.Max(1, costs.Max()) : 1;
        Movable = [.. Enumerable.Range(0, n).Where(i => !_rules.Required[i] && !_rules.Excluded[i])];
        CountFixed = _rules.Required.Count(r => r);
        Clear();
    }

    public FeatureSelectionProblem Problem { get; }

    /// <summary>Features that a search may add and remove, ascending.</summary>
    public int[] Movable { get; }

    /// <summary>In no fixed order.</summary>
    public IReadOnlyList<int> Members => _members;

    public int Count => _members.Count;

    /// <summary>Kept by adding up changes; the referee's may differ in the last digits.</summary>
    public double Objective { get; private set; }

    /// <summary>Each feature's redundancies with all members together.</summary>
    public double[] Redundancy { get; }

    /// <summary>True when nothing but the size restricts exchanges.</summary>
    public bool IsPlain => _rules.Groups.Count == 0 && _rules.Costs is null;

    /// <summary>0 when it is allowed; features too many or too few in the subset and in groups, and the share of the cost over the budget.</summary>
    public double Violation => SizeViolation(Count) + _groupViolation + CostViolation(_cost);

    public bool Contains(int feature) => _held[feature] is not null;

    /// <summary>Members that cannot leave.</summary>
    public int CountFixed { get; }

    public bool CanLeave(int member) => !_rules.Required[member];

    /// <summary>Redundancies of a member with all.</summary>
    public double[] RowOf(int member) => _held[member]!;

    /// <summary>Back to the required features alone.</summary>
    public void Clear()
    {
        _members.Clear();
        Array.Clear(_held);
        Array.Clear(Redundancy);
        Array.Clear(_inGroup);
        (_cost, Objective) = (0, 0);
        _groupViolation = 0;
        for (var g = 0; g < _inGroup.Length; g++)
            _groupViolation += GroupViolation(g, 0);
        for (var i = 0; i < _rules.Required.Length; i++)
            if (_rules.Required[i])
                Add(i);
    }

    /// <param name="features">Those that are required or excluded are taken as the problem says.</param>
    public void Set(IEnumerable<int> features)
    {
        Clear();
        foreach (var feature in features)
            if (!Contains(feature) && !_rules.Excluded[feature])
                Add(feature);
    }

    /// <summary>What the objective gains.</summary>
    public double GainOfAdding(int feature) => _relevance[feature] - Problem.PairWeight * Redundancy[feature];

    /// <inheritdoc cref="GainOfAdding"/>
    public double GainOfRemoving(int member) => Problem.PairWeight * Redundancy[member] - _relevance[member];

    /// <inheritdoc cref="GainOfAdding"/>
    public double GainOfExchanging(int member, int feature) =>
        GainOfRemoving(member)
        + _relevance[feature]
        - Problem.PairWeight * (Redundancy[feature] - _held[member]![feature]);

    /// <summary>The violation after a change.</summary>
    /// <param name="removed">A member, or -1 for none.</param>
    /// <param name="added">A feature, or -1 for none.</param>
    public double ViolationAfter(int removed, int added)
    {
        var count = Count - (removed < 0 ? 0 : 1) + (added < 0 ? 0 : 1);
        if (IsPlain)
            return SizeViolation(count);
        var (cost, groups) = (_cost, _groupViolation);
        if (removed >= 0)
        {
            cost -= _rules.Cost(removed);
            groups += Shift(removed, -1);
        }
        if (added >= 0)
        {
            cost += _rules.Cost(added);
            groups += Shift(added, 1);
            Shift(added, -1);
        }
        if (removed >= 0)
            Shift(removed, 1);
        return SizeViolation(count) + groups + CostViolation(cost);
    }

    public void Exchange(int removed, int added)
    {
        if (removed >= 0)
            Remove(removed);
        if (added >= 0)
            Add(added);
    }

    public void Add(int feature)
    {
        Objective += GainOfAdding(feature);
        var row = _rows[feature];
        _held[feature] = row;
        for (var i = 0; i < Redundancy.Length; i++)
            Redundancy[i] += row[i];
        _groupViolation += Shift(feature, 1);
        _cost += _rules.Cost(feature);
        _place[feature] = _members.Count;
        _members.Add(feature);
    }

    public void Remove(int member)
    {
        Objective += GainOfRemoving(member);
        var row = _held[member]!;
        _held[member] = null;
        for (var i = 0; i < Redundancy.Length; i++)
            Redundancy[i] -= row[i];
        _groupViolation += Shift(member, -1);
        _cost -= _rules.Cost(member);
        var last = _members[^1];
        _members[_place[member]] = last;
        _place[last] = _place[member];
        _members.RemoveAt(_members.Count - 1);
    }

    /// <summary>The objective summed afresh as the problem sums it. O(k²), and no redundancy is computed again.</summary>
    public double ExactObjective()
    {
        var features = _members.Order().ToArray();
        var (relevance, redundancy) = (0.0, 0.0);
        for (var a = 0; a < features.Length; a++)
        {
            relevance += _relevance[features[a]];
            for (var b = 0; b < a; b++)
                redundancy += _held[features[a]]![features[b]];
        }
        return relevance - Problem.PairWeight * redundancy;
    }

    private double SizeViolation(int count) =>
        _rules.IsExact ? Math.Abs(count - _rules.Size) : Math.Max(0, count - _rules.Size);

    private double CostViolation(long cost) =>
        _rules.Costs is null || cost <= _rules.Budget ? 0 : (cost - _rules.Budget) / _costUnit;

    private double GroupViolation(int group, int count) =>
        Math.Max(0, count - _rules.Groups[group].AtMost) + Math.Max(0, _rules.Groups[group].AtLeast - count);

    /// <summary>Counts a feature in or out of its groups; returns what that adds to their violation.</summary>
    private double Shift(int feature, int by)
    {
        var change = 0.0;
        foreach (var group in _groupsOf[feature])
        {
            change -= GroupViolation(group, _inGroup[group]);
            _inGroup[group] += by;
            change += GroupViolation(group, _inGroup[group]);
        }
        return change;
    }
}

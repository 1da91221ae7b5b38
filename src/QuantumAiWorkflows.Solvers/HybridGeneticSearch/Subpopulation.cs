using QuantumAiWorkflows.Solvers.Routing;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// Plans ordered by penalized cost, with how much they differ. A plan's fitness is its rank in cost and, less so, its rank in
/// the distance from those nearest to it: so survivors are good and not all alike.
/// </summary>
internal sealed class Subpopulation(VrpModel model, HybridGeneticSearchOptions options)
{
    private readonly List<Member> _members = [];
    private readonly Stack<Member> _spare = new();

    /// <summary>[number, number] share of broken pairs between two members, by their numbers.</summary>
    private readonly double[] _distances = new double[options.MaxMembers * options.MaxMembers];

    private readonly double[] _nearest = new double[options.Close];
    private readonly List<Member> _byDiversity = [];
    private bool _isStale;

    private sealed class Member(Plan plan, int number)
    {
        public Plan Plan => plan;

        public int Number => number;

        public long Cost { get; set; }

        public int Rank { get; set; }

        public double Diversity { get; set; }

        public double Fitness { get; set; }
    }

    public int Count => _members.Count;

    public Plan this[int k] => _members[k].Plan;

    public double Fitness(int k)
    {
        if (_isStale)
            UpdateFitness();
        return _members[k].Fitness;
    }

    /// <summary>Takes a copy; when there are too many members, survivors are chosen.</summary>
    public void Add(Plan plan, Penalties penalties)
    {
        var member = _spare.Count > 0 ? _spare.Pop() : new Member(new Plan(model), _members.Count);
        member.Plan.CopyFrom(plan);
        member.Cost = plan.PenalizedCost(penalties);
        foreach (var other in _members)
            this[member, other] = this[other, member] = BrokenPairs(plan, other.Plan);
        var at = _members.Count;
        while (at > 0 && _members[at - 1].Cost > member.Cost)
            at--;
        _members.Insert(at, member);
        _isStale = true;
        if (_members.Count >= options.MaxMembers)
            while (_members.Count > options.Population)
                RemoveWorst();
    }

    /// <summary>Costs the members anew and puts them in order; equal ones stay as they were.</summary>
    public void Reprice(Penalties penalties)
    {
        foreach (var member in _members)
            member.Cost = member.Plan.PenalizedCost(penalties);
        for (var i = 1; i < _members.Count; i++)
        for (var k = i; k > 0 && _members[k - 1].Cost > _members[k].Cost; k--)
            (_members[k - 1], _members[k]) = (_members[k], _members[k - 1]);
        _isStale = true;
    }

    public void Clear()
    {
        foreach (var member in _members)
            _spare.Push(member);
        _members.Clear();
        _isStale = true;
    }

    private double this[Member a, Member b]
    {
        get => _distances[a.Number * options.MaxMembers + b.Number];
        set => _distances[a.Number * options.MaxMembers + b.Number] = value;
    }

    /// <summary>Of members that are copies of another one first, then of all, the one of the worst fitness; never the best.</summary>
    private void RemoveWorst()
    {
        UpdateFitness();
        Member? worst = null;
        var isWorstCopy = false;
        for (var k = 1; k < _members.Count; k++)
        {
            var member = _members[k];
            var isCopy = NearestDistance(member, 1) <= 0;
            if (worst is null || (isCopy && !isWorstCopy) || (isCopy == isWorstCopy && member.Fitness > worst.Fitness))
                (worst, isWorstCopy) = (member, isCopy);
        }
        _members.Remove(worst!);
        _spare.Push(worst!);
        _isStale = true;
    }

    private void UpdateFitness()
    {
        _isStale = false;
        _byDiversity.Clear();
        for (var k = 0; k < _members.Count; k++)
        {
            _members[k].Rank = k;
            _members[k].Diversity = NearestDistance(_members[k], options.Close);
            // By insertion, so that equals keep the order of cost.
            var at = _byDiversity.Count;
            while (at > 0 && _byDiversity[at - 1].Diversity < _members[k].Diversity)
                at--;
            _byDiversity.Insert(at, _members[k]);
        }
        var last = Math.Max(1, _members.Count - 1);
        var weight = Math.Max(0, 1 - (double)options.Elites / _members.Count);
        for (var k = 0; k < _byDiversity.Count; k++)
            _byDiversity[k].Fitness = ((double)_byDiversity[k].Rank / last) + (weight * k / last);
    }

    /// <summary>Mean distance from the nearest others, 1 when there is none.</summary>
    private double NearestDistance(Member member, int count)
    {
        var size = 0;
        foreach (var other in _members)
        {
            if (other == member)
                continue;
            var distance = this[member, other];
            if (size == count && distance >= _nearest[size - 1])
                continue;
            var at = size < count ? size++ : size - 1;
            for (; at > 0 && _nearest[at - 1] > distance; at--)
                _nearest[at] = _nearest[at - 1];
            _nearest[at] = distance;
        }
        var sum = 0.0;
        for (var k = 0; k < size; k++)
            sum += _nearest[k];
        return size == 0 ? 1 : sum / size;
    }

    /// <summary>Share of customers whose neighbours differ; with windows, or one-way streets, the direction counts.</summary>
    private double BrokenPairs(Plan a, Plan b)
    {
        var broken = 0;
        var isDirected = model.HasWindows || !model.IsSymmetric;
        for (var i = 1; i < model.Places; i++)
        {
            var (next, previous) = (b.Next[i], b.Previous[i]);
            if (a.Next[i] != next && (isDirected || a.Next[i] != previous))
                broken++;
            if (a.Previous[i] == 0 && previous != 0 && (isDirected || next != 0))
                broken++;
        }
        return (double)broken / model.Customers;
    }
}

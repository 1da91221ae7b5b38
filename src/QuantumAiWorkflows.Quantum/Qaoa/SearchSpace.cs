using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The bit strings that a circuit can give: all 2^n, or, with groups, those that have exactly one 1 in each group. Bit q
/// of a string's index is qubit q.
/// </summary>
internal sealed class SearchSpace
{
    private readonly int[] _groupOf;
    private readonly int[] _placeOf;
    private readonly int[] _masks;

    /// <param name="groups">Disjoint, each of two or more qubits.</param>
    public SearchSpace(int qubits, IReadOnlyList<int[]> groups)
    {
        Groups = groups;
        _groupOf = new int[qubits];
        _placeOf = new int[qubits];
        _groupOf.AsSpan().Fill(-1);
        for (var g = 0; g < groups.Count; g++)
        for (var place = 0; place < groups[g].Length; place++)
            (_groupOf[groups[g][place]], _placeOf[groups[g][place]]) = (g, place);
        _masks = [.. groups.Select(g => g.Sum(q => 1 << q))];
        Free = [.. Enumerable.Range(0, qubits).Where(q => _groupOf[q] < 0)];
        Count = groups.Aggregate(1L << Free.Count, (count, g) => count * g.Length);
    }

    public IReadOnlyList<int[]> Groups { get; }

    /// <summary>Qubits in no group, ascending.</summary>
    public IReadOnlyList<int> Free { get; }

    /// <summary>How many strings there are.</summary>
    public long Count { get; }

    /// <summary>-1 for a qubit in none.</summary>
    public int GroupOf(int qubit) => _groupOf[qubit];

    /// <summary>True when both are of one group, side by side on its ring.</summary>
    public bool AreNeighbours(int first, int second)
    {
        if (_groupOf[first] < 0 || _groupOf[first] != _groupOf[second] || first == second)
            return false;
        var size = Groups[_groupOf[first]].Length;
        return Math.Abs(_placeOf[first] - _placeOf[second]) is var apart && (apart == 1 || apart == size - 1);
    }

    public bool Contains(int index)
    {
        foreach (var mask in _masks)
            if (!int.IsPow2(index & mask))
                return false;
        return true;
    }

    /// <summary>Lowest and highest cost in the space.</summary>
    /// <param name="costs">Of all 2^n strings.</param>
    public (double Lowest, double Highest) Range(ReadOnlySpan<double> costs)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var z = 0; z < costs.Length; z++)
            if (Contains(z))
                (lowest, highest) = (Math.Min(lowest, costs[z]), Math.Max(highest, costs[z]));
        return (lowest, highest);
    }

    /// <summary>A string of the space, each equally likely.</summary>
    public int Draw(Xoshiro256 random)
    {
        if (Groups.Count == 0)
            return random.NextInt32(1 << Free.Count);
        var index = 0;
        foreach (var qubit in Free)
            index |= random.NextInt32(2) << qubit;
        foreach (var group in Groups)
            index |= 1 << group[random.NextInt32(group.Length)];
        return index;
    }
}

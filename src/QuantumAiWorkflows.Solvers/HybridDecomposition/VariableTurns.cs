using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>
/// Chooses the free variables of one sub-problem after the other, so that every variable has its turn before one has its
/// second: the energy impact alone would come back to the same few for ever.
/// </summary>
/// <remarks>The impact of a variable is |energy change of its flip|, as in qbsolv; equal ones come in random order.</remarks>
internal sealed class VariableTurns<T>(
    LocalFields<T> fields,
    SubProblemSelection selection,
    int size,
    Xoshiro256 random
)
    where T : unmanaged, INumber<T>
{
    private readonly bool[] _isWaiting = new bool[fields.Count];

    /// <summary>Every variable once, in random order: what decides between equal ones.</summary>
    private readonly int[] _order = [.. Enumerable.Range(0, fields.Count)];

    private readonly T[] _impact = new T[fields.Count];
    private int _waiting;

    /// <summary>The next free variables, ascending; <c>size</c> of them, or all. O(n log n), and O(m) for bfs.</summary>
    public int[] Next()
    {
        if (_waiting == 0)
            BeginTurn();
        for (var i = 0; i < fields.Count; i++)
            _impact[i] = T.Abs(fields.Delta(i));
        // Those whose turn it is, then as many of the others as there is room for.
        var ranked = Ranked();
        var chosen = new List<int>(size);
        if (selection == SubProblemSelection.Bfs)
            TakeNeighbours(ranked, chosen);
        else
            chosen.AddRange(ranked.AsSpan(0, Math.Min(size, ranked.Length)));
        foreach (var i in chosen)
            if (_isWaiting[i])
            {
                _isWaiting[i] = false;
                _waiting--;
            }
        chosen.Sort();
        return [.. chosen];
    }

    private void BeginTurn()
    {
        _isWaiting.AsSpan().Fill(true);
        _waiting = fields.Count;
        random.Shuffle(_order.AsSpan());
    }

    private int[] Ranked()
    {
        var order = _order.OrderByDescending(i => _isWaiting[i]);
        return selection == SubProblemSelection.Random ? [.. order] : [.. order.ThenByDescending(i => _impact[i])];
    }

    /// <summary>Breadth first from the first of the ranked, neighbours by their rank; where that ends, from the next.</summary>
    private void TakeNeighbours(int[] ranked, List<int> chosen)
    {
        var rank = new int[fields.Count];
        for (var k = 0; k < ranked.Length; k++)
            rank[ranked[k]] = k;
        var isTaken = new bool[fields.Count];
        var visited = 0;
        foreach (var seed in ranked)
        {
            Take(seed);
            for (; visited < chosen.Count && chosen.Count < size; visited++)
            {
                var (start, end) = (fields.Start[chosen[visited]], fields.Start[chosen[visited] + 1]);
                // Not beyond those whose turn it is, while there are any: they are what this turn is about.
                foreach (var i in fields.Column[start..end].Where(j => _isWaiting[j]).OrderBy(j => rank[j]))
                    Take(i);
            }
            if (chosen.Count >= size)
                return;
        }

        void Take(int i)
        {
            if (isTaken[i] || chosen.Count >= size)
                return;
            isTaken[i] = true;
            chosen.Add(i);
        }
    }
}

using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>
/// Chooses the free variables of one sub-problem after the other, so that every variable has its turn before one has its
/// second: the energy impact alone would come back to the same few for ever.
/// </summary>
/// <remarks>
/// The impact of a variable is |energy change of its flip|, as in qbsolv. Those whose turn it is come first, then larger
/// impacts, then a random order that is drawn anew for every turn.
/// </remarks>
internal sealed class VariableTurns<T>
    where T : unmanaged, INumber<T>
{
    private readonly LocalFields<T> _fields;
    private readonly SubProblemSelection _selection;
    private readonly int _size;
    private readonly Xoshiro256 _random;
    private readonly bool[] _isWaiting;
    private readonly int[] _place;
    private readonly List<int> _chosen;
    private readonly bool[] _isChosen;
    private int _waiting;

    /// <param name="size">Variables to choose at a time; at most all.</param>
    public VariableTurns(LocalFields<T> fields, SubProblemSelection selection, int size, Xoshiro256 random)
    {
        (_fields, _selection, _size, _random) = (fields, selection, size, random);
        _isWaiting = new bool[fields.Count];
        _isChosen = new bool[fields.Count];
        _place = [.. Enumerable.Range(0, fields.Count)];
        _chosen = new(size + 1);
    }

    /// <summary>The next free variables, ascending. O(n + size² log n), for bfs besides the degrees of those chosen.</summary>
    public int[] Next()
    {
        if (_waiting == 0)
        {
            _isWaiting.AsSpan().Fill(true);
            _waiting = _fields.Count;
            _random.Shuffle(_place.AsSpan());
        }
        _chosen.Clear();
        if (_selection == SubProblemSelection.Bfs)
            ChooseNeighbours();
        else
            ChooseFirst();
        foreach (var i in _chosen)
        {
            _waiting -= _isWaiting[i] ? 1 : 0;
            (_isWaiting[i], _isChosen[i]) = (false, false);
        }
        int[] next = [.. _chosen];
        Array.Sort(next);
        return next;
    }

    private bool Precedes(int i, int j)
    {
        if (_isWaiting[i] != _isWaiting[j])
            return _isWaiting[i];
        if (_selection != SubProblemSelection.Random)
        {
            var (left, right) = (T.Abs(_fields.Delta(i)), T.Abs(_fields.Delta(j)));
            if (left != right)
                return left > right;
        }
        return _place[i] < _place[j];
    }

    /// <summary>One pass that keeps the first ones so far in order: most variables come behind all of them.</summary>
    private void ChooseFirst()
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_chosen.Count == _size && !Precedes(i, _chosen[^1]))
                continue;
            var at = _chosen.Count;
            while (at > 0 && Precedes(i, _chosen[at - 1]))
                at--;
            _chosen.Insert(at, i);
            if (_chosen.Count > _size)
                _chosen.RemoveAt(_size);
        }
    }

    /// <summary>Breadth first from the first of all, neighbours in their order; where that ends, from the next.</summary>
    private void ChooseNeighbours()
    {
        var visited = 0;
        while (_chosen.Count < _size)
        {
            if (visited == _chosen.Count)
                Choose(FirstLeft());
            var (start, end) = (_fields.Start[_chosen[visited]], _fields.Start[_chosen[visited] + 1]);
            visited++;
            // Not beyond those whose turn it is, while there are any: they are what this turn is about.
            List<int> neighbours = [.. _fields.Column[start..end].Where(j => _isWaiting[j] && !_isChosen[j])];
            neighbours.Sort(
                (i, j) =>
                    i == j ? 0
                    : Precedes(i, j) ? -1
                    : 1
            );
            foreach (var i in neighbours.Take(_size - _chosen.Count))
                Choose(i);
        }
    }

    private int FirstLeft()
    {
        var first = -1;
        for (var i = 0; i < _fields.Count; i++)
            if (!_isChosen[i] && (first < 0 || Precedes(i, first)))
                first = i;
        return first;
    }

    private void Choose(int i)
    {
        _isChosen[i] = true;
        _chosen.Add(i);
    }
}

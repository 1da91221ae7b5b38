using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.HybridGeneticSearch;

/// <summary>
/// A round tour as an array of places and the position of each. All changes are reversals of a stretch, the shorter side of it,
/// and are written down, so that what came to nothing can be undone.
/// </summary>
internal sealed class Tour(int places)
{
    private readonly int[] _at = [.. Enumerable.Range(0, places)];
    private readonly int[] _position = [.. Enumerable.Range(0, places)];
    private readonly List<(int From, int To)> _journal = [];

    /// <summary>The tour runs from the end of the array to its start: turning all the others round is turning a stretch and this.</summary>
    private bool _isMirrored;

    public int Places => places;

    public ReadOnlySpan<int> Order => _at;

    public void Set(ReadOnlySpan<int> order)
    {
        for (var k = 0; k < order.Length; k++)
        {
            _at[k] = order[k];
            _position[order[k]] = k;
        }
        _isMirrored = false;
        _journal.Clear();
    }

    public int Next(int place) => _isMirrored ? Below(place) : Above(place);

    public int Previous(int place) => _isMirrored ? Above(place) : Below(place);

    /// <summary>The place so many steps after another, or before it where negative; fewer than there are places.</summary>
    public int After(int place, int steps)
    {
        var k = _position[place] + (_isMirrored ? -steps : steps);
        return _at[
            k >= places ? k - places
            : k < 0 ? k + places
            : k
        ];
    }

    /// <summary>Steps from one place on to another.</summary>
    public int Steps(int from, int to)
    {
        var steps = _isMirrored ? _position[from] - _position[to] : _position[to] - _position[from];
        return steps < 0 ? steps + places : steps;
    }

    /// <summary>Turns the stretch from one place on to another round.</summary>
    public void Reverse(int from, int to)
    {
        var (i, j) = _isMirrored ? (_position[to], _position[from]) : (_position[from], _position[to]);
        _journal.Add((i, j));
        ReversePositions(i, j);
    }

    /// <summary>What was changed so far can no longer be undone.</summary>
    public void Commit() => _journal.Clear();

    /// <summary>Back to the last commit.</summary>
    public void Undo()
    {
        for (var k = _journal.Count - 1; k >= 0; k--)
            ReversePositions(_journal[k].From, _journal[k].To);
        _journal.Clear();
    }

    private void ReversePositions(int i, int j)
    {
        var length = j - i + 1;
        if (length <= 0)
            length += places;
        if (2 * length > places)
        {
            (i, j) = (j + 1 == places ? 0 : j + 1, i == 0 ? places - 1 : i - 1);
            length = places - length;
            _isMirrored = !_isMirrored;
        }
        for (var swaps = length / 2; swaps > 0; swaps--)
        {
            var (a, b) = (_at[i], _at[j]);
            (_at[i], _at[j]) = (b, a);
            (_position[b], _position[a]) = (i, j);
            i = i + 1 == places ? 0 : i + 1;
            j = j == 0 ? places - 1 : j - 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Above(int place)
    {
        var k = _position[place] + 1;
        return _at[k == places ? 0 : k];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Below(int place)
    {
        var k = _position[place];
        return _at[(k == 0 ? places : k) - 1];
    }
}

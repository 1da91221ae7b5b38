namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// The neighbours of one variable, ascending, with their weights. Entries stay until <see cref="Keep"/>: taking out one
/// at a time would shift a long row once for every variable that goes.
/// </summary>
internal sealed class SortedRow
{
    private int[] _columns;
    private double[] _weights;

    public SortedRow(ReadOnlySpan<int> columns, ReadOnlySpan<double> weights)
    {
        (_columns, _weights) = (columns.ToArray(), weights.ToArray());
        Count = columns.Length;
    }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, Count);

    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, Count);

    public SortedRow Clone() => new(Columns, Weights);

    /// <summary>0 when they do not interact.</summary>
    public double Find(int column)
    {
        var at = Columns.BinarySearch(column);
        return at < 0 ? 0 : _weights[at];
    }

    /// <summary>Adds to a weight. O(log n), and a shift of the row for a new neighbour.</summary>
    public void Add(int column, double weight)
    {
        var at = Columns.BinarySearch(column);
        if (at >= 0)
        {
            _weights[at] += weight;
            return;
        }
        at = ~at;
        if (Count == _columns.Length)
        {
            var capacity = Math.Max(4, 2 * Count);
            Array.Resize(ref _columns, capacity);
            Array.Resize(ref _weights, capacity);
        }
        Array.Copy(_columns, at, _columns, at + 1, Count - at);
        Array.Copy(_weights, at, _weights, at + 1, Count - at);
        (_columns[at], _weights[at]) = (column, weight);
        Count++;
    }

    /// <summary>Drops neighbours that are gone, and those whose weights have cancelled.</summary>
    public void Keep(Func<int, bool> isLeft)
    {
        var kept = 0;
        for (var e = 0; e < Count; e++)
            if (_weights[e] != 0 && isLeft(_columns[e]))
            {
                (_columns[kept], _weights[kept]) = (_columns[e], _weights[e]);
                kept++;
            }
        Count = kept;
    }
}

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// Maximum flow by blocking flows in layers: Y. Dinitz, Algorithm for solution of a problem of maximum flow in a network
/// with power estimation, Soviet Mathematics Doklady 11, 1970. O(V²E) at worst; the implication networks of QUBOs have
/// short paths and end after some layers.
/// </summary>
/// <remarks>
/// Arc slots come in pairs: s and s ^ 1 are an arc and its reverse, so pushing along one makes room on the other.
/// Capacities are whole, and those out of the source must sum to less than 2^63.
/// </remarks>
/// <param name="tail">Node that each slot leaves.</param>
/// <param name="capacity">Of each slot; becomes the residual.</param>
internal sealed class MaximumFlow(int numNodes, int[] tail, long[] capacity)
{
    private const long PollScans = 1 << 16;

    private readonly int[] _level = new int[numNodes];
    private readonly int[] _queue = new int[numNodes];
    private readonly int[] _current = new int[numNodes];
    private readonly List<int> _path = [];
    private long _scansLeft;
    private long _nextPoll;
    private Func<bool> _shouldStop = () => false;

    /// <summary>Slots by node: those leaving v are <c>Slot[Start[v]..Start[v + 1]]</c>.</summary>
    public int[] Start { get; } = new int[numNodes + 1];

    public int[] Slot { get; } = new int[tail.Length];

    /// <summary>Slots looked at.</summary>
    public long Scans { get; private set; }

    public int Head(int slot) => tail[slot ^ 1];

    /// <summary>The flow's value; null when it was given up, by the limit or the stop: the residual then means nothing.</summary>
    public long? Run(int source, int sink, long maxScans, Func<bool> shouldStop)
    {
        (_scansLeft, _shouldStop) = (maxScans, shouldStop);
        _nextPoll = PollScans;
        GroupByTail();
        var total = 0L;
        while (TryLayer(source, sink, out var reached))
        {
            if (!reached)
                return total;
            Start.AsSpan(0, numNodes).CopyTo(_current);
            if (!TryBlock(source, sink, ref total))
                return null;
        }
        return null;
    }

    private void GroupByTail()
    {
        foreach (var node in tail)
            Start[node + 1]++;
        for (var v = 0; v < numNodes; v++)
            Start[v + 1] += Start[v];
        Start.AsSpan(0, numNodes).CopyTo(_current);
        for (var slot = 0; slot < tail.Length; slot++)
            Slot[_current[tail[slot]]++] = slot;
    }

    /// <summary>Distances from the source over arcs with room, as far as the sink; false when given up.</summary>
    private bool TryLayer(int source, int sink, out bool reached)
    {
        Array.Fill(_level, -1);
        _level[source] = 0;
        _queue[0] = source;
        reached = false;
        for (var (from, to) = (0, 1); from < to && !reached; from++)
        {
            var v = _queue[from];
            if (!TrySpend(Start[v + 1] - Start[v]))
                return false;
            for (var k = Start[v]; k < Start[v + 1]; k++)
            {
                var slot = Slot[k];
                var next = Head(slot);
                if (capacity[slot] <= 0 || _level[next] >= 0)
                    continue;
                _level[next] = _level[v] + 1;
                _queue[to++] = next;
                reached |= next == sink;
            }
        }
        return true;
    }

    /// <summary>Saturates every shortest path, depth first with a pointer per node that never goes back.</summary>
    private bool TryBlock(int source, int sink, ref long total)
    {
        _path.Clear();
        var v = source;
        while (true)
        {
            if (v == sink)
            {
                if (!TrySpend(_path.Count))
                    return false;
                total += Push();
                v = _path.Count == 0 ? source : Head(_path[^1]);
                continue;
            }
            var before = _current[v];
            var next = Advance(v);
            if (!TrySpend(_current[v] - before + 1))
                return false;
            if (next >= 0)
            {
                _path.Add(Slot[_current[v]]);
                v = next;
            }
            else if (v == source)
                return true;
            else
            {
                v = tail[_path[^1]];
                _path.RemoveAt(_path.Count - 1);
                _current[v]++;
            }
        }
    }

    private int Advance(int v)
    {
        for (; _current[v] < Start[v + 1]; _current[v]++)
        {
            var slot = Slot[_current[v]];
            var next = Head(slot);
            if (capacity[slot] > 0 && _level[next] == _level[v] + 1)
                return next;
        }
        return -1;
    }

    /// <summary>As much as the path carries; cuts the path back to its first saturated arc.</summary>
    private long Push()
    {
        var amount = long.MaxValue;
        foreach (var slot in _path)
            amount = Math.Min(amount, capacity[slot]);
        var keep = -1;
        for (var k = 0; k < _path.Count; k++)
        {
            capacity[_path[k]] -= amount;
            capacity[_path[k] ^ 1] += amount;
            if (keep < 0 && capacity[_path[k]] == 0)
                keep = k;
        }
        _path.RemoveRange(keep, _path.Count - keep);
        return amount;
    }

    private bool TrySpend(long scans)
    {
        Scans += scans;
        _scansLeft -= scans;
        if (_scansLeft < 0)
            return false;
        if (Scans < _nextPoll)
            return true;
        _nextPoll = Scans + PollScans;
        return !_shouldStop();
    }
}

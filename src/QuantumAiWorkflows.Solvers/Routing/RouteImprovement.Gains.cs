using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>What a move changes the penalties by: of loads from sums, of time warps by joining the segments that it leaves whole.</summary>
internal sealed partial class RouteImprovement
{
    /// <summary>
    /// Adds to a change of arcs what the loads' penalties change by, without the new time warps'. False when the move cannot
    /// gain whatever these are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPromising(ref long change, int here, int there, long loadHere, long loadThere)
    {
        change -= _routes[here].Penalty + _routes[there].Penalty;
        if (change >= 0)
            return false;
        change += LoadPenalty(loadHere) + LoadPenalty(loadThere);
        return change < 0;
    }

    /// <param name="change">With everything but the time warps after the move.</param>
    private bool Gains(long change, int warp, int otherWarp) =>
        change + _penalties.OfWarp(warp) + _penalties.OfWarp(otherWarp) < 0;

    /// <summary>Of the head up to p, then the tail from q.</summary>
    private int WarpJoined(int p, int q) => p >= _places && q >= _places ? 0 : _before[p].WarpThen(D(p, q), _after[q]);

    /// <summary>Of the head up to p, then a and z (the same when it is one customer), then the tail from q.</summary>
    private int WarpBetween(int p, int a, int z, int q)
    {
        var (all, last) = (_before[p], p);
        Append(ref all, ref last, a);
        if (a != z)
            Append(ref all, ref last, z);
        return all.WarpThen(D(last, q), _after[q]);
    }

    /// <summary>Within a route: a and z, until now between p and q, go between v and y.</summary>
    private int WarpRelocated(int p, int a, int z, int q, int v, int y)
    {
        var isForward = _nodes[p].Position < _nodes[v].Position;
        var last = isForward ? p : v;
        var all = _before[last];
        if (isForward)
            for (var k = q; k != y; k = _nodes[k].Next)
                Append(ref all, ref last, k);
        Append(ref all, ref last, a);
        if (a != z)
            Append(ref all, ref last, z);
        if (!isForward)
            for (var k = y; ; k = _nodes[k].Next)
            {
                Append(ref all, ref last, k);
                if (k == p)
                    break;
            }
        var tail = isForward ? y : q;
        return all.WarpThen(D(last, tail), _after[tail]);
    }

    /// <summary>Within a route: p, u..e, q, …, v..f, s becomes p, v..f, q, …, u..e, s.</summary>
    private int WarpSwapped(int p, int u, int e, int q, int v, int f, int s)
    {
        var (all, last) = (_before[p], p);
        Append(ref all, ref last, v);
        if (f != v)
            Append(ref all, ref last, f);
        for (var k = q; k != v; k = _nodes[k].Next)
            Append(ref all, ref last, k);
        Append(ref all, ref last, u);
        if (e != u)
            Append(ref all, ref last, e);
        return all.WarpThen(D(last, s), _after[s]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(ref Segment all, ref int last, int node)
    {
        all = all.Then(D(last, node), _own[node]);
        last = node;
    }
}

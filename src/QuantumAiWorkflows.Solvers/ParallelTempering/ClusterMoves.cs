using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

/// <summary>
/// Isoenergetic cluster moves between two replicas at one temperature (Houdayer, "A cluster Monte Carlo algorithm for
/// 2-dimensional spin glasses", Eur. Phys. J. B 22, 2001; Zhu, Ochoa and Katzgraber, "Efficient cluster algorithm for spin glasses
/// in any space dimension", Phys. Rev. Lett. 115, 077201, 2015): variables in which they differ form clusters along the
/// couplings, and changing one such cluster between them keeps the sum of both energies, since no coupling leads from it to
/// another variable in which they differ. So the move is always accepted, and carries a replica to a far state at no cost.
/// </summary>
/// <remarks>
/// Where no energy changes when all variables flip, clusters of variables in which the two agree do as well, and the rarer kind is
/// taken. Which kind, and which cluster, follows from where they differ, which the move does not change: so it is its own
/// inverse, with the same probability. A cluster of more than a quarter of the variables is left alone: above the percolation
/// threshold it spans the graph, and changing it would only rename the replicas. So is one with more couplings than
/// <see cref="LargestScan"/>, which keeps a move cheaper than a sweep on dense graphs, where clusters are no use.
/// </remarks>
internal sealed class ClusterMoves<T>(ReplicaFields<T> fields, Xoshiro256 random)
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Variables drawn to see how often two replicas differ, and where a cluster may begin.</summary>
    private const int Probes = 32;

    private const double LargestShare = 0.25;

    /// <summary>Couplings looked at for one cluster, times n.</summary>
    private const int LargestScan = 2;

    private readonly bool _isSymmetric = fields.IsSymmetric;
    private readonly int[] _cluster = new int[fields.Count];
    private readonly int[] _seenIn = new int[fields.Count];
    private readonly int[] _probe = new int[Probes];
    private int _move;

    /// <summary>
    /// Changes a cluster between two lanes and adds the changes to their energies. Returns its size: 0 when there was none,
    /// -1 when it would have spanned the graph.
    /// </summary>
    public int Move(int a, int b, Span<long> energies)
    {
        var differing = 0;
        for (var k = 0; k < Probes; k++)
        {
            _probe[k] = random.NextInt32(fields.Count);
            differing += Differ(_probe[k], a, b) ? 1 : 0;
        }
        var kind = !_isSymmetric || 2 * differing <= Probes;
        var start = 0;
        while (start < Probes && Differ(_probe[start], a, b) != kind)
            start++;
        if (start == Probes)
            return 0;
        var size = Grow(_probe[start], a, b, kind);
        if (size < 0)
            return -1;
        foreach (var i in _cluster.AsSpan(0, size))
        {
            energies[a] += fields.Flip(i, a);
            energies[b] += fields.Flip(i, b);
        }
        return size;
    }

    private bool Differ(int i, int a, int b) =>
        fields.Mask[i * (long)fields.Lanes + a] != fields.Mask[i * (long)fields.Lanes + b];

    /// <summary>Breadth first. Returns the size, -1 beyond the largest.</summary>
    private int Grow(int start, int a, int b, bool kind)
    {
        _move++;
        var largest = (int)(LargestShare * fields.Count);
        _cluster[0] = start;
        _seenIn[start] = _move;
        var (size, scanned) = (1, 0L);
        for (var at = 0; at < size; at++)
        {
            scanned += fields.NeighboursOf(_cluster[at]).Length;
            if (scanned > LargestScan * (long)fields.Count)
                return -1;
            foreach (var j in fields.NeighboursOf(_cluster[at]))
            {
                if (_seenIn[j] == _move || Differ(j, a, b) != kind)
                    continue;
                if (size >= largest)
                    return -1;
                _seenIn[j] = _move;
                _cluster[size++] = j;
            }
        }
        return size;
    }
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Genetic;

/// <summary>
/// Answers that live at a time, no two nearer to each other than a least distance. Where flipping all bits changes no
/// energy, as in Max-Cut, an answer and its complement are the same one, and distances are to the nearer of the two.
/// </summary>
/// <param name="capacity">How many may live.</param>
/// <param name="leastDistance">In variables, at least 1.</param>
/// <param name="isSymmetric">Whether complements are equal.</param>
internal sealed class Population(int capacity, int leastDistance, bool isSymmetric)
{
    private readonly List<(double Score, sbyte[] Bits)> _living = [];

    /// <summary>In no order; scores are of minimizations.</summary>
    public IReadOnlyList<(double Score, sbyte[] Bits)> Living => _living;

    public int Count => _living.Count;

    public bool IsFull => _living.Count == capacity;

    /// <summary>Takes a child if it finds a place: a free one, that of a worse neighbour, or that of the worst. Copies the bits.</summary>
    /// <returns>False when there is no place for it.</returns>
    public bool Add(ReadOnlySpan<sbyte> bits, double score)
    {
        var (worst, neighbours) = (-1, 0);
        for (var i = _living.Count - 1; i >= 0; i--)
        {
            if (Distance(_living[i].Bits, bits) < leastDistance)
            {
                // Whoever is at least as good and this near makes the child superfluous.
                if (_living[i].Score <= score)
                    return false;
                neighbours++;
            }
            if (worst < 0 || _living[i].Score > _living[worst].Score)
                worst = i;
        }
        var child = bits.ToArray();
        if (neighbours > 0)
            _living.RemoveAll(other => Distance(other.Bits, child) < leastDistance);
        else if (IsFull && _living[worst].Score <= score)
            return false;
        else if (IsFull)
            _living.RemoveAt(worst);
        _living.Add((score, child));
        return true;
    }

    /// <summary>
    /// A child of two different parents, drawn uniformly: what they agree on, and each bit in which they differ from either with
    /// equal chances. The second parent is complemented before where that brings it nearer and changes nothing.
    /// </summary>
    /// <returns>In how many bits the parents differ.</returns>
    public int Cross(Span<sbyte> child, Xoshiro256 random)
    {
        var first = random.NextInt32(_living.Count);
        var second = random.NextInt32(_living.Count - 1);
        if (second >= first)
            second++;
        var (father, mother) = (_living[first].Bits, _living[second].Bits);
        var differing = Differing(father, mother);
        var flip = (sbyte)(isSymmetric && 2 * differing > child.Length ? 1 : 0);
        random.FillBits(child);
        for (var i = 0; i < child.Length; i++)
            child[i] = child[i] == 0 ? father[i] : (sbyte)(mother[i] ^ flip);
        return flip == 0 ? differing : child.Length - differing;
    }

    /// <summary>All but the best die.</summary>
    public void KeepBest(Span<sbyte> best)
    {
        var keep = _living.MinBy(l => l.Score);
        _living.Clear();
        _living.Add(keep);
        keep.Bits.CopyTo(best);
    }

    private int Distance(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var differing = Differing(left, right);
        return isSymmetric ? Math.Min(differing, left.Length - differing) : differing;
    }

    private static int Differing(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var count = 0;
        for (var i = 0; i < left.Length; i++)
            count += left[i] ^ right[i];
        return count;
    }
}

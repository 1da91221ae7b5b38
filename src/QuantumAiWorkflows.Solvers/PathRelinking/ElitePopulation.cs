using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.PathRelinking;

/// <summary>
/// The best distinct answers of a population, and the ordered pairs of them that were not relinked yet. An answer that comes in
/// when it is full replaces the worst, and brings its pairs with all others.
/// </summary>
internal sealed class ElitePopulation(int capacity)
{
    private readonly List<Elite> _elites = [];
    private readonly List<(Elite From, Elite To)> _pairs = [];

    private sealed record Elite(sbyte[] Bits, double Energy)
    {
        public bool IsOut { get; set; }
    }

    public bool IsFull => _elites.Count == capacity;

    public void Clear()
    {
        _elites.Clear();
        _pairs.Clear();
    }

    /// <summary>True when it is new and came in. A tie with the worst is not enough: it would go on for ever.</summary>
    public bool Offer(ReadOnlySpan<sbyte> bits, double energy)
    {
        foreach (var elite in _elites)
            if (bits.SequenceEqual(elite.Bits))
                return false;
        if (IsFull)
        {
            var worst = _elites.MaxBy(e => e.Energy)!;
            if (energy >= worst.Energy)
                return false;
            worst.IsOut = true;
            _elites.Remove(worst);
        }
        var added = new Elite(bits.ToArray(), energy);
        foreach (var other in _elites)
        {
            _pairs.Add((added, other));
            _pairs.Add((other, added));
        }
        _elites.Add(added);
        return true;
    }

    /// <summary>Takes a random pair whose two are still in; false when there is none: the population has converged.</summary>
    public bool TryTakePair(Xoshiro256 random, out ReadOnlySpan<sbyte> from, out ReadOnlySpan<sbyte> to)
    {
        while (_pairs.Count > 0)
        {
            var at = random.NextInt32(_pairs.Count);
            var pair = _pairs[at];
            _pairs[at] = _pairs[^1];
            _pairs.RemoveAt(_pairs.Count - 1);
            if (pair.From.IsOut || pair.To.IsOut)
                continue;
            from = pair.From.Bits;
            to = pair.To.Bits;
            return true;
        }
        from = to = default;
        return false;
    }
}

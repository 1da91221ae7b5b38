using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>The best distinct assignments of finished rounds, at most <paramref name="capacity"/>.</summary>
internal sealed class EliteSet(int capacity)
{
    private readonly List<(double Score, sbyte[] Bits)> _elites = [];

    /// <summary>Takes an assignment that is new and better than the worst kept; the newer one wins a tie.</summary>
    public void Add(ReadOnlySpan<sbyte> bits, double score)
    {
        foreach (var elite in _elites)
            if (elite.Score == score && bits.SequenceEqual(elite.Bits))
                return;
        if (_elites.Count == capacity)
        {
            var worst = 0;
            for (var i = 1; i < _elites.Count; i++)
                if (_elites[i].Score > _elites[worst].Score)
                    worst = i;
            if (score > _elites[worst].Score)
                return;
            _elites.RemoveAt(worst);
        }
        _elites.Add((score, bits.ToArray()));
    }

    /// <summary>
    /// A random elite with some random variables flipped: between one and a quarter of all, so that some rounds look
    /// around it and others leave its basin.
    /// </summary>
    public void Perturb(Span<sbyte> bits, Xoshiro256 random)
    {
        _elites[random.NextInt32(_elites.Count)].Bits.CopyTo(bits);
        var flips = 1 + random.NextInt32(Math.Max(1, bits.Length / 4));
        for (var k = 0; k < flips; k++)
            bits[random.NextInt32(bits.Length)] ^= 1;
    }
}

using System.Numerics;

namespace QuantumAiWorkflows.Numerics;

/// <summary>
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), seeded
/// with splitmix64. The same numbers on every platform and .NET version, which System.Random does not promise.
/// Not thread-safe: give every thread a stream of its own.
/// </summary>
public sealed class Xoshiro256
{
    private ulong _s0,
        _s1,
        _s2,
        _s3;

    private Xoshiro256(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>A generator for one named use, so that adding a use leaves the numbers of the others alone.</summary>
    public static Xoshiro256 FromSeed(ulong seed, string stream)
    {
        // FNV-1a over the stream's name: stable, unlike string.GetHashCode. Mixed, so that seed and name cannot cancel.
        var hash = 14695981039346656037UL;
        foreach (var c in stream)
            hash = (hash ^ c) * 1099511628211UL;
        return new(SplitMix64(ref seed) ^ hash);
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), on a grid of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound), without bias (Lemire, "Fast random integer generation in an interval", 2019).</summary>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var product = (UInt128)NextUInt64() * (ulong)bound;
        if ((ulong)product < (ulong)bound)
        {
            var threshold = (0UL - (ulong)bound) % (ulong)bound;
            while ((ulong)product < threshold)
                product = (UInt128)NextUInt64() * (ulong)bound;
        }
        return (int)(product >> 64);
    }

    public bool NextBoolean() => (long)NextUInt64() < 0;

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

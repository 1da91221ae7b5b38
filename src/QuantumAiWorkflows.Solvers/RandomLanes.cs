using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Eight independent streams of random numbers, one vector at a time, from xoshiro128+ per lane (Blackman and Vigna,
/// "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), whose upper bits are its good ones.
/// </summary>
internal struct RandomLanes
{
    /// <summary>No exponential variate exceeds it: ln(2^24).</summary>
    public const double LargestExponential = 16.64;

    private Vector256<uint> _s0,
        _s1,
        _s2,
        _s3;

    public RandomLanes(Xoshiro256 seeds)
    {
        _s0 = Draw(seeds);
        _s1 = Draw(seeds);
        _s2 = Draw(seeds);
        _s3 = Draw(seeds);

        // All zeros in a lane, xoshiro's one bad state, has probability 2^-125.
        static Vector256<uint> Draw(Xoshiro256 seeds) =>
            Vector256.Create(seeds.NextUInt64(), seeds.NextUInt64(), seeds.NextUInt64(), seeds.NextUInt64()).AsUInt32();
    }

    /// <summary>
    /// Exponential with mean 1: -ln(u) for u uniform on the midpoints of a grid of 2^-23, so between 6e-8 and 16.6.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NextExponential()
    {
        var uniform = Vector256.ConvertToSingle((NextBits() >>> 9).AsInt32()) + Vector256.Create(0.5f);
        return Vector256.Create(15.942385f) - Vector256.Log(uniform); // 23 ln 2
    }

    /// <summary>Uniform in [-1, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NextUniform() => Vector256.ConvertToSingle(NextBits().AsInt32() >> 8) * (1f / (1 << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<uint> NextBits()
    {
        var bits = _s0 + _s3;
        var shifted = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = (_s3 << 11) | (_s3 >>> 21);
        return bits;
    }
}

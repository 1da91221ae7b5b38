using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Eight independent streams of uniform numbers in [-1, 1), from xoshiro128+ per lane (Blackman and Vigna, "Scrambled
/// linear pseudorandom number generators", ACM TOMS 47(4), 2021), whose upper bits are its good ones.
/// </summary>
internal struct UniformLanes
{
    private Vector256<uint> _s0,
        _s1,
        _s2,
        _s3;

    public UniformLanes(Xoshiro256 seeds)
    {
        _s0 = Draw(seeds);
        _s1 = Draw(seeds);
        _s2 = Draw(seeds);
        _s3 = Draw(seeds);

        // All zeros in a lane, xoshiro's one bad state, has probability 2^-125.
        static Vector256<uint> Draw(Xoshiro256 seeds) =>
            Vector256.Create(seeds.NextUInt64(), seeds.NextUInt64(), seeds.NextUInt64(), seeds.NextUInt64()).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Next()
    {
        var bits = _s0 + _s3;
        var shifted = _s1 << 9;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = (_s3 << 11) | (_s3 >>> 21);
        return Vector256.ConvertToSingle(bits.AsInt32() >> 8) * (1f / (1 << 23));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Σ over bits and pairs of bra[a]·ket[b] - bra[b]·ket[a], a and b differing in one bit which a has 0: the derivative of
/// the mixer between two states, on one real plane, shape [2^bits]. 2 flops per element and bit; nothing is written.
/// </summary>
internal static unsafe class MixerSlope<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <summary>Over the bits from <paramref name="first"/> to below <paramref name="end"/>, <paramref name="first"/> being 0 or no bit of a lane.</summary>
    public static double Sum(T* bra, T* ket, int bits, int first, int end)
    {
        var length = (nint)1 << bits;
        var bit = first;
        var sum = 0.0;
        if (bit == 0 && end > 0 && TLanes.Bits > 0)
        {
            sum += SumOfLanes(bra, ket, length);
            bit = TLanes.Bits;
        }
        for (; end - bit >= 2; bit += 2)
            sum += SumOfTwo(bra, ket, length, (nint)1 << bit);
        return bit < end ? sum + SumOfOne(bra, ket, length, (nint)1 << bit) : sum;
    }

    /// <summary>The specification of <see cref="Sum"/>.</summary>
    public static double SumScalar(T* bra, T* ket, int bits, int first, int end)
    {
        var sum = 0.0;
        for (var bit = first; bit < end; bit++)
        for (var z = 0L; z < 1L << bits; z++)
            if ((z >> bit & 1) == 0)
            {
                var partner = z | 1L << bit;
                sum += double.CreateTruncating(bra[z]) * double.CreateTruncating(ket[partner]);
                sum -= double.CreateTruncating(bra[partner]) * double.CreateTruncating(ket[z]);
            }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfLanes(T* bra, T* ket, nint length)
    {
        var zero = TLanes.Broadcast(T.Zero);
        var (s0, s1, s2, s3) = (zero, zero, zero, zero);
        var (r0, r1, r2, r3) = (zero, zero, zero, zero);
        nint z = 0;
        // Two sets of sums, as each waits four cycles for its last.
        for (; z + Count < length; z += 2 * Count)
        {
            var (a, b) = (TLanes.Load(bra + z), TLanes.Load(ket + z));
            var (c, d) = (TLanes.Load(bra + z + Count), TLanes.Load(ket + z + Count));
            s0 = TLanes.MultiplyAdd(a, TLanes.Flip(b, 0), s0);
            r0 = TLanes.MultiplyAdd(c, TLanes.Flip(d, 0), r0);
            if (TLanes.Bits > 1)
            {
                s1 = TLanes.MultiplyAdd(a, TLanes.Flip(b, 1), s1);
                r1 = TLanes.MultiplyAdd(c, TLanes.Flip(d, 1), r1);
            }
            if (TLanes.Bits > 2)
            {
                s2 = TLanes.MultiplyAdd(a, TLanes.Flip(b, 2), s2);
                r2 = TLanes.MultiplyAdd(c, TLanes.Flip(d, 2), r2);
            }
            if (TLanes.Bits > 3)
            {
                s3 = TLanes.MultiplyAdd(a, TLanes.Flip(b, 3), s3);
                r3 = TLanes.MultiplyAdd(c, TLanes.Flip(d, 3), r3);
            }
        }
        for (; z < length; z += Count)
        {
            var (l, k) = (TLanes.Load(bra + z), TLanes.Load(ket + z));
            s0 = TLanes.MultiplyAdd(l, TLanes.Flip(k, 0), s0);
            if (TLanes.Bits > 1)
                s1 = TLanes.MultiplyAdd(l, TLanes.Flip(k, 1), s1);
            if (TLanes.Bits > 2)
                s2 = TLanes.MultiplyAdd(l, TLanes.Flip(k, 2), s2);
            if (TLanes.Bits > 3)
                s3 = TLanes.MultiplyAdd(l, TLanes.Flip(k, 3), s3);
        }
        return Signed(s0, 0)
            + Signed(s1, 1)
            + Signed(s2, 2)
            + Signed(s3, 3)
            + (Signed(r0, 0) + Signed(r1, 1) + Signed(r2, 2) + Signed(r3, 3));
    }

    /// <summary>A lane whose index has the bit set is a pair's b, and its product counts negative.</summary>
    private static double Signed(TVector sums, int bit)
    {
        var lanes = stackalloc T[16];
        TLanes.Store(sums, lanes);
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
            sum += (i >> bit & 1) == 0 ? double.CreateTruncating(lanes[i]) : -double.CreateTruncating(lanes[i]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfTwo(T* bra, T* ket, nint length, nint s)
    {
        var zero = TLanes.Broadcast(T.Zero);
        var (p0, p1, p2, p3) = (zero, zero, zero, zero);
        var (m0, m1, m2, m3) = (zero, zero, zero, zero);
        for (nint block = 0; block < length; block += 4 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var l = bra + z;
            var k = ket + z;
            var (l0, l1, l2, l3) = (TLanes.Load(l), TLanes.Load(l + s), TLanes.Load(l + 2 * s), TLanes.Load(l + 3 * s));
            var (k0, k1, k2, k3) = (TLanes.Load(k), TLanes.Load(k + s), TLanes.Load(k + 2 * s), TLanes.Load(k + 3 * s));
            p0 = TLanes.MultiplyAdd(l0, k1, p0);
            m0 = TLanes.MultiplyAdd(l1, k0, m0);
            p1 = TLanes.MultiplyAdd(l2, k3, p1);
            m1 = TLanes.MultiplyAdd(l3, k2, m1);
            p2 = TLanes.MultiplyAdd(l0, k2, p2);
            m2 = TLanes.MultiplyAdd(l2, k0, m2);
            p3 = TLanes.MultiplyAdd(l1, k3, p3);
            m3 = TLanes.MultiplyAdd(l3, k1, m3);
        }
        return Total(p0) - Total(m0) + (Total(p1) - Total(m1)) + (Total(p2) - Total(m2)) + (Total(p3) - Total(m3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfOne(T* bra, T* ket, nint length, nint s)
    {
        var (p, m) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        for (nint block = 0; block < length; block += 2 * s)
        for (var z = block; z < block + s; z += Count)
        {
            p = TLanes.MultiplyAdd(TLanes.Load(bra + z), TLanes.Load(ket + z + s), p);
            m = TLanes.MultiplyAdd(TLanes.Load(bra + z + s), TLanes.Load(ket + z), m);
        }
        return Total(p) - Total(m);
    }

    private static double Total(TVector sums) => double.CreateTruncating(TLanes.Sum(sums));
}

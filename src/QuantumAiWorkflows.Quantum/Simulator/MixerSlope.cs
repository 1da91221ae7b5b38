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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        for (; end - bit >= 3; bit += 3)
            sum += SumOfThree(bra, ket, length, (nint)1 << bit);
        return sum
            + (end - bit) switch
            {
                2 => SumOfTwo(bra, ket, length, (nint)1 << bit),
                1 => SumOfOne(bra, ket, length, (nint)1 << bit),
                _ => 0,
            };
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
        if (length == Count)
            return SumScalar(bra, ket, TLanes.Bits, 0, TLanes.Bits);
        // A lane whose number has the bit is a pair's b, and its product counts negative.
        var signs = stackalloc T[LaneSigns.Length];
        LaneSigns.Fill(signs, Count, T.One);
        var zero = TLanes.Broadcast(T.Zero);
        var (s0, s1, s2, s3) = (zero, zero, zero, zero);
        var (r0, r1, r2, r3) = (zero, zero, zero, zero);
        // Two sets of sums, as each waits four cycles for its last.
        for (nint z = 0; z < length; z += 2 * Count)
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
        var sum = TLanes.Multiply(TLanes.Load(signs), TLanes.Add(s0, r0));
        if (TLanes.Bits > 1)
            sum = TLanes.MultiplyAdd(TLanes.Load(signs + LaneSigns.Most), TLanes.Add(s1, r1), sum);
        if (TLanes.Bits > 2)
            sum = TLanes.MultiplyAdd(TLanes.Load(signs + 2 * LaneSigns.Most), TLanes.Add(s2, r2), sum);
        if (TLanes.Bits > 3)
            sum = TLanes.MultiplyAdd(TLanes.Load(signs + 3 * LaneSigns.Most), TLanes.Add(s3, r3), sum);
        return Total(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfThree(T* bra, T* ket, nint length, nint s)
    {
        var zero = TLanes.Broadcast(T.Zero);
        var (s0, s1, s2, s3) = (zero, zero, zero, zero);
        var (s4, s5, m0, m1) = (zero, zero, zero, zero);
        for (nint block = 0; block < length; block += 8 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var l = bra + z;
            var k = ket + z;
            var (l0, l1, l2, l3) = (TLanes.Load(l), TLanes.Load(l + s), TLanes.Load(l + 2 * s), TLanes.Load(l + 3 * s));
            var (k0, k1, k2, k3) = (TLanes.Load(k), TLanes.Load(k + s), TLanes.Load(k + 2 * s), TLanes.Load(k + 3 * s));
            l += 4 * s;
            k += 4 * s;
            var (l4, l5, l6, l7) = (TLanes.Load(l), TLanes.Load(l + s), TLanes.Load(l + 2 * s), TLanes.Load(l + 3 * s));
            var (k4, k5, k6, k7) = (TLanes.Load(k), TLanes.Load(k + s), TLanes.Load(k + 2 * s), TLanes.Load(k + 3 * s));
            // The lower two bits of four vectors at once: eight products are two of sums.
            s0 = TLanes.MultiplyAdd(TLanes.Subtract(l0, l3), TLanes.Add(k1, k2), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Add(l1, l2), TLanes.Subtract(k3, k0), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Subtract(l4, l7), TLanes.Add(k5, k6), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Add(l5, l6), TLanes.Subtract(k7, k4), s3);
            s4 = TLanes.MultiplyAdd(l0, k4, s4);
            m0 = TLanes.MultiplyAdd(l4, k0, m0);
            s5 = TLanes.MultiplyAdd(l1, k5, s5);
            m1 = TLanes.MultiplyAdd(l5, k1, m1);
            s4 = TLanes.MultiplyAdd(l2, k6, s4);
            m0 = TLanes.MultiplyAdd(l6, k2, m0);
            s5 = TLanes.MultiplyAdd(l3, k7, s5);
            m1 = TLanes.MultiplyAdd(l7, k3, m1);
        }
        var four = TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3));
        return Total(TLanes.Add(four, TLanes.Subtract(TLanes.Add(s4, s5), TLanes.Add(m0, m1))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfTwo(T* bra, T* ket, nint length, nint s)
    {
        var zero = TLanes.Broadcast(T.Zero);
        var (s0, s1) = (zero, zero);
        for (nint block = 0; block < length; block += 4 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var l = bra + z;
            var k = ket + z;
            s0 = TLanes.MultiplyAdd(
                TLanes.Subtract(TLanes.Load(l), TLanes.Load(l + 3 * s)),
                TLanes.Add(TLanes.Load(k + s), TLanes.Load(k + 2 * s)),
                s0
            );
            s1 = TLanes.MultiplyAdd(
                TLanes.Add(TLanes.Load(l + s), TLanes.Load(l + 2 * s)),
                TLanes.Subtract(TLanes.Load(k + 3 * s), TLanes.Load(k)),
                s1
            );
        }
        return Total(TLanes.Add(s0, s1));
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
        return Total(TLanes.Subtract(p, m));
    }

    private static double Total(TVector sums) => double.CreateTruncating(TLanes.Sum(sums));
}

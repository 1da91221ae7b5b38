using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// The mixer undone in two states, on one real plane of a block, shape [2^bits]; and its slope, the derivative of the mixer
/// between them: Σ over bits and pairs of bra[a]·ket[b] - bra[b]·ket[a], a and b differing in one bit which a has 0.
/// </summary>
/// <remarks>
/// Bits are summed while their values are in registers to be rotated: where a block is larger than the L1 cache that is one
/// way through it instead of three. Three bits at once, as the planes of two states have 16 rows then; see
/// <see cref="QaoaLayout.Shift"/> for why they do not all fall into one set of the cache.
/// </remarks>
internal static unsafe class AdjointSweep<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <summary>
    /// Rotates both on the bits from <paramref name="first"/>, which is 0 or no bit of a lane, to below
    /// <paramref name="end"/>.
    /// </summary>
    /// <param name="ahead">Distance to what is worked on next, fetched meanwhile where the lowest bits are rotated; 0 for nothing.</param>
    /// <returns>
    /// The slope of the states as they come. Rotations on other bits leave a bit's slope
    /// as it is, but for what they scale both states by; that is taken out.
    /// </returns>
    public static double SlopeAndRotate(T* bra, T* ket, int bits, int first, int end, T tan, nint ahead = 0)
    {
        var length = (nint)1 << bits;
        var shrink = 1 / (1 + double.CreateTruncating(tan) * double.CreateTruncating(tan));
        var (sum, scale, bit) = (0.0, 1.0, first);
        if (bit == 0 && end > 0 && TLanes.Bits > 0)
        {
            var isWide = end - TLanes.Bits >= 3;
            sum = isWide
                ? AdjointLanes<TLanes, T, TVector>.SlopeAndRotateWithThree(bra, ket, length, tan, shrink, ahead)
                : AdjointLanes<TLanes, T, TVector>.SlopeAndRotate(bra, ket, length, tan);
            bit = isWide ? TLanes.Bits + 3 : TLanes.Bits;
            scale = Math.Pow(shrink, bit);
        }
        while (bit < end)
        {
            var taken = Math.Min(3, end - bit);
            var stride = (nint)1 << bit;
            sum +=
                scale
                * taken switch
                {
                    3 => Three(bra, ket, length, stride, tan),
                    2 => Two(bra, ket, length, stride, tan),
                    _ => One(bra, ket, length, stride, tan),
                };
            bit += taken;
            scale *= Math.Pow(shrink, taken);
        }
        return sum;
    }

    /// <summary>The slope, over the bits from <paramref name="first"/> to below <paramref name="end"/>: the specification.</summary>
    public static double SlopeScalar(T* bra, T* ket, int bits, int first, int end)
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
    private static double Three(T* bra, T* ket, nint length, nint s, T tan)
    {
        var sum = 0.0;
        for (nint block = 0; block < length; block += 8 * s)
            sum += MoveThree(bra + block, ket + block, s, bra + block, ket + block, s, s, tan);
        return sum;
    }

    /// <summary>
    /// Three bits of <paramref name="count"/> columns of eight rows, from one place to another, which may be the same: where
    /// values move anyway a sweep is saved. Returns the slope before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double MoveThree(
        T* bra,
        T* ket,
        nint s,
        T* braTarget,
        T* ketTarget,
        nint targetStride,
        nint count,
        T tan
    )
    {
        var t = TLanes.Broadcast(tan);
        var zero = TLanes.Broadcast(T.Zero);
        var (p0, p1, m0, m1) = (zero, zero, zero, zero);
        for (nint z = 0; z < count; z += Count)
        {
            var l = bra + z;
            var k = ket + z;
            var (l0, l1, l2, l3) = (TLanes.Load(l), TLanes.Load(l + s), TLanes.Load(l + 2 * s), TLanes.Load(l + 3 * s));
            var (k0, k1, k2, k3) = (TLanes.Load(k), TLanes.Load(k + s), TLanes.Load(k + 2 * s), TLanes.Load(k + 3 * s));
            var lUp = l + 4 * s;
            var kUp = k + 4 * s;
            var (l4, l5, l6, l7) = (
                TLanes.Load(lUp),
                TLanes.Load(lUp + s),
                TLanes.Load(lUp + 2 * s),
                TLanes.Load(lUp + 3 * s)
            );
            var (k4, k5, k6, k7) = (
                TLanes.Load(kUp),
                TLanes.Load(kUp + s),
                TLanes.Load(kUp + 2 * s),
                TLanes.Load(kUp + 3 * s)
            );
            // The lower two bits of four vectors at once: eight products are two of sums.
            p0 = TLanes.MultiplyAdd(TLanes.Subtract(l0, l3), TLanes.Add(k1, k2), p0);
            m0 = TLanes.MultiplyAdd(TLanes.Add(l1, l2), TLanes.Subtract(k0, k3), m0);
            p1 = TLanes.MultiplyAdd(TLanes.Subtract(l4, l7), TLanes.Add(k5, k6), p1);
            m1 = TLanes.MultiplyAdd(TLanes.Add(l5, l6), TLanes.Subtract(k4, k7), m1);
            p0 = TLanes.MultiplyAdd(l0, k4, p0);
            m0 = TLanes.MultiplyAdd(l4, k0, m0);
            p1 = TLanes.MultiplyAdd(l1, k5, p1);
            m1 = TLanes.MultiplyAdd(l5, k1, m1);
            p0 = TLanes.MultiplyAdd(l2, k6, p0);
            m0 = TLanes.MultiplyAdd(l6, k2, m0);
            p1 = TLanes.MultiplyAdd(l3, k7, p1);
            m1 = TLanes.MultiplyAdd(l7, k3, m1);
            MixerSweep<TLanes, T, TVector>.Octet(ref l0, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7, t);
            l = braTarget + z;
            lUp = l + 4 * targetStride;
            TLanes.Store(l0, l);
            TLanes.Store(l1, l + targetStride);
            TLanes.Store(l2, l + 2 * targetStride);
            TLanes.Store(l3, l + 3 * targetStride);
            TLanes.Store(l4, lUp);
            TLanes.Store(l5, lUp + targetStride);
            TLanes.Store(l6, lUp + 2 * targetStride);
            TLanes.Store(l7, lUp + 3 * targetStride);
            MixerSweep<TLanes, T, TVector>.Octet(ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6, ref k7, t);
            k = ketTarget + z;
            kUp = k + 4 * targetStride;
            TLanes.Store(k0, k);
            TLanes.Store(k1, k + targetStride);
            TLanes.Store(k2, k + 2 * targetStride);
            TLanes.Store(k3, k + 3 * targetStride);
            TLanes.Store(k4, kUp);
            TLanes.Store(k5, kUp + targetStride);
            TLanes.Store(k6, kUp + 2 * targetStride);
            TLanes.Store(k7, kUp + 3 * targetStride);
        }
        return Total(TLanes.Subtract(TLanes.Add(p0, p1), TLanes.Add(m0, m1)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Two(T* bra, T* ket, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        var (p, m) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        for (nint block = 0; block < length; block += 4 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var l = bra + z;
            var k = ket + z;
            var (l0, l1, l2, l3) = (TLanes.Load(l), TLanes.Load(l + s), TLanes.Load(l + 2 * s), TLanes.Load(l + 3 * s));
            var (k0, k1, k2, k3) = (TLanes.Load(k), TLanes.Load(k + s), TLanes.Load(k + 2 * s), TLanes.Load(k + 3 * s));
            p = TLanes.MultiplyAdd(TLanes.Subtract(l0, l3), TLanes.Add(k1, k2), p);
            m = TLanes.MultiplyAdd(TLanes.Add(l1, l2), TLanes.Subtract(k0, k3), m);
            MixerSweep<TLanes, T, TVector>.Quad(ref l0, ref l1, ref l2, ref l3, t);
            TLanes.Store(l0, l);
            TLanes.Store(l1, l + s);
            TLanes.Store(l2, l + 2 * s);
            TLanes.Store(l3, l + 3 * s);
            MixerSweep<TLanes, T, TVector>.Quad(ref k0, ref k1, ref k2, ref k3, t);
            TLanes.Store(k0, k);
            TLanes.Store(k1, k + s);
            TLanes.Store(k2, k + 2 * s);
            TLanes.Store(k3, k + 3 * s);
        }
        return Total(TLanes.Subtract(p, m));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double One(T* bra, T* ket, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        var (p, m) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        for (nint block = 0; block < length; block += 2 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var (l0, l1) = (TLanes.Load(bra + z), TLanes.Load(bra + z + s));
            var (k0, k1) = (TLanes.Load(ket + z), TLanes.Load(ket + z + s));
            p = TLanes.MultiplyAdd(l0, k1, p);
            m = TLanes.MultiplyAdd(l1, k0, m);
            MixerSweep<TLanes, T, TVector>.Pair(ref l0, ref l1, t);
            MixerSweep<TLanes, T, TVector>.Pair(ref k0, ref k1, t);
            TLanes.Store(l0, bra + z);
            TLanes.Store(l1, bra + z + s);
            TLanes.Store(k0, ket + z);
            TLanes.Store(k1, ket + z + s);
        }
        return Total(TLanes.Subtract(p, m));
    }

    private static double Total(TVector sums) => double.CreateTruncating(TLanes.Sum(sums));
}

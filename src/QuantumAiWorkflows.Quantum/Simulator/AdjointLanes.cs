using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>The part of <see cref="AdjointSweep{TLanes,T,TVector}"/> whose pairs lie within a vector.</summary>
internal static unsafe class AdjointLanes<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private const int CacheLine = 64;

    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <summary>The bits within a vector, without the three after them.</summary>
    public static double SlopeAndRotate(T* bra, T* ket, nint length, T tan)
    {
        var bits = BitOperations.Log2((nuint)length);
        var sum = Slope(bra, ket, length);
        MixerSweep<TLanes, T, TVector>.Rotate(bra, bits, 0, TLanes.Bits, tan);
        MixerSweep<TLanes, T, TVector>.Rotate(ket, bits, 0, TLanes.Bits, tan);
        return sum;
    }

    /// <summary>The bits within a vector and the three after them.</summary>
    /// <param name="shrink">What a rotated bit multiplies later slopes by, to be as they were: cos².</param>
    /// <param name="ahead">Distance to what is worked on next, fetched meanwhile; 0 for nothing.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SlopeAndRotateWithThree(T* bra, T* ket, nint length, T tan, double shrink, nint ahead)
    {
        var signed = stackalloc T[LaneSigns.Length];
        LaneSigns.Fill(signed, Count, tan);
        var sums = stackalloc double[5];
        Sweep(bra, ket, length, tan, signed, sums, ahead);
        var (sum, scale) = (0.0, 1.0);
        for (var bit = 0; bit < TLanes.Bits; bit++, scale *= shrink)
            sum += scale * sums[bit];
        return sum + scale * sums[4];
    }

    /// <param name="sums">Of the bits of a lane, each by itself, and last of the three.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sweep(T* bra, T* ket, nint length, T tan, T* signed, double* sums, nint ahead)
    {
        var t = TLanes.Broadcast(tan);
        var t0 = TLanes.Load(signed);
        var t1 = TLanes.Load(signed + LaneSigns.Most);
        var t2 = TLanes.Load(signed + 2 * LaneSigns.Most);
        var t3 = TLanes.Load(signed + 3 * LaneSigns.Most);
        var zero = TLanes.Broadcast(T.Zero);
        var (s0, s1, s2, s3) = (zero, zero, zero, zero);
        var (p, m) = (zero, zero);
        nint s = Count;
        for (nint z = 0; z < length; z += 8 * s)
        {
            var l = bra + z;
            var k = ket + z;
            if (Sse.IsSupported && ahead != 0)
                for (nint at = 0; at < 8 * s; at += CacheLine / sizeof(T))
                {
                    Sse.Prefetch1(l + ahead + at);
                    Sse.Prefetch1(k + ahead + at);
                }
            var (l0, k0) = (TLanes.Load(l), TLanes.Load(k));
            Lanes(ref l0, ref k0, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l1, k1) = (TLanes.Load(l + s), TLanes.Load(k + s));
            Lanes(ref l1, ref k1, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l2, k2) = (TLanes.Load(l + 2 * s), TLanes.Load(k + 2 * s));
            Lanes(ref l2, ref k2, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l3, k3) = (TLanes.Load(l + 3 * s), TLanes.Load(k + 3 * s));
            Lanes(ref l3, ref k3, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l4, k4) = (TLanes.Load(l + 4 * s), TLanes.Load(k + 4 * s));
            Lanes(ref l4, ref k4, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l5, k5) = (TLanes.Load(l + 5 * s), TLanes.Load(k + 5 * s));
            Lanes(ref l5, ref k5, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l6, k6) = (TLanes.Load(l + 6 * s), TLanes.Load(k + 6 * s));
            Lanes(ref l6, ref k6, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            var (l7, k7) = (TLanes.Load(l + 7 * s), TLanes.Load(k + 7 * s));
            Lanes(ref l7, ref k7, ref s0, ref s1, ref s2, ref s3, t0, t1, t2, t3);
            p = TLanes.MultiplyAdd(TLanes.Subtract(l0, l3), TLanes.Add(k1, k2), p);
            m = TLanes.MultiplyAdd(TLanes.Add(l1, l2), TLanes.Subtract(k0, k3), m);
            p = TLanes.MultiplyAdd(TLanes.Subtract(l4, l7), TLanes.Add(k5, k6), p);
            m = TLanes.MultiplyAdd(TLanes.Add(l5, l6), TLanes.Subtract(k4, k7), m);
            p = TLanes.MultiplyAdd(l0, k4, p);
            m = TLanes.MultiplyAdd(l4, k0, m);
            p = TLanes.MultiplyAdd(l1, k5, p);
            m = TLanes.MultiplyAdd(l5, k1, m);
            p = TLanes.MultiplyAdd(l2, k6, p);
            m = TLanes.MultiplyAdd(l6, k2, m);
            p = TLanes.MultiplyAdd(l3, k7, p);
            m = TLanes.MultiplyAdd(l7, k3, m);
            MixerSweep<TLanes, T, TVector>.Octet(ref l0, ref l1, ref l2, ref l3, ref l4, ref l5, ref l6, ref l7, t);
            TLanes.Store(l0, l);
            TLanes.Store(l1, l + s);
            TLanes.Store(l2, l + 2 * s);
            TLanes.Store(l3, l + 3 * s);
            TLanes.Store(l4, l + 4 * s);
            TLanes.Store(l5, l + 5 * s);
            TLanes.Store(l6, l + 6 * s);
            TLanes.Store(l7, l + 7 * s);
            MixerSweep<TLanes, T, TVector>.Octet(ref k0, ref k1, ref k2, ref k3, ref k4, ref k5, ref k6, ref k7, t);
            TLanes.Store(k0, k);
            TLanes.Store(k1, k + s);
            TLanes.Store(k2, k + 2 * s);
            TLanes.Store(k3, k + 3 * s);
            TLanes.Store(k4, k + 4 * s);
            TLanes.Store(k5, k + 5 * s);
            TLanes.Store(k6, k + 6 * s);
            TLanes.Store(k7, k + 7 * s);
        }
        // A lane whose number has the bit is a pair's b, and its product counts negative.
        LaneSigns.Fill(signed, Count, T.One);
        sums[0] = Total(TLanes.Multiply(TLanes.Load(signed), s0));
        sums[1] = Total(TLanes.Multiply(TLanes.Load(signed + LaneSigns.Most), s1));
        sums[2] = Total(TLanes.Multiply(TLanes.Load(signed + 2 * LaneSigns.Most), s2));
        sums[3] = Total(TLanes.Multiply(TLanes.Load(signed + 3 * LaneSigns.Most), s3));
        sums[4] = Total(TLanes.Subtract(p, m));
    }

    /// <summary>A partner within the vector serves the sum and the rotation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lanes(
        ref TVector l,
        ref TVector k,
        ref TVector s0,
        ref TVector s1,
        ref TVector s2,
        ref TVector s3,
        TVector t0,
        TVector t1,
        TVector t2,
        TVector t3
    )
    {
        Lane(ref l, ref k, ref s0, t0, 0);
        if (TLanes.Bits > 1)
            Lane(ref l, ref k, ref s1, t1, 1);
        if (TLanes.Bits > 2)
            Lane(ref l, ref k, ref s2, t2, 2);
        if (TLanes.Bits > 3)
            Lane(ref l, ref k, ref s3, t3, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lane(ref TVector l, ref TVector k, ref TVector sum, TVector t, int bit)
    {
        var partner = TLanes.Flip(k, bit);
        sum = TLanes.MultiplyAdd(l, partner, sum);
        k = TLanes.MultiplyAdd(t, partner, k);
        l = TLanes.MultiplyAdd(t, TLanes.Flip(l, bit), l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Slope(T* bra, T* ket, nint length)
    {
        if (length == Count)
            return AdjointSweep<TLanes, T, TVector>.SlopeScalar(bra, ket, TLanes.Bits, 0, TLanes.Bits);
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

    private static double Total(TVector sums) => double.CreateTruncating(TLanes.Sum(sums));
}

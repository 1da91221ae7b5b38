using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// The mixer on one real plane of a block, shape [2^bits], in place: for every two elements that differ in one bit of
/// their index, a' = a + t·b and b' = b - t·a, t = tan β. That is exp(-iβX) over cos β in the basis of
/// <see cref="QaoaState"/>. One multiply-add per element and bit, 2 flops: half of a rotation with cos and sin.
/// </summary>
/// <remarks>
/// Up to four bits go in one sweep over memory, 16 vectors in registers; the bits within a vector join the lowest four.
/// Where the 16 rows of a sweep are a multiple of 4096 bytes apart, all their lines fall into one set of an L1 cache of 12
/// ways: there three bits go at once (36 against 95 GFLOP/s on Zen 5).
/// </remarks>
internal static unsafe class MixerSweep<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private const int BytesOfOneCacheWay = 4096;
    private const int CacheLine = 64;

    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <summary>Bits from <paramref name="first"/> to below <paramref name="end"/>, <paramref name="first"/> being 0 or no bit of a lane.</summary>
    /// <param name="ahead">Distance to what is worked on next, fetched meanwhile; 0 for nothing. Of use where the lowest bits are rotated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(T* values, int bits, int first, int end, T tan, nint ahead = 0)
    {
        var length = (nint)1 << bits;
        var bit = first;
        if (bit == 0 && end > 0)
        {
            bit = TLanes.Bits;
            if (TLanes.Bits > 0 && end - bit < 4)
                RotateLanes(values, length, tan);
            else if (end - bit >= 4)
            {
                RotateLanesAndFour(values, length, tan, ahead);
                bit += 4;
            }
        }
        while (bit < end)
        {
            var stride = (nint)1 << bit;
            var most = stride * sizeof(T) >= BytesOfOneCacheWay ? 3 : 4;
            var left = end - bit;
            // Two sweeps of three bits are better than one of four and one of two, as a sweep of two waits for memory.
            var taken = left > most && left <= 6 && most == 4 ? (left + 1) / 2 : Math.Min(left, most);
            switch (taken)
            {
                case 4:
                    RotateFour(values, length, stride, tan);
                    break;
                case 3:
                    RotateThree(values, length, stride, tan);
                    break;
                case 2:
                    RotateTwo(values, length, stride, tan);
                    break;
                default:
                    RotateOne(values, length, stride, tan);
                    break;
            }
            bit += taken;
        }
    }

    /// <summary>The specification of <see cref="Rotate"/>.</summary>
    public static void RotateScalar(T* values, int bits, int first, int end, T tan)
    {
        for (var bit = first; bit < end; bit++)
        for (var z = 0L; z < 1L << bits; z++)
            if ((z >> bit & 1) == 0)
            {
                var (a, b) = (values[z], values[z | 1L << bit]);
                (values[z], values[z | 1L << bit]) = (a + tan * b, b - tan * a);
            }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateLanes(T* values, nint length, T tan)
    {
        var signed = stackalloc T[LaneSigns.Length];
        LaneSigns.Fill(signed, Count, tan);
        var t0 = TLanes.Load(signed);
        var t1 = TLanes.Load(signed + LaneSigns.Most);
        var t2 = TLanes.Load(signed + 2 * LaneSigns.Most);
        var t3 = TLanes.Load(signed + 3 * LaneSigns.Most);
        for (var x = values; x < values + length; x += Count)
            TLanes.Store(TLanes.RotateLanes(TLanes.Load(x), t0, t1, t2, t3), x);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateLanesAndFour(T* values, nint length, T tan, nint ahead)
    {
        // Nothing is in a register while this is called: it would stay on the stack through the loop.
        var signed = stackalloc T[LaneSigns.Length];
        LaneSigns.Fill(signed, Count, tan);
        var t = TLanes.Broadcast(tan);
        var t0 = TLanes.Load(signed);
        var t1 = TLanes.Load(signed + LaneSigns.Most);
        var t2 = TLanes.Load(signed + 2 * LaneSigns.Most);
        var t3 = TLanes.Load(signed + 3 * LaneSigns.Most);
        nint s = Count;
        for (var x = values; x < values + length; x += 16 * s)
        {
            // To the L2 cache, a line for every line of arithmetic: faster than that memory is not.
            if (Sse.IsSupported && ahead != 0)
                for (var line = (byte*)(x + ahead); line < (byte*)(x + 16 * s + ahead); line += CacheLine)
                    Sse.Prefetch1(line);
            var v0 = TLanes.RotateLanes(TLanes.Load(x), t0, t1, t2, t3);
            var v1 = TLanes.RotateLanes(TLanes.Load(x + s), t0, t1, t2, t3);
            var v2 = TLanes.RotateLanes(TLanes.Load(x + 2 * s), t0, t1, t2, t3);
            var v3 = TLanes.RotateLanes(TLanes.Load(x + 3 * s), t0, t1, t2, t3);
            Quad(ref v0, ref v1, ref v2, ref v3, t);
            var v4 = TLanes.RotateLanes(TLanes.Load(x + 4 * s), t0, t1, t2, t3);
            var v5 = TLanes.RotateLanes(TLanes.Load(x + 5 * s), t0, t1, t2, t3);
            var v6 = TLanes.RotateLanes(TLanes.Load(x + 6 * s), t0, t1, t2, t3);
            var v7 = TLanes.RotateLanes(TLanes.Load(x + 7 * s), t0, t1, t2, t3);
            Quad(ref v4, ref v5, ref v6, ref v7, t);
            var v8 = TLanes.RotateLanes(TLanes.Load(x + 8 * s), t0, t1, t2, t3);
            var v9 = TLanes.RotateLanes(TLanes.Load(x + 9 * s), t0, t1, t2, t3);
            var v10 = TLanes.RotateLanes(TLanes.Load(x + 10 * s), t0, t1, t2, t3);
            var v11 = TLanes.RotateLanes(TLanes.Load(x + 11 * s), t0, t1, t2, t3);
            Quad(ref v8, ref v9, ref v10, ref v11, t);
            var v12 = TLanes.RotateLanes(TLanes.Load(x + 12 * s), t0, t1, t2, t3);
            var v13 = TLanes.RotateLanes(TLanes.Load(x + 13 * s), t0, t1, t2, t3);
            var v14 = TLanes.RotateLanes(TLanes.Load(x + 14 * s), t0, t1, t2, t3);
            var v15 = TLanes.RotateLanes(TLanes.Load(x + 15 * s), t0, t1, t2, t3);
            Quad(ref v12, ref v13, ref v14, ref v15, t);
            Quad(ref v0, ref v4, ref v8, ref v12, t);
            Quad(ref v1, ref v5, ref v9, ref v13, t);
            Quad(ref v2, ref v6, ref v10, ref v14, t);
            Quad(ref v3, ref v7, ref v11, ref v15, t);
            StoreFour(v0, v1, v2, v3, x, s);
            StoreFour(v4, v5, v6, v7, x + 4 * s, s);
            StoreFour(v8, v9, v10, v11, x + 8 * s, s);
            StoreFour(v12, v13, v14, v15, x + 12 * s, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateFour(T* values, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        for (nint block = 0; block < length; block += 16 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var x = values + z;
            var x4 = x + 4 * s;
            var x8 = x + 8 * s;
            var x12 = x + 12 * s;
            var (v0, v1, v2, v3) = LoadFour(x, s);
            var (v4, v5, v6, v7) = LoadFour(x4, s);
            var (v8, v9, v10, v11) = LoadFour(x8, s);
            var (v12, v13, v14, v15) = LoadFour(x12, s);
            Quad(ref v0, ref v1, ref v2, ref v3, t);
            Quad(ref v4, ref v5, ref v6, ref v7, t);
            Quad(ref v8, ref v9, ref v10, ref v11, t);
            Quad(ref v12, ref v13, ref v14, ref v15, t);
            Quad(ref v0, ref v4, ref v8, ref v12, t);
            Quad(ref v1, ref v5, ref v9, ref v13, t);
            Quad(ref v2, ref v6, ref v10, ref v14, t);
            Quad(ref v3, ref v7, ref v11, ref v15, t);
            StoreFour(v0, v1, v2, v3, x, s);
            StoreFour(v4, v5, v6, v7, x4, s);
            StoreFour(v8, v9, v10, v11, x8, s);
            StoreFour(v12, v13, v14, v15, x12, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateThree(T* values, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        for (nint block = 0; block < length; block += 8 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var x = values + z;
            var x4 = x + 4 * s;
            var (v0, v1, v2, v3) = LoadFour(x, s);
            var (v4, v5, v6, v7) = LoadFour(x4, s);
            Octet(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, t);
            StoreFour(v0, v1, v2, v3, x, s);
            StoreFour(v4, v5, v6, v7, x4, s);
        }
    }

    /// <summary>
    /// Three bits of <paramref name="count"/> columns of eight rows, from one place to another: a rotation that costs no sweep
    /// of its own where values move anyway.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MoveThree(T* source, nint sourceStride, T* target, nint targetStride, nint count, T tan)
    {
        var t = TLanes.Broadcast(tan);
        for (nint z = 0; z < count; z += Count)
        {
            var x = source + z;
            var y = target + z;
            var (v0, v1, v2, v3) = LoadFour(x, sourceStride);
            var (v4, v5, v6, v7) = LoadFour(x + 4 * sourceStride, sourceStride);
            Octet(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, t);
            StoreFour(v0, v1, v2, v3, y, targetStride);
            StoreFour(v4, v5, v6, v7, y + 4 * targetStride, targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateTwo(T* values, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        for (nint block = 0; block < length; block += 4 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var (v0, v1, v2, v3) = LoadFour(values + z, s);
            Quad(ref v0, ref v1, ref v2, ref v3, t);
            StoreFour(v0, v1, v2, v3, values + z, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateOne(T* values, nint length, nint s, T tan)
    {
        var t = TLanes.Broadcast(tan);
        for (nint block = 0; block < length; block += 2 * s)
        for (var z = block; z < block + s; z += Count)
        {
            var (v0, v1) = (TLanes.Load(values + z), TLanes.Load(values + z + s));
            Pair(ref v0, ref v1, t);
            TLanes.Store(v0, values + z);
            TLanes.Store(v1, values + z + s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector, TVector, TVector, TVector) LoadFour(T* x, nint s) =>
        (TLanes.Load(x), TLanes.Load(x + s), TLanes.Load(x + 2 * s), TLanes.Load(x + 3 * s));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(TVector v0, TVector v1, TVector v2, TVector v3, T* x, nint s)
    {
        TLanes.Store(v0, x);
        TLanes.Store(v1, x + s);
        TLanes.Store(v2, x + 2 * s);
        TLanes.Store(v3, x + 3 * s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair(ref TVector a, ref TVector b, TVector t)
    {
        var before = a;
        a = TLanes.MultiplyAdd(t, b, a);
        b = TLanes.SubtractProduct(t, before, b);
    }

    /// <summary>Two bits of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Quad(ref TVector a, ref TVector b, ref TVector c, ref TVector d, TVector t)
    {
        Pair(ref a, ref b, t);
        Pair(ref c, ref d, t);
        Pair(ref a, ref c, t);
        Pair(ref b, ref d, t);
    }

    /// <summary>Three bits of eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Octet(
        ref TVector a,
        ref TVector b,
        ref TVector c,
        ref TVector d,
        ref TVector e,
        ref TVector f,
        ref TVector g,
        ref TVector h,
        TVector t
    )
    {
        Quad(ref a, ref b, ref c, ref d, t);
        Quad(ref e, ref f, ref g, ref h, t);
        Pair(ref a, ref e, t);
        Pair(ref b, ref f, t);
        Pair(ref c, ref g, t);
        Pair(ref d, ref h, t);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>What chunks do with a diagonal besides phases; all planes have the shape [length]. Nothing allocates.</summary>
internal static unsafe class DiagonalSweep<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <summary>Σ diagonal·(re² + im²). 5 flops per amplitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Expectation(T* diagonal, T* re, T* im, int length)
    {
        var (sum, odd) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        var z = 0;
        for (; z + Count < length; z += 2 * Count)
        {
            sum = TLanes.MultiplyAdd(Norm(re + z, im + z), TLanes.Load(diagonal + z), sum);
            odd = TLanes.MultiplyAdd(Norm(re + z + Count, im + z + Count), TLanes.Load(diagonal + z + Count), odd);
        }
        if (z < length)
            sum = TLanes.MultiplyAdd(Norm(re + z, im + z), TLanes.Load(diagonal + z), sum);
        return double.CreateTruncating(TLanes.Sum(TLanes.Add(sum, odd)));
    }

    /// <summary>bra = scale·diagonal·ket and ket = scale·ket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(T* diagonal, T* ket, T* bra, int length, T scale)
    {
        var s = TLanes.Broadcast(scale);
        for (var z = 0; z < length; z += Count)
        {
            var scaled = TLanes.Multiply(s, TLanes.Load(ket + z));
            TLanes.Store(scaled, ket + z);
            TLanes.Store(TLanes.Multiply(scaled, TLanes.Load(diagonal + z)), bra + z);
        }
    }

    /// <summary>Im Σ diagonal·conj(bra)·ket: half the derivative of the phase between two states. 5 flops per amplitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Slope(T* diagonal, T* braRe, T* braIm, T* re, T* im, int length)
    {
        var (sum, odd) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        var z = 0;
        for (; z + Count < length; z += 2 * Count)
        {
            sum = TLanes.MultiplyAdd(Twist(braRe + z, braIm + z, re + z, im + z), TLanes.Load(diagonal + z), sum);
            var next = z + Count;
            odd = TLanes.MultiplyAdd(
                Twist(braRe + next, braIm + next, re + next, im + next),
                TLanes.Load(diagonal + next),
                odd
            );
        }
        if (z < length)
            sum = TLanes.MultiplyAdd(Twist(braRe + z, braIm + z, re + z, im + z), TLanes.Load(diagonal + z), sum);
        return double.CreateTruncating(TLanes.Sum(TLanes.Add(sum, odd)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Twist(T* braRe, T* braIm, T* re, T* im) =>
        TLanes.SubtractProduct(
            TLanes.Load(braIm),
            TLanes.Load(re),
            TLanes.Multiply(TLanes.Load(braRe), TLanes.Load(im))
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Norm(T* re, T* im)
    {
        var (x, y) = (TLanes.Load(re), TLanes.Load(im));
        return TLanes.MultiplyAdd(x, x, TLanes.Multiply(y, y));
    }
}

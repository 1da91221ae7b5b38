using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// The mixer of the qubit that a symmetric state does not store: its pairs are a string z and its complement, which lie
/// at opposite ends of two planes. For every i, with j = 2^bits - 1 - i and σ = ±1 the parity of i's bits times that of the
/// caller: x[i]' = x[i] + t·σ·y[j] and y[j]' = y[j] - t·σ·x[i].
/// </summary>
internal static unsafe class TopQubit<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1 << TLanes.Bits;
    }

    /// <param name="count">How many i: the whole plane, or its lower half where x and y are one plane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate(T* x, T* y, int bits, nint count, T tan)
    {
        if (count < Count)
        {
            for (nint i = 0; i < count; i++)
            {
                var (j, t) = (((nint)1 << bits) - 1 - i, (BitOperations.PopCount((ulong)i) & 1) == 0 ? tan : -tan);
                (x[i], y[j]) = (x[i] + t * y[j], y[j] - t * x[i]);
            }
            return;
        }
        var signed = stackalloc T[2 * LaneSigns.Most];
        LaneSigns.FillParities(signed, Count, tan);
        LaneSigns.FillParities(signed + LaneSigns.Most, Count, -tan);
        var (even, odd) = (TLanes.Load(signed), TLanes.Load(signed + LaneSigns.Most));
        for (nint i = 0; i < count; i += Count)
        {
            var t = (BitOperations.PopCount((ulong)i) & 1) == 0 ? even : odd;
            var partner = y + ((nint)1 << bits) - i - Count;
            var (a, b) = (TLanes.Load(x + i), TLanes.Reverse(TLanes.Load(partner)));
            TLanes.Store(TLanes.MultiplyAdd(t, b, a), x + i);
            TLanes.Store(TLanes.Reverse(TLanes.SubtractProduct(t, a, b)), partner);
        }
    }

    /// <summary>Σ σ·(braX[i]·ketY[j] - braY[j]·ketX[i]): the derivative of <see cref="Rotate"/> between two states.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Slope(T* braX, T* braY, T* ketX, T* ketY, int bits, nint count)
    {
        if (count < Count)
        {
            var total = 0.0;
            for (nint i = 0; i < count; i++)
            {
                var j = ((nint)1 << bits) - 1 - i;
                var term = double.CreateTruncating(braX[i] * ketY[j] - braY[j] * ketX[i]);
                total += (BitOperations.PopCount((ulong)i) & 1) == 0 ? term : -term;
            }
            return total;
        }
        var parities = stackalloc T[LaneSigns.Most];
        LaneSigns.FillParities(parities, Count, T.One);
        var signs = TLanes.Load(parities);
        var (even, odd) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        for (nint i = 0; i < count; i += Count)
        {
            var j = ((nint)1 << bits) - i - Count;
            var term = TLanes.Multiply(TLanes.Load(braX + i), TLanes.Reverse(TLanes.Load(ketY + j)));
            term = TLanes.SubtractProduct(TLanes.Reverse(TLanes.Load(braY + j)), TLanes.Load(ketX + i), term);
            if ((BitOperations.PopCount((ulong)i) & 1) == 0)
                even = TLanes.MultiplyAdd(signs, term, even);
            else
                odd = TLanes.MultiplyAdd(signs, term, odd);
        }
        return double.CreateTruncating(TLanes.Sum(TLanes.Subtract(even, odd)));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.Exhaustive;

/// <summary>
/// Energies of all 2^L assignments of the L lowest variables while the others stand still:
/// e(s) = pairs[s] + Σ fields[i] over the bits i of s. The pair energies never change, so a block costs one addition and
/// one comparison per state.
/// </summary>
internal static class LowBlock
{
    /// <summary>States whose sums of fields stay in registers: 8 vectors of 4 doubles.</summary>
    private const int Inner = 32;

    private const int InnerVariables = 5;

    /// <summary>Fills <paramref name="sums"/> [2^L] with Σ values[i] over the bits i of the index, by doubling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubsetSums(ReadOnlySpan<double> values, Span<double> sums)
    {
        sums[0] = 0;
        for (var i = 0; i < values.Length; i++)
        for (var s = 0; s < 1 << i; s++)
            sums[s + (1 << i)] = sums[s] + values[i];
    }

    /// <summary>Fills <paramref name="pairs"/> [2^L] with Σ couplings[i, j] over i &lt; j both in the index.</summary>
    /// <param name="couplings">Row-major [n, n], symmetric.</param>
    public static void PairEnergies(ReadOnlySpan<double> couplings, int n, Span<double> pairs)
    {
        pairs[0] = 0;
        Span<double> row = stackalloc double[n];
        for (var i = 0; 1 << i < pairs.Length; i++)
        {
            couplings.Slice(i * n, i).CopyTo(row);
            SubsetSums(row[..i], pairs.Slice(1 << i, 1 << i));
            for (var s = 0; s < 1 << i; s++)
                pairs[s + (1 << i)] += pairs[s];
        }
    }

    /// <summary>The least e(s). The specification of <see cref="Minimum"/>.</summary>
    public static double MinimumScalar(ReadOnlySpan<double> pairs, ReadOnlySpan<double> fields)
    {
        Span<double> sums = stackalloc double[pairs.Length];
        SubsetSums(fields, sums);
        var minimum = double.PositiveInfinity;
        for (var s = 0; s < pairs.Length; s++)
            minimum = Math.Min(minimum, pairs[s] + sums[s]);
        return minimum;
    }

    /// <summary>
    /// The least e(s), up to rounding. Sums of the five lowest fields stay in registers; those of the others are one
    /// number per 32 states, added after the minimum over them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Minimum(ReadOnlySpan<double> pairs, ReadOnlySpan<double> fields)
    {
        if (fields.Length < InnerVariables || !Vector256.IsHardwareAccelerated)
            return MinimumScalar(pairs, fields);

        Span<double> inner = stackalloc double[Inner];
        Span<double> outer = stackalloc double[pairs.Length / Inner];
        SubsetSums(fields[..InnerVariables], inner);
        SubsetSums(fields[InnerVariables..], outer);

        ref var a = ref MemoryMarshal.GetReference(inner);
        var a0 = Vector256.LoadUnsafe(ref a, 0);
        var a1 = Vector256.LoadUnsafe(ref a, 4);
        var a2 = Vector256.LoadUnsafe(ref a, 8);
        var a3 = Vector256.LoadUnsafe(ref a, 12);
        var a4 = Vector256.LoadUnsafe(ref a, 16);
        var a5 = Vector256.LoadUnsafe(ref a, 20);
        var a6 = Vector256.LoadUnsafe(ref a, 24);
        var a7 = Vector256.LoadUnsafe(ref a, 28);
        var minimum = Vector256.Create(double.PositiveInfinity);
        ref var p = ref MemoryMarshal.GetReference(pairs);
        for (var h = 0; h < outer.Length; h++)
        {
            var at = (nuint)h * Inner;
            var m0 = Least(Vector256.LoadUnsafe(ref p, at) + a0, Vector256.LoadUnsafe(ref p, at + 4) + a1);
            var m1 = Least(Vector256.LoadUnsafe(ref p, at + 8) + a2, Vector256.LoadUnsafe(ref p, at + 12) + a3);
            var m2 = Least(Vector256.LoadUnsafe(ref p, at + 16) + a4, Vector256.LoadUnsafe(ref p, at + 20) + a5);
            var m3 = Least(Vector256.LoadUnsafe(ref p, at + 24) + a6, Vector256.LoadUnsafe(ref p, at + 28) + a7);
            minimum = Least(minimum, Least(Least(m0, m1), Least(m2, m3)) + Vector256.Create(outer[h]));
        }

        var half = Vector128.Min(minimum.GetLower(), minimum.GetUpper());
        return Math.Min(half[0], half[1]);
    }

    /// <summary>Native: energies are never NaN, and 0 is -0.</summary>
    private static Vector256<double> Least(Vector256<double> x, Vector256<double> y) => Vector256.MinNative(x, y);
}

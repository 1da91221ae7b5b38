using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>
/// Π cos(a[k] + b[k]) and Π cos(a[k] - b[k]) over k, from the cosines and sines of a and b: what the correlation of two
/// qubits after one layer takes of all the others. Six multiplications and additions per k, no trigonometry.
/// </summary>
internal static class PairProducts
{
    /// <summary>Dense rows are padded to a multiple of this, with cosine 1 and sine 0.</summary>
    public const int Lanes = 8;

    /// <summary>Factors between two looks at how small the products have become.</summary>
    private const int Chunk = 256;

    /// <summary>Partial products below this make the whole indistinguishable from 0, and further factors denormal.</summary>
    private const double Vanishing = 1e-60;

    /// <summary>
    /// Of dense rows of equal, padded length. Two vectors at a time, so that a product need not wait for the one before.
    /// Vector512 was 17 % faster where the machine has it: not worth a third kernel.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Difference) Dense(
        ReadOnlySpan<double> cosA,
        ReadOnlySpan<double> sinA,
        ReadOnlySpan<double> cosB,
        ReadOnlySpan<double> sinB
    )
    {
        if (!Vector256.IsHardwareAccelerated)
            return DenseScalar(cosA, sinA, cosB, sinB);
        ref var ca = ref MemoryMarshal.GetReference(cosA);
        ref var sa = ref MemoryMarshal.GetReference(sinA);
        ref var cb = ref MemoryMarshal.GetReference(cosB);
        ref var sb = ref MemoryMarshal.GetReference(sinB);
        var (sum0, sum1) = (Vector256<double>.One, Vector256<double>.One);
        var (difference0, difference1) = (Vector256<double>.One, Vector256<double>.One);
        for (nuint start = 0; start < (nuint)cosA.Length; start += Chunk)
        {
            var end = Math.Min(start + Chunk, (nuint)cosA.Length);
            for (var k = start; k < end; k += Lanes)
            {
                var cos0 = Vector256.LoadUnsafe(ref ca, k) * Vector256.LoadUnsafe(ref cb, k);
                var sin0 = Vector256.LoadUnsafe(ref sa, k) * Vector256.LoadUnsafe(ref sb, k);
                var cos1 = Vector256.LoadUnsafe(ref ca, k + 4) * Vector256.LoadUnsafe(ref cb, k + 4);
                var sin1 = Vector256.LoadUnsafe(ref sa, k + 4) * Vector256.LoadUnsafe(ref sb, k + 4);
                sum0 *= cos0 - sin0;
                difference0 *= cos0 + sin0;
                sum1 *= cos1 - sin1;
                difference1 *= cos1 + sin1;
            }
            var largest = Vector256.Max(Largest(sum0, sum1), Largest(difference0, difference1));
            if (Vector256.LessThanAll(largest, Vector256.Create(Vanishing)))
                return (0, 0);
        }
        return (Product(sum0 * sum1), Product(difference0 * difference1));
    }

    /// <summary>The specification of <see cref="Dense"/>.</summary>
    public static (double Sum, double Difference) DenseScalar(
        ReadOnlySpan<double> cosA,
        ReadOnlySpan<double> sinA,
        ReadOnlySpan<double> cosB,
        ReadOnlySpan<double> sinB
    )
    {
        var (sum, difference) = (1.0, 1.0);
        for (var k = 0; k < cosA.Length; k++)
        {
            sum *= cosA[k] * cosB[k] - sinA[k] * sinB[k];
            difference *= cosA[k] * cosB[k] + sinA[k] * sinB[k];
        }
        return (sum, difference);
    }

    /// <summary>
    /// Of two rows of a sparse graph, i and j, without the entries for each other: merged, as both ascend. Where only one
    /// has a neighbour, the other's angle is 0 and both factors are its cosine. O(degree i + degree j).
    /// </summary>
    /// <param name="cos">Cosines beside the graph's columns, [2m]; <paramref name="sin"/> likewise.</param>
    public static (double Sum, double Difference) Sparse(IsingGraph graph, double[] cos, double[] sin, int i, int j)
    {
        var column = graph.Column;
        var (a, endA) = (graph.Start[i], graph.Start[i + 1]);
        var (b, endB) = (graph.Start[j], graph.Start[j + 1]);
        var (alone, sum, difference) = (1.0, 1.0, 1.0);
        while (a < endA && b < endB)
        {
            var (k, l) = (column[a], column[b]);
            if (k < l)
            {
                if (k != j)
                    alone *= cos[a];
                a++;
            }
            else if (l < k)
            {
                if (l != i)
                    alone *= cos[b];
                b++;
            }
            else
            {
                var (cosine, sine) = (cos[a] * cos[b], sin[a] * sin[b]);
                sum *= cosine - sine;
                difference *= cosine + sine;
                a++;
                b++;
            }
        }
        for (; a < endA; a++)
            if (column[a] != j)
                alone *= cos[a];
        for (; b < endB; b++)
            if (column[b] != i)
                alone *= cos[b];
        return (alone * sum, alone * difference);
    }

    private static Vector256<double> Largest(Vector256<double> x, Vector256<double> y) =>
        Vector256.Max(Vector256.Abs(x), Vector256.Abs(y));

    private static double Product(Vector256<double> lanes) => lanes[0] * lanes[1] * (lanes[2] * lanes[3]);
}

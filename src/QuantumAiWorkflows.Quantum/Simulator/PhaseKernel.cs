using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Kernels that go once along the amplitudes together with a diagonal. All spans have the shape [2^n].</summary>
internal static class PhaseKernel
{
    private const int Block = 4096;

    /// <summary>Multiplies each amplitude by exp(-i·gamma·diagonal).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Apply(
        Span<double> real,
        Span<double> imaginary,
        ReadOnlySpan<double> diagonal,
        double gamma
    )
    {
        if (!Vector256.IsHardwareAccelerated || real.Length < Vector256<double>.Count)
        {
            ApplyScalar(real, imaginary, diagonal, gamma);
            return;
        }

        fixed (
            double* re = real,
                im = imaginary,
                values = diagonal
        )
        {
            var cos = stackalloc double[Vector256<double>.Count];
            var sin = stackalloc double[Vector256<double>.Count];
            for (nint z = 0; z < real.Length; z += Vector256<double>.Count)
            {
                VectorSinCos.Fill(values + z, -gamma, cos, sin, Vector256<double>.Count);
                var (c, s) = (Vector256.Load(cos), Vector256.Load(sin));
                var (a, b) = (Vector256.Load(re + z), Vector256.Load(im + z));
                (a * c - b * s).Store(re + z);
                (a * s + b * c).Store(im + z);
            }
        }
    }

    /// <summary>The specification of <see cref="Apply"/>.</summary>
    public static void ApplyScalar(
        Span<double> real,
        Span<double> imaginary,
        ReadOnlySpan<double> diagonal,
        double gamma
    )
    {
        for (var z = 0; z < real.Length; z++)
        {
            var (sin, cos) = Math.SinCos(-gamma * diagonal[z]);
            (real[z], imaginary[z]) = (real[z] * cos - imaginary[z] * sin, real[z] * sin + imaginary[z] * cos);
        }
    }

    /// <summary>Σ (real² + imaginary²)·diagonal.</summary>
    public static double Expectation(
        ReadOnlySpan<double> real,
        ReadOnlySpan<double> imaginary,
        ReadOnlySpan<double> diagonal
    )
    {
        var total = 0.0;
        for (var start = 0; start < real.Length; start += Block)
        {
            var length = Math.Min(Block, real.Length - start);
            total += BlockExpectation(
                real.Slice(start, length),
                imaginary.Slice(start, length),
                diagonal.Slice(start, length)
            );
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BlockExpectation(
        ReadOnlySpan<double> real,
        ReadOnlySpan<double> imaginary,
        ReadOnlySpan<double> diagonal
    )
    {
        var sum = Vector256<double>.Zero;
        var z = 0;
        for (; z + Vector256<double>.Count <= real.Length; z += Vector256<double>.Count)
        {
            var a = Vector256.Create(real[z..]);
            var b = Vector256.Create(imaginary[z..]);
            sum += (a * a + b * b) * Vector256.Create(diagonal[z..]);
        }
        // Lane by lane: Vector256.Sum adds in another order once the JIT has recompiled it, which changes the last bit.
        var total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        for (; z < real.Length; z++)
            total += (real[z] * real[z] + imaginary[z] * imaginary[z]) * diagonal[z];
        return total;
    }
}

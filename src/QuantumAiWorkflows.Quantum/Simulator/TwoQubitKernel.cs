using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Gates on two qubits of a state in two arrays, shape [2^n] each. Each goes over the quarters of the state that the gate
/// changes and over no more.
/// </summary>
internal static class TwoQubitKernel
{
    /// <summary>
    /// exp(-i·angle·(XX + YY)/2) = rxx(angle)·ryy(angle): on amplitudes a of |first = 1, second = 0⟩ and b of |01⟩,
    /// a' = cos·a - i·sin·b and b' = cos·b - i·sin·a. |00⟩ and |11⟩ are left alone to the last bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RotateXy(Span<double> real, Span<double> imaginary, int first, int second, double angle)
    {
        var run = 1 << Math.Min(first, second);
        if (!Vector256.IsHardwareAccelerated || run < Vector256<double>.Count)
        {
            RotateXyScalar(real, imaginary, first, second, angle);
            return;
        }

        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var (s, c) = Math.SinCos(angle);
        var (sin, cos) = (Vector256.Create(s), Vector256.Create(c));
        var (a, b) = ((nuint)1 << first, (nuint)1 << second);
        for (var quarter = 0; quarter < real.Length / 4; quarter += run)
        {
            var start = (nuint)Spread(quarter, first, second);
            for (var z = start; z < start + (nuint)run; z += (nuint)Vector256<double>.Count)
            {
                var (x, y) = (Vector256.LoadUnsafe(ref re, z + a), Vector256.LoadUnsafe(ref im, z + a));
                var (u, v) = (Vector256.LoadUnsafe(ref re, z + b), Vector256.LoadUnsafe(ref im, z + b));
                (cos * x + sin * v).StoreUnsafe(ref re, z + a);
                (cos * y - sin * u).StoreUnsafe(ref im, z + a);
                (cos * u + sin * y).StoreUnsafe(ref re, z + b);
                (cos * v - sin * x).StoreUnsafe(ref im, z + b);
            }
        }
    }

    /// <summary>The specification of <see cref="RotateXy"/>.</summary>
    public static void RotateXyScalar(Span<double> real, Span<double> imaginary, int first, int second, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        for (var quarter = 0; quarter < real.Length / 4; quarter++)
        {
            var z = Spread(quarter, first, second);
            var (a, b) = (z | (1 << first), z | (1 << second));
            var (x, y, u, v) = (real[a], imaginary[a], real[b], imaginary[b]);
            (real[a], imaginary[a]) = (cos * x + sin * v, cos * y - sin * u);
            (real[b], imaginary[b]) = (cos * u + sin * y, cos * v - sin * x);
        }
    }

    /// <summary>Im⟨bra|(XX + YY)/2|ket⟩ of the pair.</summary>
    public static double ImaginaryXy(in StateSpans bra, in StateSpans ket, int first, int second)
    {
        var sum = 0.0;
        for (var quarter = 0; quarter < ket.Real.Length / 4; quarter++)
        {
            var z = Spread(quarter, first, second);
            var (a, b) = (z | (1 << first), z | (1 << second));
            sum += bra.Real[a] * ket.Imaginary[b] - bra.Imaginary[a] * ket.Real[b];
            sum += bra.Real[b] * ket.Imaginary[a] - bra.Imaginary[b] * ket.Real[a];
        }
        return sum;
    }

    /// <summary>Flips the target where the control is 1.</summary>
    public static void FlipControlled(Span<double> real, Span<double> imaginary, int control, int target)
    {
        for (var quarter = 0; quarter < real.Length / 4; quarter++)
        {
            var z = Spread(quarter, control, target) | (1 << control);
            var flipped = z | (1 << target);
            (real[z], real[flipped]) = (real[flipped], real[z]);
            (imaginary[z], imaginary[flipped]) = (imaginary[flipped], imaginary[z]);
        }
    }

    /// <summary>Changes the sign where both are 1.</summary>
    public static void NegateBoth(Span<double> real, Span<double> imaginary, int first, int second)
    {
        for (var quarter = 0; quarter < real.Length / 4; quarter++)
        {
            var z = Spread(quarter, first, second) | (1 << first) | (1 << second);
            (real[z], imaginary[z]) = (-real[z], -imaginary[z]);
        }
    }

    /// <summary>The index whose bits are those of <paramref name="quarter"/> with a 0 put in at both qubits.</summary>
    private static int Spread(int quarter, int first, int second)
    {
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        var z = InsertZero(quarter, low);
        return InsertZero(z, high);

        static int InsertZero(int bits, int at) => ((bits >> at) << (at + 1)) | (bits & ((1 << at) - 1));
    }
}

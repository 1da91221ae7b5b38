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
    /// rxx(xx)·ryy(yy) = exp(-i·(xx·XX + yy·YY)/2). XX and YY flip both qubits, so two pairs of amplitudes meet: a of
    /// |first = 1, second = 0⟩ and b of |01⟩ by the angle t = (xx + yy)/2, as a' = cos t·a - i·sin t·b and b' =
    /// cos t·b - i·sin t·a; those of |00⟩ and |11⟩ by t = (xx - yy)/2, left alone to the last bit for equal angles.
    /// </summary>
    public static void RotateXxYy(
        Span<double> real,
        Span<double> imaginary,
        int first,
        int second,
        double xx,
        double yy
    )
    {
        var (a, b) = (1 << first, 1 << second);
        Mix(real, imaginary, first, second, a, b, (xx + yy) / 2);
        if (xx != yy)
            Mix(real, imaginary, first, second, 0, a | b, (xx - yy) / 2);
    }

    /// <summary>The specification of <see cref="RotateXxYy"/>.</summary>
    public static void RotateXxYyScalar(
        Span<double> real,
        Span<double> imaginary,
        int first,
        int second,
        double xx,
        double yy
    )
    {
        for (var quarter = 0; quarter < real.Length / 4; quarter++)
        {
            var z = Spread(quarter, first, second);
            var (a, b) = (z | (1 << first), z | (1 << second));
            Mix(real, imaginary, a, b, Math.SinCos((xx + yy) / 2));
            Mix(real, imaginary, z, a | b, Math.SinCos((xx - yy) / 2));
        }
    }

    /// <summary>Mixes the quarters of the state that are these offsets away from the one where both qubits are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(
        Span<double> real,
        Span<double> imaginary,
        int first,
        int second,
        int offsetA,
        int offsetB,
        double angle
    )
    {
        var run = 1 << Math.Min(first, second);
        var sinCos = Math.SinCos(angle);
        if (!Vector256.IsHardwareAccelerated || run < Vector256<double>.Count)
        {
            for (var quarter = 0; quarter < real.Length / 4; quarter++)
            {
                var z = Spread(quarter, first, second);
                Mix(real, imaginary, z + offsetA, z + offsetB, sinCos);
            }
            return;
        }

        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var (sin, cos) = (Vector256.Create(sinCos.Sin), Vector256.Create(sinCos.Cos));
        var (a, b) = ((nuint)offsetA, (nuint)offsetB);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(Span<double> real, Span<double> imaginary, int a, int b, (double Sin, double Cos) angle)
    {
        var (sin, cos) = angle;
        var (x, y, u, v) = (real[a], imaginary[a], real[b], imaginary[b]);
        (real[a], imaginary[a]) = (cos * x + sin * v, cos * y - sin * u);
        (real[b], imaginary[b]) = (cos * u + sin * y, cos * v - sin * x);
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

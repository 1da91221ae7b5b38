using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Any gate on one qubit of a state in two arrays, shape [2^n] each; bit q of an index is qubit q. One pass over the
/// state, 14 flops per amplitude, and 6 for rotations about X.
/// </summary>
internal static class OneQubitKernel
{
    /// <summary>2^12 amplitudes are 64 KB: gates on their bits are done while they are near.</summary>
    private const int NearBits = 12;

    /// <summary>Gates on qubits that are all different, and so in any order.</summary>
    public static void ApplyAll(
        Span<double> real,
        Span<double> imaginary,
        IReadOnlyList<(int Qubit, Unitary2 Gate)> gates
    )
    {
        var near = Math.Min(real.Length, 1 << NearBits);
        for (var block = 0; block < real.Length; block += near)
            foreach (var (qubit, gate) in gates)
                if (1 << qubit < near)
                    Apply(real.Slice(block, near), imaginary.Slice(block, near), qubit, gate);
        foreach (var (qubit, gate) in gates)
            if (1 << qubit >= near)
                Apply(real, imaginary, qubit, gate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<double> real, Span<double> imaginary, int qubit, in Unitary2 gate)
    {
        if (!Vector256.IsHardwareAccelerated || real.Length < Vector256<double>.Count)
            ApplyScalar(real, imaginary, qubit, gate);
        else if (gate.IsXRotation)
            RotateX(real, imaginary, qubit, gate.M00.Real, -gate.M01.Imaginary);
        else if (1 << qubit < Vector256<double>.Count)
            ApplyWithinVectors(real, imaginary, qubit, gate);
        else
            ApplyAcrossVectors(real, imaginary, qubit, gate);
    }

    /// <summary>The specification of <see cref="Apply"/>.</summary>
    public static void ApplyScalar(Span<double> real, Span<double> imaginary, int qubit, in Unitary2 gate)
    {
        var stride = 1 << qubit;
        for (var block = 0; block < real.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
        {
            var zero = new Complex(real[z], imaginary[z]);
            var one = new Complex(real[z + stride], imaginary[z + stride]);
            var (a, b) = (gate.M00 * zero + gate.M01 * one, gate.M10 * zero + gate.M11 * one);
            (real[z], imaginary[z]) = (a.Real, a.Imaginary);
            (real[z + stride], imaginary[z + stride]) = (b.Real, b.Imaginary);
        }
    }

    /// <summary>ψ'(z) = cos·ψ(z) - i·sin·ψ(z with the qubit's bit turned): the gate of the usual mixer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RotateX(Span<double> real, Span<double> imaginary, int qubit, double cos, double sin)
    {
        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var c = Vector256.Create(cos);
        var s = Vector256.Create(sin);
        var length = (nuint)real.Length;
        var width = (nuint)Vector256<double>.Count;
        if (1 << qubit < Vector256<double>.Count)
        {
            for (nuint z = 0; z < length; z += width)
            {
                var (x, y) = (Vector256.LoadUnsafe(ref re, z), Vector256.LoadUnsafe(ref im, z));
                var (u, v) = (Partner(x, qubit), Partner(y, qubit));
                (c * x + s * v).StoreUnsafe(ref re, z);
                (c * y - s * u).StoreUnsafe(ref im, z);
            }
            return;
        }
        var stride = (nuint)1 << qubit;
        for (nuint block = 0; block < length; block += 2 * stride)
        for (var z = block; z < block + stride; z += width)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref re, z), Vector256.LoadUnsafe(ref im, z));
            var (u, v) = (Vector256.LoadUnsafe(ref re, z + stride), Vector256.LoadUnsafe(ref im, z + stride));
            (c * x + s * v).StoreUnsafe(ref re, z);
            (c * y - s * u).StoreUnsafe(ref im, z);
            (c * u + s * y).StoreUnsafe(ref re, z + stride);
            (c * v - s * x).StoreUnsafe(ref im, z + stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyAcrossVectors(Span<double> real, Span<double> imaginary, int qubit, in Unitary2 gate)
    {
        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var stride = (nuint)1 << qubit;
        var (r00, i00) = (Vector256.Create(gate.M00.Real), Vector256.Create(gate.M00.Imaginary));
        var (r01, i01) = (Vector256.Create(gate.M01.Real), Vector256.Create(gate.M01.Imaginary));
        var (r10, i10) = (Vector256.Create(gate.M10.Real), Vector256.Create(gate.M10.Imaginary));
        var (r11, i11) = (Vector256.Create(gate.M11.Real), Vector256.Create(gate.M11.Imaginary));
        for (nuint block = 0; block < (nuint)real.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z += (nuint)Vector256<double>.Count)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref re, z), Vector256.LoadUnsafe(ref im, z));
            var (u, v) = (Vector256.LoadUnsafe(ref re, z + stride), Vector256.LoadUnsafe(ref im, z + stride));
            (r00 * x - i00 * y + (r01 * u - i01 * v)).StoreUnsafe(ref re, z);
            (r00 * y + i00 * x + (r01 * v + i01 * u)).StoreUnsafe(ref im, z);
            (r10 * x - i10 * y + (r11 * u - i11 * v)).StoreUnsafe(ref re, z + stride);
            (r10 * y + i10 * x + (r11 * v + i11 * u)).StoreUnsafe(ref im, z + stride);
        }
    }

    /// <summary>Qubits 0 and 1, whose partners are lanes of the same vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyWithinVectors(Span<double> real, Span<double> imaginary, int qubit, in Unitary2 gate)
    {
        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var (sameReal, sameImaginary) = (
            Lanes(gate.M00.Real, gate.M11.Real),
            Lanes(gate.M00.Imaginary, gate.M11.Imaginary)
        );
        var (crossReal, crossImaginary) = (
            Lanes(gate.M01.Real, gate.M10.Real),
            Lanes(gate.M01.Imaginary, gate.M10.Imaginary)
        );
        for (nuint z = 0; z < (nuint)real.Length; z += (nuint)Vector256<double>.Count)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref re, z), Vector256.LoadUnsafe(ref im, z));
            var (u, v) = (Partner(x, qubit), Partner(y, qubit));
            (sameReal * x - sameImaginary * y + (crossReal * u - crossImaginary * v)).StoreUnsafe(ref re, z);
            (sameReal * y + sameImaginary * x + (crossReal * v + crossImaginary * u)).StoreUnsafe(ref im, z);
        }

        Vector256<double> Lanes(double zero, double one) =>
            qubit == 0 ? Vector256.Create(zero, one, zero, one) : Vector256.Create(zero, zero, one, one);
    }

    /// <summary>Of each lane the one with qubit 0 or 1 turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Partner(Vector256<double> values, int qubit) =>
        qubit == 0
            ? Vector256.Shuffle(values, Vector256.Create(1, 0, 3, 2))
            : Vector256.Shuffle(values, Vector256.Create(2, 3, 0, 1));
}

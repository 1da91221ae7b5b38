using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>One-qubit gates on amplitudes kept as real and imaginary parts, each of shape [2^n], changed in place.</summary>
internal static class TrajectoryKernels
{
    /// <summary>2^12 amplitudes are 64 KB: gates on their bits are done while they are near.</summary>
    private const int NearBits = 12;

    /// <summary>exp(-i·angle/2·X) on each of the qubits, which are all different.</summary>
    public static void RotateX(Span<double> real, Span<double> imaginary, ReadOnlySpan<(int Qubit, double Angle)> gates)
    {
        var near = Math.Min(real.Length, 1 << NearBits);
        for (var block = 0; block < real.Length; block += near)
            foreach (var (qubit, angle) in gates)
                if (1 << qubit < near)
                    RotateX(real.Slice(block, near), imaginary.Slice(block, near), qubit, angle);
        foreach (var (qubit, angle) in gates)
            if (1 << qubit >= near)
                RotateX(real, imaginary, qubit, angle);
    }

    /// <summary>exp(-i·angle/2·X): ψ'(z) = cos·ψ(z) - i·sin·ψ(z with the qubit's bit turned).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RotateX(Span<double> real, Span<double> imaginary, int qubit, double angle)
    {
        if (!Vector256.IsHardwareAccelerated || real.Length < Vector256<double>.Count)
        {
            RotateXScalar(real, imaginary, qubit, angle);
            return;
        }

        var (sin, cos) = Math.SinCos(angle / 2);
        ref var re = ref MemoryMarshal.GetReference(real);
        ref var im = ref MemoryMarshal.GetReference(imaginary);
        var c = Vector256.Create(cos);
        var s = Vector256.Create(sin);
        var length = (nuint)real.Length;
        if (qubit < 2)
        {
            for (nuint z = 0; z < length; z += 4)
            {
                var a = Vector256.LoadUnsafe(ref re, z);
                var b = Vector256.LoadUnsafe(ref im, z);
                var aTurned = Turned(a, qubit);
                var bTurned = Turned(b, qubit);
                (c * a + s * bTurned).StoreUnsafe(ref re, z);
                (c * b - s * aTurned).StoreUnsafe(ref im, z);
            }
            return;
        }

        var stride = (nuint)1 << qubit;
        for (nuint block = 0; block < length; block += 2 * stride)
        for (var z = block; z < block + stride; z += 4)
        {
            var (a0, b0) = (Vector256.LoadUnsafe(ref re, z), Vector256.LoadUnsafe(ref im, z));
            var (a1, b1) = (Vector256.LoadUnsafe(ref re, z + stride), Vector256.LoadUnsafe(ref im, z + stride));
            (c * a0 + s * b1).StoreUnsafe(ref re, z);
            (c * b0 - s * a1).StoreUnsafe(ref im, z);
            (c * a1 + s * b0).StoreUnsafe(ref re, z + stride);
            (c * b1 - s * a0).StoreUnsafe(ref im, z + stride);
        }
    }

    /// <summary>The specification of <see cref="RotateX(Span{double}, Span{double}, int, double)"/>.</summary>
    public static void RotateXScalar(Span<double> real, Span<double> imaginary, int qubit, double angle)
    {
        var (sin, cos) = Math.SinCos(angle / 2);
        for (var z = 0; z < real.Length; z++)
        {
            var w = z | 1 << qubit;
            if (w == z)
                continue;
            var (a0, b0, a1, b1) = (real[z], imaginary[z], real[w], imaginary[w]);
            (real[z], imaginary[z]) = (cos * a0 + sin * b1, cos * b0 - sin * a1);
            (real[w], imaginary[w]) = (cos * a1 + sin * b0, cos * b1 - sin * a0);
        }
    }

    /// <summary>A Hadamard gate. Not vectorized: a circuit has one for each qubit, and rotations in every layer.</summary>
    public static void Hadamard(Span<double> values, int qubit)
    {
        var root = Math.Sqrt(0.5);
        var stride = 1 << qubit;
        for (var block = 0; block < values.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
            (values[z], values[z + stride]) = (
                root * (values[z] + values[z + stride]),
                root * (values[z] - values[z + stride])
            );
    }

    /// <summary>
    /// What reading bits wrongly makes of the probabilities of results: each bit is turned with this probability.
    /// </summary>
    public static void TurnBits(Span<double> probabilities, double probability)
    {
        for (var stride = 1; stride < probabilities.Length; stride *= 2)
        for (var block = 0; block < probabilities.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
        {
            var (p, q) = (probabilities[z], probabilities[z + stride]);
            (probabilities[z], probabilities[z + stride]) = (p + probability * (q - p), q + probability * (p - q));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Turned(Vector256<double> v, int qubit) =>
        qubit == 0
            ? Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2))
            : Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// What two states have in common as one qubit sees it: Σ conj(bra[row])·ket[column] over the pairs of amplitudes that
/// differ in that qubit, a 2×2 matrix. The sum of a gate's matrix times it is the gate's matrix element between the two
/// states. One pass over both, 8 flops per amplitude and column.
/// </summary>
internal static class OverlapKernel
{
    public static Unitary2 Of(in StateSpans bra, in StateSpans ket, int qubit) =>
        !Vector256.IsHardwareAccelerated || ket.Real.Length < Vector256<double>.Count ? OfScalar(bra, ket, qubit)
        : 1 << qubit < Vector256<double>.Count ? WithinVectors(bra, ket, qubit)
        : AcrossVectors(bra, ket, qubit);

    /// <summary>The specification of <see cref="Of"/>.</summary>
    public static Unitary2 OfScalar(in StateSpans bra, in StateSpans ket, int qubit)
    {
        var stride = 1 << qubit;
        Complex m00 = 0,
            m01 = 0,
            m10 = 0,
            m11 = 0;
        for (var block = 0; block < ket.Real.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
        {
            var (braZero, braOne) = (
                new Complex(bra.Real[z], -bra.Imaginary[z]),
                new Complex(bra.Real[z + stride], -bra.Imaginary[z + stride])
            );
            var (zero, one) = (
                new Complex(ket.Real[z], ket.Imaginary[z]),
                new Complex(ket.Real[z + stride], ket.Imaginary[z + stride])
            );
            m00 += braZero * zero;
            m01 += braZero * one;
            m10 += braOne * zero;
            m11 += braOne * one;
        }
        return new(m00, m01, m10, m11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Unitary2 AcrossVectors(in StateSpans bra, in StateSpans ket, int qubit)
    {
        ref var braRe = ref MemoryMarshal.GetReference(bra.Real);
        ref var braIm = ref MemoryMarshal.GetReference(bra.Imaginary);
        ref var ketRe = ref MemoryMarshal.GetReference(ket.Real);
        ref var ketIm = ref MemoryMarshal.GetReference(ket.Imaginary);
        var stride = (nuint)1 << qubit;
        Sum m00 = default,
            m01 = default,
            m10 = default,
            m11 = default;
        for (nuint block = 0; block < (nuint)ket.Real.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z += (nuint)Vector256<double>.Count)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref braRe, z), Vector256.LoadUnsafe(ref braIm, z));
            var (c, d) = (Vector256.LoadUnsafe(ref braRe, z + stride), Vector256.LoadUnsafe(ref braIm, z + stride));
            var (x, y) = (Vector256.LoadUnsafe(ref ketRe, z), Vector256.LoadUnsafe(ref ketIm, z));
            var (u, v) = (Vector256.LoadUnsafe(ref ketRe, z + stride), Vector256.LoadUnsafe(ref ketIm, z + stride));
            m00.Add(a, b, x, y);
            m01.Add(a, b, u, v);
            m10.Add(c, d, x, y);
            m11.Add(c, d, u, v);
        }
        return new(m00.All, m01.All, m10.All, m11.All);
    }

    /// <summary>Qubits 0 and 1: the lanes of a vector say which row they are of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Unitary2 WithinVectors(in StateSpans bra, in StateSpans ket, int qubit)
    {
        ref var braRe = ref MemoryMarshal.GetReference(bra.Real);
        ref var braIm = ref MemoryMarshal.GetReference(bra.Imaginary);
        ref var ketRe = ref MemoryMarshal.GetReference(ket.Real);
        ref var ketIm = ref MemoryMarshal.GetReference(ket.Imaginary);
        var partner = qubit == 0 ? Vector256.Create(1L, 0, 3, 2) : Vector256.Create(2L, 3, 0, 1);
        Sum same = default,
            cross = default;
        for (nuint z = 0; z < (nuint)ket.Real.Length; z += (nuint)Vector256<double>.Count)
        {
            var (a, b) = (Vector256.LoadUnsafe(ref braRe, z), Vector256.LoadUnsafe(ref braIm, z));
            var (x, y) = (Vector256.LoadUnsafe(ref ketRe, z), Vector256.LoadUnsafe(ref ketIm, z));
            same.Add(a, b, x, y);
            cross.Add(a, b, Vector256.Shuffle(x, partner), Vector256.Shuffle(y, partner));
        }
        var (zero, one) = qubit == 0 ? ((0, 2), (1, 3)) : ((0, 1), (2, 3));
        return new(same.Of(zero), cross.Of(zero), cross.Of(one), same.Of(one));
    }

    /// <summary>Σ conj(a + ib)·(x + iy), lane by lane.</summary>
    private struct Sum
    {
        private Vector256<double> _real;
        private Vector256<double> _imaginary;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector256<double> a, Vector256<double> b, Vector256<double> x, Vector256<double> y)
        {
            _real = Vector256.MultiplyAddEstimate(a, x, Vector256.MultiplyAddEstimate(b, y, _real));
            _imaginary = Vector256.MultiplyAddEstimate(a, y, Vector256.MultiplyAddEstimate(-b, x, _imaginary));
        }

        public readonly Complex All => Of((0, 1)) + Of((2, 3));

        public readonly Complex Of((int, int) lanes) =>
            new(_real[lanes.Item1] + _real[lanes.Item2], _imaginary[lanes.Item1] + _imaginary[lanes.Item2]);
    }
}

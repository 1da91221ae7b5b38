using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Exact derivatives of ⟨ψ|O|ψ⟩, for a diagonal O, by all angles of a QAOA state. With λ = O·ψ, both states are walked
/// back through the layers, and where a gate exp(-iθG) has just acted the derivative by θ is 2·Im⟨λ|G|ψ⟩ (Jones and Gacon,
/// "Efficient calculation of gradients in classical simulations of variational quantum algorithms", arXiv:2009.02823,
/// 2020). However many angles there are, that is two states undone after the one prepared.
/// </summary>
internal sealed class AdjointGradient(int qubits)
{
    private readonly StateVector _dual = new(qubits);

    /// <summary>What it takes beside the state: a second one.</summary>
    public static long BytesNeeded(int qubits) => (long)(2 * sizeof(double)) << qubits;

    /// <summary>
    /// Undoes <paramref name="state"/>, prepared as uniform, then exp(-i·gamma·D) and exp(-i·mixer·ΣX) in every layer.
    /// </summary>
    /// <param name="diagonal">D, shape [2^n].</param>
    /// <param name="observable">O, shape [2^n].</param>
    /// <param name="gammas">Shape [p].</param>
    /// <param name="mixers">Shape [p].</param>
    /// <param name="gammaSlopes">Receives ∂⟨O⟩/∂gamma, shape [p].</param>
    /// <param name="mixerSlopes">Receives ∂⟨O⟩/∂mixer, shape [p].</param>
    /// <returns>⟨O⟩ in the state as it was.</returns>
    public double Undo(
        StateVector state,
        ReadOnlySpan<double> diagonal,
        ReadOnlySpan<double> observable,
        ReadOnlySpan<double> gammas,
        ReadOnlySpan<double> mixers,
        Span<double> gammaSlopes,
        Span<double> mixerSlopes
    )
    {
        var value = state.Expectation(observable);
        Multiply(observable, state.Real, _dual.Real);
        Multiply(observable, state.Imaginary, _dual.Imaginary);
        for (var layer = gammas.Length - 1; layer >= 0; layer--)
        {
            // In the state's basis X is i·[[0, 1], [-1, 0]]: real and imaginary parts do not mix here either.
            mixerSlopes[layer] = 2 * (Exchange(_dual.Real, state.Real) + Exchange(_dual.Imaginary, state.Imaginary));
            state.ApplyMixer(-mixers[layer]);
            _dual.ApplyMixer(-mixers[layer]);
            gammaSlopes[layer] = 2 * Overlap(_dual, state, diagonal);
            state.ApplyPhase(diagonal, -gammas[layer]);
            _dual.ApplyPhase(diagonal, -gammas[layer]);
        }
        return value;
    }

    /// <summary>
    /// Σ over bits and pairs of indices that differ in one of x(a)·y(b) - x(b)·y(a), a being the one with bit 0. Both of
    /// shape [2^n].
    /// </summary>
    public static double Exchange(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Vector256.IsHardwareAccelerated || x.Length < Vector256<double>.Count)
            return ExchangeScalar(x, y);
        var sum = ExchangeLowest(x, y);
        for (var stride = Vector256<double>.Count; stride < x.Length; stride *= 2)
            sum += ExchangeOne(x, y, (nuint)stride);
        return sum;
    }

    /// <summary>The specification of <see cref="Exchange"/>.</summary>
    public static double ExchangeScalar(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var stride = 1; stride < x.Length; stride *= 2)
        for (var block = 0; block < x.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
            sum += x[z] * y[z + stride] - x[z + stride] * y[z];
        return sum;
    }

    /// <summary>Bits 0 and 1, whose partners are neighbours within a vector; the sign is in its lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ExchangeLowest(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        var signOfBit0 = Vector256.Create(1.0, -1, 1, -1);
        var signOfBit1 = Vector256.Create(1.0, 1, -1, -1);
        var sum = Vector256<double>.Zero;
        for (nuint z = 0; z < (nuint)x.Length; z += (nuint)Vector256<double>.Count)
        {
            var v = Vector256.LoadUnsafe(ref b, z);
            var partners =
                signOfBit0 * Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2))
                + signOfBit1 * Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1));
            sum += Vector256.LoadUnsafe(ref a, z) * partners;
        }
        return Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ExchangeOne(ReadOnlySpan<double> x, ReadOnlySpan<double> y, nuint stride)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        var sum = Vector256<double>.Zero;
        for (nuint block = 0; block < (nuint)x.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z += (nuint)Vector256<double>.Count)
            sum +=
                Vector256.LoadUnsafe(ref a, z) * Vector256.LoadUnsafe(ref b, z + stride)
                - Vector256.LoadUnsafe(ref a, z + stride) * Vector256.LoadUnsafe(ref b, z);
        return Vector256.Sum(sum);
    }

    private static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> product)
    {
        for (var z = 0; z < product.Length; z++)
            product[z] = x[z] * y[z];
    }

    /// <summary>Im⟨dual|D|state⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Overlap(StateVector dual, StateVector state, ReadOnlySpan<double> diagonal)
    {
        ReadOnlySpan<double> re = state.Real;
        ReadOnlySpan<double> im = state.Imaginary;
        ReadOnlySpan<double> dualRe = dual.Real;
        ReadOnlySpan<double> dualIm = dual.Imaginary;
        var sum = 0.0;
        for (var z = 0; z < diagonal.Length; z++)
            sum += diagonal[z] * (dualRe[z] * im[z] - dualIm[z] * re[z]);
        return sum;
    }
}

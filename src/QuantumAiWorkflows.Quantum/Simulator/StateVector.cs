using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// A pure state of n qubits in double precision; bit q of an amplitude's index is qubit q. Made once per run and reused
/// for every set of angles. 16 bytes per amplitude.
/// </summary>
/// <remarks>
/// The amplitudes are kept in the basis ψ̃(z) = (-i)^|z|·ψ(z), where |z| counts the 1 bits. There exp(-iβX) is the real
/// rotation [[cos β, sin β], [-sin β, cos β]], so that real and imaginary parts never mix in a mixer layer, and diagonal
/// gates and probabilities stay what they are.
/// </remarks>
internal sealed class StateVector(int qubits)
{
    private readonly double[] _real = new double[1 << qubits];
    private readonly double[] _imaginary = new double[1 << qubits];

    /// <summary>What a state of so many qubits and one diagonal take.</summary>
    public static long BytesNeeded(int qubits) => (long)(2 * sizeof(double) + sizeof(double)) << qubits;

    public int Qubits { get; } = qubits;

    /// <summary>Real parts in the basis of the remarks, shape [2^n].</summary>
    public Span<double> Real => _real;

    /// <summary>Imaginary parts in the basis of the remarks, shape [2^n].</summary>
    public Span<double> Imaginary => _imaginary;

    /// <summary>The state after one Hadamard on every qubit of |0…0⟩.</summary>
    public void PrepareUniform()
    {
        var amplitude = 1 / Math.Sqrt(_real.Length);
        for (var z = 0; z < _real.Length; z++)
            (_real[z], _imaginary[z]) = (BitOperations.PopCount((uint)z) & 3) switch
            {
                0 => (amplitude, 0.0),
                1 => (0.0, -amplitude),
                2 => (-amplitude, 0.0),
                _ => (0.0, amplitude),
            };
    }

    /// <summary>exp(-i·gamma·D) for a diagonal D, shape [2^n].</summary>
    public void ApplyPhase(ReadOnlySpan<double> diagonal, double gamma) =>
        PhaseKernel.Apply(_real, _imaginary, diagonal, gamma);

    /// <summary>exp(-i·beta·X) on every qubit.</summary>
    public void ApplyMixer(double beta)
    {
        var (sin, cos) = Math.SinCos(beta);
        MixerKernel.Rotate(_real, cos, sin);
        MixerKernel.Rotate(_imaginary, cos, sin);
    }

    public Complex Amplitude(int index)
    {
        var rotated = new Complex(_real[index], _imaginary[index]);
        return (BitOperations.PopCount((uint)index) & 3) switch
        {
            0 => rotated,
            1 => new(-rotated.Imaginary, rotated.Real),
            2 => -rotated,
            _ => new(rotated.Imaginary, -rotated.Real),
        };
    }

    public double Probability(int index) => _real[index] * _real[index] + _imaginary[index] * _imaginary[index];

    /// <summary>Σ probability·diagonal. Sums in fixed blocks: the same bits on every run, and small rounding.</summary>
    public double Expectation(ReadOnlySpan<double> diagonal) => PhaseKernel.Expectation(_real, _imaginary, diagonal);

    /// <inheritdoc cref="Measurement.Sample"/>
    public List<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        Measurement.Sample(_real, _imaginary, random, shots);
}

using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

/// <summary>
/// The specification of the engine's state: amplitude by amplitude, no vectors, no blocks. Bit q of an index is qubit q.
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
        PhaseKernel.ApplyScalar(_real, _imaginary, diagonal, gamma);

    /// <summary>exp(-i·beta·X) on every qubit.</summary>
    public void ApplyMixer(double beta)
    {
        var (sin, cos) = Math.SinCos(beta);
        Rotate(_real, cos, sin);
        Rotate(_imaginary, cos, sin);
    }

    private static void Rotate(double[] values, double cos, double sin)
    {
        for (var stride = 1; stride < values.Length; stride *= 2)
        for (var block = 0; block < values.Length; block += 2 * stride)
        for (var z = block; z < block + stride; z++)
            (values[z], values[z + stride]) = (
                cos * values[z] + sin * values[z + stride],
                cos * values[z + stride] - sin * values[z]
            );
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

    /// <summary>Σ probability·diagonal.</summary>
    public double Expectation(double[] diagonal) => diagonal.Select((value, z) => value * Probability(z)).Sum();

    /// <inheritdoc cref="Measurement.Sample"/>
    public List<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        Measurement.Sample(_real, _imaginary, random, shots);
}

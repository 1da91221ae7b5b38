using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Amplitudes as two spans, shape [2^n] each.</summary>
internal readonly ref struct StateSpans(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
{
    public ReadOnlySpan<double> Real { get; } = real;

    public ReadOnlySpan<double> Imaginary { get; } = imaginary;
}

/// <summary>
/// A pure state of n qubits in double precision for circuits that are run gate by gate; bit q of an amplitude's index is
/// qubit q. 16 bytes per amplitude.
/// </summary>
/// <remarks>Unlike <see cref="QaoaState"/> it keeps amplitudes as they are: its gates mix real and imaginary parts anyway.</remarks>
internal sealed class GateState(int qubits)
{
    private readonly double[] _real = new double[1 << qubits];
    private readonly double[] _imaginary = new double[1 << qubits];

    public int Qubits { get; } = qubits;

    public StateSpans Amplitudes => new(_real, _imaginary);

    /// <summary>Each qubit q in the first column of <paramref name="gates"/>[q], unentangled. O(2^n).</summary>
    public void PrepareProduct(ReadOnlySpan<Unitary2> gates)
    {
        (_real[0], _imaginary[0]) = (1, 0);
        for (var q = 0; q < gates.Length; q++)
        {
            var half = 1 << q;
            var (zero, one) = (gates[q].M00, gates[q].M10);
            for (var z = 0; z < half; z++)
            {
                var amplitude = new Complex(_real[z], _imaginary[z]);
                var (a, b) = (zero * amplitude, one * amplitude);
                (_real[z], _imaginary[z]) = (a.Real, a.Imaginary);
                (_real[z + half], _imaginary[z + half]) = (b.Real, b.Imaginary);
            }
        }
    }

    /// <summary>Becomes <paramref name="diagonal"/>·<paramref name="other"/>, in general not a state of norm 1.</summary>
    public void SetProduct(ReadOnlySpan<double> diagonal, GateState other)
    {
        for (var z = 0; z < _real.Length; z++)
            (_real[z], _imaginary[z]) = (diagonal[z] * other._real[z], diagonal[z] * other._imaginary[z]);
    }

    public void Apply(int qubit, in Unitary2 gate) => OneQubitKernel.Apply(_real, _imaginary, qubit, gate);

    /// <inheritdoc cref="OneQubitKernel.ApplyAll"/>
    public void ApplyAll(IReadOnlyList<(int Qubit, Unitary2 Gate)> gates) =>
        OneQubitKernel.ApplyAll(_real, _imaginary, gates);

    /// <inheritdoc cref="TwoQubitKernel.RotateXxYy"/>
    public void RotateXxYy(int first, int second, double xx, double yy) =>
        TwoQubitKernel.RotateXxYy(_real, _imaginary, first, second, xx, yy);

    /// <summary>exp(-i·angle·(XX + YY)/2), which keeps the number of ones.</summary>
    public void RotateXy(int first, int second, double angle) => RotateXxYy(first, second, angle, angle);

    /// <inheritdoc cref="TwoQubitKernel.FlipControlled"/>
    public void FlipControlled(int control, int target) =>
        TwoQubitKernel.FlipControlled(_real, _imaginary, control, target);

    /// <inheritdoc cref="TwoQubitKernel.NegateBoth"/>
    public void NegateBoth(int first, int second) => TwoQubitKernel.NegateBoth(_real, _imaginary, first, second);

    /// <summary>exp(-i·gamma·D) for a diagonal D, shape [2^n].</summary>
    public void ApplyPhase(ReadOnlySpan<double> diagonal, double gamma) =>
        PhaseKernel.Apply(_real, _imaginary, diagonal, gamma);

    public Complex Amplitude(int index) => new(_real[index], _imaginary[index]);

    public double Probability(int index) => _real[index] * _real[index] + _imaginary[index] * _imaginary[index];

    /// <summary>Σ probability·diagonal.</summary>
    public double Expectation(ReadOnlySpan<double> diagonal) => PhaseKernel.Expectation(_real, _imaginary, diagonal);

    /// <inheritdoc cref="Measurement.Sample"/>
    public List<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        Measurement.Sample(_real, _imaginary, random, shots);
}

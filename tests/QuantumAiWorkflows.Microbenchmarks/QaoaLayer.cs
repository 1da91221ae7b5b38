using BenchmarkDotNet.Attributes;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Microbenchmarks;

/// <summary>One QAOA layer, phase and mixer, on one core. Ratio: Vector to Scalar, at each number of qubits.</summary>
public class QaoaLayer
{
    private double[] _real = [];
    private double[] _imaginary = [];
    private double[] _diagonal = [];

    [Params(16, 20)]
    public int Qubits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _real = new double[1 << Qubits];
        _imaginary = new double[1 << Qubits];
        _diagonal = new double[1 << Qubits];
        _real.AsSpan().Fill(1 / Math.Sqrt(1 << Qubits));
        Diagonal.Fill(
            _diagonal,
            Qubits,
            [.. Enumerable.Range(0, Qubits).Select(i => new DiagonalTerm(i, (i + 1) % Qubits, 1 + 0.1 * i))]
        );
    }

    [Benchmark]
    public void Vector()
    {
        PhaseKernel.Apply(_real, _imaginary, _diagonal, 0.3);
        MixerKernel.Rotate(_real, 0.8, 0.6);
        MixerKernel.Rotate(_imaginary, 0.8, 0.6);
    }

    [Benchmark(Baseline = true)]
    public void Scalar()
    {
        PhaseKernel.ApplyScalar(_real, _imaginary, _diagonal, 0.3);
        MixerKernel.RotateScalar(_real, 0.8, 0.6);
        MixerKernel.RotateScalar(_imaginary, 0.8, 0.6);
    }
}

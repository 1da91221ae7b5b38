using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// A state that a flat list of gates is run on, some with their angles negated. Unlike the engine of the ideal circuit it
/// takes each gate with its own angle, because errors turn them one by one. 24 bytes per amplitude.
/// </summary>
internal sealed class TrajectoryState(int qubits)
{
    private readonly double[] _real = new double[1 << qubits];
    private readonly double[] _imaginary = new double[1 << qubits];
    private readonly double[] _phases = new double[1 << qubits];

    /// <summary>Runs from |0…0⟩. Consecutive diagonal gates are one phase, whose cost does not depend on their number.</summary>
    /// <param name="turned">The gates that run with the negated angle, shape [gates].</param>
    public void Run(IReadOnlyList<QirGate> gates, ReadOnlySpan<bool> turned)
    {
        _real.AsSpan().Clear();
        _imaginary.AsSpan().Clear();
        _real[0] = 1;
        var diagonal = new List<DiagonalTerm>();
        var rotations = new List<(int, double)>();
        for (var i = 0; i < gates.Count; i++)
        {
            var gate = gates[i];
            var angle = turned[i] ? -gate.Angle : gate.Angle;
            if (gate.Kind is not (QirGateKind.Rz or QirGateKind.Rzz))
                ApplyPhases(diagonal);
            if (gate.Kind != QirGateKind.Rx || rotations.Exists(r => r.Item1 == gate.First))
                ApplyRotations(rotations);
            switch (gate.Kind)
            {
                case QirGateKind.H:
                    TrajectoryKernels.Hadamard(_real, gate.First);
                    TrajectoryKernels.Hadamard(_imaginary, gate.First);
                    break;
                case QirGateKind.Rx:
                    rotations.Add((gate.First, angle));
                    break;
                case QirGateKind.Rz or QirGateKind.Rzz:
                    diagonal.Add(new(gate.First, gate.Kind == QirGateKind.Rz ? -1 : gate.Second, angle / 2));
                    break;
                case QirGateKind.M:
                    break;
                default:
                    throw new QirException($"There is no noise model for the gate {gate.Kind}.");
            }
        }
        ApplyPhases(diagonal);
        ApplyRotations(rotations);
    }

    public double Probability(int index) => _real[index] * _real[index] + _imaginary[index] * _imaginary[index];

    private void ApplyPhases(List<DiagonalTerm> terms)
    {
        if (terms.Count == 0)
            return;
        Diagonal.Fill(_phases, qubits, terms);
        PhaseKernel.Apply(_real, _imaginary, _phases, 1);
        terms.Clear();
    }

    private void ApplyRotations(List<(int Qubit, double Angle)> rotations)
    {
        if (rotations.Count == 0)
            return;
        TrajectoryKernels.RotateX(
            _real,
            _imaginary,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rotations)
        );
        rotations.Clear();
    }
}

using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// A state that a flat list of gates is run on, some with their angles negated. Unlike the engines of the ideal circuit it
/// takes each gate with its own angle, because errors turn them one by one. 24 bytes per amplitude.
/// </summary>
internal sealed class TrajectoryState(int qubits)
{
    private readonly GateState _state = new(qubits);
    private readonly double[] _phases = new double[1 << qubits];

    /// <summary>Diagonal gates since the last pass over the state: together one phase, whatever their number.</summary>
    private readonly List<DiagonalTerm> _diagonal = [];

    /// <summary>Gates on one qubit since then, one product for each qubit; empty while there are diagonal ones.</summary>
    private readonly List<(int Qubit, Unitary2 Gate)> _rotations = [];

    private bool _isEmpty;

    /// <summary>Runs from |0…0⟩.</summary>
    /// <param name="turned">The gates that run with the negated angle, shape [gates].</param>
    public void Run(IReadOnlyList<QirGate> gates, ReadOnlySpan<bool> turned)
    {
        _isEmpty = true;
        for (var i = 0; i < gates.Count; i++)
        {
            var gate = At(i, turned);
            if (gate.Kind == QirGateKind.M)
                continue;
            if (gate.IsOnOneQubit && (gate.Kind != QirGateKind.Rz || IsBetweenRotations(gates, i)))
            {
                ApplyPhases();
                Add(gate.First, GateStep.Matrix(gate));
                continue;
            }
            ApplyRotations();
            if (gate.Kind is QirGateKind.Rz or QirGateKind.Rzz)
            {
                _diagonal.Add(new(gate.First, gate.Second, gate.Angle / 2));
                continue;
            }
            ApplyPhases();
            Start();
            switch (gate.Kind)
            {
                case QirGateKind.Cx:
                    _state.FlipControlled(gate.First, gate.Second);
                    break;
                case QirGateKind.Cz:
                    _state.NegateBoth(gate.First, gate.Second);
                    break;
                case QirGateKind.Rxx when IsPair(gates, i):
                    // Both in one pass; an error between them may have turned one of them only.
                    _state.RotateXxYy(gate.First, gate.Second, gate.Angle, At(++i, turned).Angle);
                    break;
                case QirGateKind.Rxx:
                    _state.RotateXxYy(gate.First, gate.Second, gate.Angle, 0);
                    break;
                case QirGateKind.Ryy:
                    _state.RotateXxYy(gate.First, gate.Second, 0, gate.Angle);
                    break;
                default:
                    throw new QirException($"There is no noise model for the gate {gate.Name}.");
            }
        }
        ApplyPhases();
        ApplyRotations();
        Start();

        QirGate At(int index, ReadOnlySpan<bool> turned) =>
            turned[index] ? gates[index] with { Angle = -gates[index].Angle } : gates[index];
    }

    public double Probability(int index) => _state.Probability(index);

    /// <summary>Whether the gate after an rz mixes what the rz is on: then it is one pass with it and no phase.</summary>
    private static bool IsBetweenRotations(IReadOnlyList<QirGate> gates, int index) =>
        index + 1 < gates.Count
        && gates[index + 1] is { IsOnOneQubit: true, Kind: not QirGateKind.Rz } next
        && next.First == gates[index].First;

    private static bool IsPair(IReadOnlyList<QirGate> gates, int index) =>
        index + 1 < gates.Count
        && gates[index + 1] is { Kind: QirGateKind.Ryy } next
        && (next.First, next.Second) == (gates[index].First, gates[index].Second);

    private void Add(int qubit, Unitary2 gate)
    {
        var known = _rotations.FindIndex(r => r.Qubit == qubit);
        if (known < 0)
            _rotations.Add((qubit, gate));
        else
            _rotations[known] = (qubit, gate * _rotations[known].Gate);
    }

    private void ApplyPhases()
    {
        if (_diagonal.Count == 0)
            return;
        Start();
        Diagonal.Fill(_phases, qubits, _diagonal);
        _state.ApplyPhase(_phases, 1);
        _diagonal.Clear();
    }

    private void ApplyRotations()
    {
        if (_rotations.Count == 0)
            return;
        if (_isEmpty)
            Start();
        else
            _state.ApplyAll(_rotations);
        _rotations.Clear();
    }

    /// <summary>The first gates make a product state, with no pass for each.</summary>
    private void Start()
    {
        if (!_isEmpty)
            return;
        var columns = new Unitary2[qubits];
        Array.Fill(columns, Unitary2.Identity);
        foreach (var (qubit, gate) in _rotations)
            columns[qubit] = gate;
        _state.PrepareProduct(columns);
        _isEmpty = false;
    }
}

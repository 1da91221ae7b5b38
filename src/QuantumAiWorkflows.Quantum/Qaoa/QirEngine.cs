using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The path <c>qsharp-qir</c>: the gates of the compiled circuit on our state vector. A layer's diagonal gates are one
/// phase, whose values come from the gates' own angles and not from the problem.
/// </summary>
internal sealed class QirEngine : IQaoaEngine
{
    private readonly QaoaCircuit _circuit;
    private readonly StateVector _state;
    private readonly double[] _costs;
    private AdjointGradient? _adjoint;
    private QaoaAngles? _prepared;

    public QirEngine(QaoaCircuit circuit)
    {
        _circuit = circuit;
        _state = new(circuit.Qubits);
        _costs = new double[1 << circuit.Qubits];
        Diagonal.Fill(_costs, circuit.Qubits, circuit.Cost);
    }

    public int Qubits => _circuit.Qubits;

    public int BatchSize => 1;

    public bool IsInterruptible => false;

    public double SecondsPerShot => 0;

    public double[] Costs => _costs;

    public bool HasGradient => true;

    public double[] Evaluate(IReadOnlyList<QaoaAngles> angles, Func<double, double>? objective = null) =>
        [.. angles.Select(Prepare).Select(objective ?? (cost => cost))];

    public double Prepare(QaoaAngles angles)
    {
        _prepared = angles;
        _state.PrepareUniform();
        for (var layer = 0; layer < angles.Layers; layer++)
        {
            _state.ApplyPhase(_costs, angles.Gammas[layer]);
            _state.ApplyMixer(_circuit.MixerScale * angles.Betas[layer]);
        }
        return _state.Expectation(_costs);
    }

    public double Gradient(QaoaAngles angles, double[]? observable, double[] gammaSlopes, double[] betaSlopes)
    {
        if (!angles.Equals(_prepared))
            Prepare(angles);
        _prepared = null;
        _adjoint ??= new(Qubits);
        var value = _adjoint.Undo(
            _state,
            _costs,
            observable ?? _costs,
            angles.Gammas,
            [.. angles.Betas.Select(beta => _circuit.MixerScale * beta)],
            gammaSlopes,
            betaSlopes
        );
        for (var layer = 0; layer < angles.Layers; layer++)
            betaSlopes[layer] *= _circuit.MixerScale;
        return value;
    }

    public double Probability(int index) => _state.Probability(index);

    public Complex Amplitude(int index) => _state.Amplitude(index);

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        _state.Sample(random, shots);

    public void Dispose() { }
}

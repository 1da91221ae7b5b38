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
    private readonly QaoaState _state;
    private readonly double[] _costs;
    private readonly Func<bool>? _isOver;

    /// <param name="isOver">Asked while the search has a state made; true leaves it unfinished. Null: never.</param>
    /// <exception cref="StateTooLargeException">The system has not so much memory.</exception>
    public QirEngine(
        QaoaCircuit circuit,
        QaoaPrecision precision = QaoaPrecision.Double,
        QaoaSymmetry symmetry = QaoaSymmetry.Auto,
        int threads = 1,
        Func<bool>? isOver = null
    )
    {
        _circuit = circuit;
        _isOver = isOver;
        _costs = Diagonal.Of(circuit.Qubits, circuit.Cost);
        _state = QaoaState.Create(
            circuit.Qubits,
            circuit.Cost,
            precision,
            threads,
            isSymmetryUsed: symmetry == QaoaSymmetry.Auto
        );
    }

    /// <summary>The state, a second one for gradients, and the costs of all strings.</summary>
    public static long BytesNeeded(
        int qubits,
        QaoaPrecision precision,
        bool isSymmetric,
        bool withGradient,
        int threads
    ) =>
        QaoaState.BytesNeeded(qubits, precision, isSymmetric, withGradient, threads) + ((long)sizeof(double) << qubits);

    public int Qubits => _circuit.Qubits;

    public int BatchSize => 1;

    public bool IsInterruptible => false;

    public double SecondsPerShot => 0;

    public double[] Costs => _costs;

    public bool HasGradient => true;

    public double[] Evaluate(IReadOnlyList<QaoaAngles> angles, Func<double, double>? objective = null) =>
        IQaoaEngine.Values(angles, a => _state.Prepare(a.Gammas, Betas(a), _isOver), objective);

    public double Prepare(QaoaAngles angles) => _state.Prepare(angles.Gammas, Betas(angles));

    public double Gradient(QaoaAngles angles, DiagonalFunction? observable, double[] gammaSlopes, double[] betaSlopes)
    {
        var value = _state.Gradient(angles.Gammas, Betas(angles), observable, gammaSlopes, betaSlopes);
        for (var layer = 0; layer < angles.Layers; layer++)
            betaSlopes[layer] *= _circuit.MixerScale;
        return value;
    }

    public double Probability(int index) => _state.Probability(index);

    public Complex Amplitude(int index) => _state.Amplitude(index);

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        _state.Sample(random, shots).ConvertAll(c => ((int)c.Index, c.Occurrences));

    public void Dispose() => _state.Dispose();

    private double[] Betas(QaoaAngles angles) => Array.ConvertAll(angles.Betas, beta => _circuit.MixerScale * beta);
}

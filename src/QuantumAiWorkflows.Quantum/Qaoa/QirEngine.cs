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

    /// <exception cref="StateTooLargeException">The system has not so much memory.</exception>
    public QirEngine(
        QaoaCircuit circuit,
        QaoaPrecision precision = QaoaPrecision.Double,
        QaoaSymmetry symmetry = QaoaSymmetry.Auto,
        int threads = 1
    )
    {
        _circuit = circuit;
        try
        {
            _costs = new double[1 << circuit.Qubits];
        }
        catch (OutOfMemoryException refused)
        {
            throw new StateTooLargeException($"The system refused {8L << circuit.Qubits} bytes for costs.", refused);
        }
        Diagonal.Fill(_costs, circuit.Qubits, circuit.Cost);
        _state = QaoaState.Create(
            circuit.Qubits,
            circuit.Cost,
            precision,
            threads,
            isSymmetryUsed: symmetry == QaoaSymmetry.Auto
        );
    }

    /// <summary>The state and the costs of all strings.</summary>
    public static long BytesNeeded(int qubits, QaoaPrecision precision, bool isSymmetric, int threads) =>
        QaoaState.BytesNeeded(qubits, precision, isSymmetric, withGradient: false, threads)
        + ((long)sizeof(double) << qubits);

    public int Qubits => _circuit.Qubits;

    public int BatchSize => 1;

    public bool IsInterruptible => false;

    public double SecondsPerShot => 0;

    public double[] Costs => _costs;

    public double[] Expectations(IReadOnlyList<QaoaAngles> angles) => [.. angles.Select(Prepare)];

    public double Prepare(QaoaAngles angles) => _state.Prepare(angles.Gammas, Betas(angles));

    /// <summary>
    /// Expectation of a function of the cost, of the cost itself where it is null, and its derivatives by all angles. No state
    /// is prepared afterwards; takes as much memory again as the state.
    /// </summary>
    /// <param name="slopes">Of gammas and betas, both of shape [p].</param>
    public double Gradient(QaoaAngles angles, DiagonalFunction? observable, QaoaAngles slopes)
    {
        var value = _state.Gradient(angles.Gammas, Betas(angles), observable, slopes.Gammas, slopes.Betas);
        for (var layer = 0; layer < slopes.Layers; layer++)
            slopes.Betas[layer] *= _circuit.MixerScale;
        return value;
    }

    public double Probability(int index) => _state.Probability(index);

    public Complex Amplitude(int index) => _state.Amplitude(index);

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        _state.Sample(random, shots).ConvertAll(c => ((int)c.Index, c.Occurrences));

    public void Dispose() => _state.Dispose();

    private double[] Betas(QaoaAngles angles) => Array.ConvertAll(angles.Betas, beta => _circuit.MixerScale * beta);
}

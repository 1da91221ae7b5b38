using System.Diagnostics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>How fast this machine simulates: a few layers are run once per process, and other sizes are scaled from them.</summary>
internal static class SimulatorSpeed
{
    /// <summary>Large enough to leave the first-level cache, small enough to take a millisecond.</summary>
    private const int Qubits = 14;
    private const int Layers = 8;

    /// <summary>The best of some, because a busy machine only ever slows one down.</summary>
    private const int Repetitions = 5;

    /// <summary>A layer is one phase, whose sine and cosine cost about as much as this many qubits of the mixer.</summary>
    private const double PhaseInQubits = 8;

    private static readonly Lazy<double> Measured = new(Measure);

    /// <summary>CPU seconds of one layer on a state of n qubits; for large states more, as they leave the caches.</summary>
    public static double SecondsPerLayer(int qubits) =>
        Measured.Value * Math.ScaleB((qubits + PhaseInQubits) / (Qubits + PhaseInQubits), qubits - Qubits);

    private static double Measure()
    {
        // A ring's cut: any cost takes as long.
        var ring = Enumerable.Range(0, Qubits).Select(q => new DiagonalTerm(q, (q + 1) % Qubits, 0.5));
        using var state = QaoaState.Create(Qubits, [.. ring], isSymmetryUsed: false);
        double[] gammas = [.. Enumerable.Repeat(0.1, Layers)];
        double[] betas = [.. Enumerable.Repeat(-0.3, Layers)];
        var best = double.PositiveInfinity;
        for (var k = 0; k < Repetitions; k++)
        {
            var began = Stopwatch.GetTimestamp();
            state.Prepare(gammas, betas);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds / Layers);
        }
        return best;
    }
}

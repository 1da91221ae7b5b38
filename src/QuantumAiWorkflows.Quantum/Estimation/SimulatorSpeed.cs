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
        var state = new StateVector(Qubits);
        var costs = new double[1 << Qubits];
        for (var z = 0; z < costs.Length; z++)
            costs[z] = z % 97;
        var best = double.PositiveInfinity;
        for (var k = 0; k < Repetitions; k++)
        {
            state.PrepareUniform();
            var began = Stopwatch.GetTimestamp();
            for (var layer = 0; layer < Layers; layer++)
            {
                state.ApplyPhase(costs, 0.1);
                state.ApplyMixer(-0.3);
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds / Layers);
        }
        return best;
    }
}

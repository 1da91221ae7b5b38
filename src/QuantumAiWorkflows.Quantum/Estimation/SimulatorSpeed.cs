using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>What a layer's time depends on beside its size.</summary>
/// <param name="Precision">Of the standard variant; the others are always run in double.</param>
/// <param name="IsHalved">Whether symmetry halves the state, for the standard variant only.</param>
internal readonly record struct SimulatedLayer(
    QaoaVariant Variant,
    QaoaPrecision Precision = QaoaPrecision.Double,
    bool IsHalved = false
);

/// <summary>
/// How fast this machine simulates: a few layers of a kind are run once per process, on one thread, and other sizes are
/// scaled from them.
/// </summary>
internal static class SimulatorSpeed
{
    /// <summary>Large enough to leave the first-level cache, small enough to take a millisecond.</summary>
    private const int Qubits = 14;
    private const int Layers = 8;

    /// <summary>The best of some, because a busy machine only ever slows one down.</summary>
    private const int Repetitions = 5;

    /// <summary>A layer is one phase, whose sine and cosine cost about as much as this many qubits of the mixer.</summary>
    private const double PhaseInQubits = 8;

    private static readonly ConcurrentDictionary<SimulatedLayer, Lazy<double>> Measured = new();

    /// <summary>CPU seconds of one layer on a state of n qubits; for large states more, as they leave the caches.</summary>
    public static double SecondsPerLayer(int qubits, SimulatedLayer layer)
    {
        if (layer.Variant != QaoaVariant.Standard)
            layer = new(layer.Variant);
        var measured = Measured.GetOrAdd(layer, kind => new(() => Measure(kind))).Value;
        return measured * Math.ScaleB((qubits + PhaseInQubits) / (Qubits + PhaseInQubits), qubits - Qubits);
    }

    private static double Measure(SimulatedLayer layer)
    {
        double[] gammas = [.. Enumerable.Repeat(0.1, Layers)];
        double[] betas = [.. Enumerable.Repeat(-0.3, Layers)];
        if (layer.Variant == QaoaVariant.Standard)
        {
            // A ring's cut: any cost takes as long.
            var ring = Enumerable.Range(0, Qubits).Select(q => new DiagonalTerm(q, (q + 1) % Qubits, 0.5));
            using var state = QaoaState.Create(Qubits, [.. ring], layer.Precision, isSymmetryUsed: layer.IsHalved);
            return Best(() => state.Prepare(gammas, betas));
        }

        // Of a ring mixer all qubits are in two groups: a free qubit takes about as long as a pair of neighbours.
        int[][] groups =
            layer.Variant == QaoaVariant.XyRing
                ?
                [
                    [.. Enumerable.Range(0, Qubits / 2)],
                    [.. Enumerable.Range(Qubits / 2, Qubits / 2)],
                ]
                : [];
        var shape = new CircuitShape(layer.Variant, Layers, groups);
        var circuit = QaoaCircuit.From(new QaoaGates(Model(), shape).List(), shape);
        double[]? starts = layer.Variant == QaoaVariant.WarmStart ? [.. Enumerable.Repeat(1.1, Qubits)] : null;
        using var engine = new GateEngine(circuit, starts);
        return Best(() => engine.Prepare(new(gammas, betas)));
    }

    private static QuboTerms Model() =>
        new(
            0,
            [.. Enumerable.Repeat(0.3, Qubits)],
            [.. Enumerable.Range(0, Qubits - 1)],
            [.. Enumerable.Range(1, Qubits - 1)],
            [.. Enumerable.Repeat(0.5, Qubits - 1)]
        );

    private static double Best(Action run)
    {
        var best = double.PositiveInfinity;
        for (var k = 0; k < Repetitions; k++)
        {
            var began = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds / Layers);
        }
        return best;
    }
}

using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// A QAOA circuit compiled with the angle 1 in every layer, read back from its gates: Hadamards, then layers of diagonal
/// gates and one rx per qubit, then measurements. All layers being equal, other angles only rescale them, so one
/// compilation serves a whole optimization.
/// </summary>
internal sealed class QaoaCircuit
{
    private QaoaCircuit(QirCircuit qir, int layers, IReadOnlyList<DiagonalTerm> cost, double mixerScale)
    {
        Qubits = qir.Qubits;
        Layers = layers;
        Cost = cost;
        MixerScale = mixerScale;
        Depth = qir.Depth;
        TwoQubitGates = qir.TwoQubitGates;
        GateCounts = qir.Counts;
    }

    public int Qubits { get; }

    public int Layers { get; }

    /// <summary>The cost function without its offset, as the diagonal gates have it at gamma = 1.</summary>
    public IReadOnlyList<DiagonalTerm> Cost { get; }

    /// <summary>Half the rx angle at beta = 1: a layer applies exp(-i·MixerScale·beta·ΣX).</summary>
    public double MixerScale { get; }

    public int Depth { get; }

    public int TwoQubitGates { get; }

    public IReadOnlyDictionary<string, int> GateCounts { get; }

    /// <exception cref="QirException">The gates do not have that shape.</exception>
    public static QaoaCircuit From(QirCircuit qir, int layers)
    {
        var gates = qir.Gates.ToArray().AsSpan();
        var n = qir.Qubits;
        TakeOnePerQubit(ref gates, QirGateKind.H, n);

        IReadOnlyList<DiagonalTerm>? cost = null;
        double? mixer = null;
        for (var layer = 0; layer < layers; layer++)
        {
            var terms = TakeDiagonal(ref gates);
            var rotations = TakeOnePerQubit(ref gates, QirGateKind.Rx, n);
            cost ??= terms;
            mixer ??= rotations[0].Angle / 2;
            Expect(terms.SequenceEqual(cost), $"layer {layer} to have the cost of layer 0");
            Expect(rotations.All(g => g.Angle / 2 == mixer), "one angle in all mixers");
        }

        var measurements = TakeOnePerQubit(ref gates, QirGateKind.M, n);
        Expect(measurements.All(g => g.First == g.Second), "the result of qubit q at place q");
        Expect(gates.IsEmpty, "nothing after the measurements");
        return new(qir, layers, cost!, mixer!.Value);
    }

    private static List<DiagonalTerm> TakeDiagonal(ref Span<QirGate> gates)
    {
        var terms = new List<DiagonalTerm>();
        while (!gates.IsEmpty && gates[0].Kind is QirGateKind.Rz or QirGateKind.Rzz)
        {
            // rz(θ) = exp(-iθZ/2) is exp(-iγ·wZ) at γ = 1 for w = θ/2; rzz likewise.
            terms.Add(new(gates[0].First, gates[0].Second, gates[0].Angle / 2));
            gates = gates[1..];
        }
        return terms;
    }

    private static QirGate[] TakeOnePerQubit(ref Span<QirGate> gates, QirGateKind kind, int qubits)
    {
        Expect(gates.Length >= qubits, $"{qubits} gates {kind}");
        var taken = gates[..qubits].ToArray();
        gates = gates[qubits..];
        Expect(
            taken.All(g => g.Kind == kind) && taken.Select(g => g.First).Distinct().Count() == qubits,
            $"one gate {kind} on every qubit"
        );
        return taken;
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new QirException($"The circuit is not a QAOA circuit: expected {what}.");
    }
}

using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// A circuit's gates put together into what a state is passed over for once: runs of gates on one qubit, blocks of
/// diagonal gates, pairs of rxx and ryy. Measurements are left out.
/// </summary>
internal sealed class GateProgram
{
    private GateProgram(IReadOnlyList<TemplateGate>[] start, IReadOnlyList<GateStep> steps) =>
        (Start, Steps) = (start, steps);

    /// <summary>What comes first on each qubit, before it meets another: together a product state. Shape [n].</summary>
    public IReadOnlyList<TemplateGate>[] Start { get; }

    /// <summary>The rest, in order.</summary>
    public IReadOnlyList<GateStep> Steps { get; }

    /// <exception cref="QirException">An rxx without its ryy, or a layer that has only a part of the cost.</exception>
    public static GateProgram Of(QaoaCircuit circuit)
    {
        var steps = new List<GateStep>();
        var gates = circuit.Template;
        for (var k = 0; k < gates.Count; k += steps[^1].Gates.Count)
            steps.Add(Next(gates, k));
        steps.RemoveAll(s => s.Kind == GateStepKind.Measured);
        if (
            steps.Exists(s =>
                s is { Kind: GateStepKind.Diagonal, SharedParameter: >= 0 } && s.Gates.Count != circuit.Cost.Count
            )
        )
            throw new QirException("Expected every term of the cost in each layer.");

        var start = new IReadOnlyList<TemplateGate>[circuit.Qubits];
        Array.Fill(start, []);
        var first = 0;
        for (; first < steps.Count && IsOfStart(steps[first]); first++)
            start[steps[first].First] = steps[first].Gates;
        return new(start, steps[first..]);

        // What an optimizer turns is a step of its own: slopes are taken from steps.
        bool IsOfStart(GateStep step) =>
            step.Kind == GateStepKind.OneQubit
            && start[step.First].Count == 0
            && step.Gates.All(g => g.Parameter < 0 || g.Parameter >= circuit.NumAngles);
    }

    private static GateStep Next(IReadOnlyList<TemplateGate> gates, int from)
    {
        var gate = gates[from].Unit;
        switch (gate.Kind)
        {
            case QirGateKind.M:
                return new(GateStepKind.Measured, [gates[from]]);
            case QirGateKind.Cx:
                return new(GateStepKind.FlipControlled, [gates[from]]);
            case QirGateKind.Cz:
                return new(GateStepKind.NegateBoth, [gates[from]]);
            case QirGateKind.Rxx:
                var next = from + 1 < gates.Count ? gates[from + 1] : default;
                return next == gates[from] with { Unit = gate with { Kind = QirGateKind.Ryy } }
                    ? new(GateStepKind.XyPair, [gates[from], next])
                    : throw new QirException("Expected the ryy of the same pair and angle after an rxx.");
            case QirGateKind.Ryy:
                throw new QirException("Expected the rxx of the same pair and angle before a ryy.");
            default:
                var block = DiagonalRun(gates, from);
                if (block > 1 || gate.Kind == QirGateKind.Rzz)
                    return new(GateStepKind.Diagonal, [.. gates.Skip(from).Take(block)]);
                var count = 1;
                while (from + count < gates.Count && IsOnSameQubit(from + count))
                    count++;
                return new(GateStepKind.OneQubit, [.. gates.Skip(from).Take(count)]);
        }

        // An rz among other diagonal gates is a part of their block.
        bool IsOnSameQubit(int at) =>
            gates[at].Unit.IsOnOneQubit
            && gates[at].Unit.First == gates[from].Unit.First
            && DiagonalRun(gates, at) <= 1;
    }

    private static int DiagonalRun(IReadOnlyList<TemplateGate> gates, int from)
    {
        var end = from;
        while (end < gates.Count && gates[end].Unit.Kind is QirGateKind.Rz or QirGateKind.Rzz)
            end++;
        return end - from;
    }
}

internal enum GateStepKind
{
    OneQubit,
    Diagonal,
    XyPair,
    FlipControlled,
    NegateBoth,
    Measured,
}

/// <summary>One pass over a state.</summary>
/// <param name="Gates">In order; they commute in a diagonal block and in a pair.</param>
internal sealed record GateStep(GateStepKind Kind, IReadOnlyList<TemplateGate> Gates)
{
    public int First => Gates[0].Unit.First;

    public int Second => Gates[0].Unit.Second;

    /// <summary>The one angle that scales all gates; -1 where there are several, or none.</summary>
    public int SharedParameter { get; } = Gates.All(g => g.Parameter == Gates[0].Parameter) ? Gates[0].Parameter : -1;

    /// <summary>The matrix of gates on one qubit, one after the other; the identity for none.</summary>
    public static Unitary2 Matrix(IEnumerable<TemplateGate> gates, ReadOnlySpan<double> parameters)
    {
        var matrix = Unitary2.Identity;
        foreach (var gate in gates)
            matrix = Matrix(gate.At(parameters)) * matrix;
        return matrix;
    }

    /// <exception cref="QirException">The gate is not on one qubit.</exception>
    public static Unitary2 Matrix(QirGate gate) =>
        gate.Kind switch
        {
            QirGateKind.H => Unitary2.H,
            QirGateKind.X => Unitary2.X,
            QirGateKind.Rx => Unitary2.Rx(gate.Angle),
            QirGateKind.Ry => Unitary2.Ry(gate.Angle),
            QirGateKind.Rz => Unitary2.Rz(gate.Angle),
            _ => throw new QirException($"A gate {gate.Name} is not on one qubit."),
        };
}

using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Reads a circuit that was compiled with every angle 1 and tells for each gate which angle scales it. Whatever is not
/// where the shape has it is refused: a gate that was scaled by the wrong angle would be another circuit.
/// </summary>
internal sealed class TemplateReader(QirCircuit qir, CircuitShape shape)
{
    private readonly int _qubits = qir.Qubits;
    private readonly SearchSpace _space = new(qir.Qubits, shape.Groups);
    private readonly List<TemplateGate> _gates = [];
    private double? _mixerScale;
    private (CircuitPart Part, int Layer) _place = (CircuitPart.Start, -1);

    public IReadOnlyList<TemplateGate> Gates => _gates;

    public IReadOnlyList<DiagonalTerm> Cost { get; private set; } = [];

    public double MixerScale => _mixerScale ?? 1;

    private bool IsMultiAngle => shape.Variant == QaoaVariant.MultiAngle;

    private int GammasPerLayer => IsMultiAngle ? Cost.Count : 1;

    private int FirstBeta => shape.Layers * GammasPerLayer;

    private int FirstStart => FirstBeta + shape.Layers;

    /// <exception cref="QirException">The gates do not have the shape.</exception>
    public void Read()
    {
        Cost = CostOfFirstLayer();
        ReadStart();
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            _place = (CircuitPart.Cost, layer);
            ReadCost(layer);
            _place = (CircuitPart.Mixer, layer);
            ReadMixer(layer);
        }
        _place = (CircuitPart.Measurement, -1);
        var measured = TakeOnePerQubit(QirGateKind.M, AllQubits, _ => -1);
        Expect(measured.All(g => g.First == g.Second), "the result of qubit q at place q");
        Expect(_gates.Count == qir.Gates.Count, "nothing after the measurements");
    }

    private IEnumerable<int> AllQubits => Enumerable.Range(0, _qubits);

    private QirGateKind? Next => _gates.Count < qir.Gates.Count ? qir.Gates[_gates.Count].Kind : null;

    /// <summary>Ahead of everything: the number of terms says how many angles there are.</summary>
    private List<DiagonalTerm> CostOfFirstLayer() =>
        [
            .. qir
                .Gates.SkipWhile(g => !IsOfALayer(g))
                .TakeWhile(IsDiagonal)
                // rz(θ) = exp(-iθZ/2) is exp(-iγ·wZ) at γ = 1 for w = θ/2; rzz likewise.
                .Select(g => new DiagonalTerm(g.First, g.Second, g.Angle / 2)),
        ];

    private static bool IsDiagonal(QirGate gate) => gate.Kind is QirGateKind.Rz or QirGateKind.Rzz;

    /// <summary>
    /// A start has no rotation about z or x. Where there is no cost, the ry of a warm start's first mixer turns back.
    /// </summary>
    private bool IsOfALayer(QirGate gate) =>
        gate.Kind is QirGateKind.Rz or QirGateKind.Rzz or QirGateKind.Rx or QirGateKind.Rxx
        || (shape.Variant == QaoaVariant.WarmStart && gate is { Kind: QirGateKind.Ry, Angle: < 0 });

    private void ReadStart()
    {
        if (shape.Variant == QaoaVariant.WarmStart)
        {
            var starts = TakeOnePerQubit(QirGateKind.Ry, AllQubits, q => FirstStart + q);
            Expect(starts.All(g => g.Angle == 1), "each start angle as it is given");
            return;
        }
        TakeOnePerQubit(QirGateKind.H, _space.Free, _ => -1);
        while (Next is QirGateKind.X or QirGateKind.Ry or QirGateKind.Cx or QirGateKind.Cz)
        {
            var gate = Take(Next!.Value, -1);
            Expect(_space.GroupOf(gate.First) >= 0, "only qubits of groups in a one-hot start");
            Expect(
                !gate.IsOnTwoQubits || _space.GroupOf(gate.First) == _space.GroupOf(gate.Second),
                "each gate of a one-hot start within one group"
            );
        }
    }

    private void ReadCost(int layer)
    {
        for (var term = 0; term < Cost.Count; term++)
        {
            var parameter = IsMultiAngle ? layer * Cost.Count + term : layer;
            var gate = Take(Cost[term].Second < 0 ? QirGateKind.Rz : QirGateKind.Rzz, parameter);
            Expect(
                Cost[term] == new DiagonalTerm(gate.First, gate.Second, gate.Angle / 2),
                $"layer {layer} to have the cost of layer 0"
            );
        }
    }

    private void ReadMixer(int layer)
    {
        var beta = FirstBeta + layer;
        switch (shape.Variant)
        {
            case QaoaVariant.WarmStart:
                for (var q = 0; q < _qubits; q++)
                {
                    var back = Take(QirGateKind.Ry, FirstStart + q);
                    var turn = Take(QirGateKind.Rz, beta);
                    var forth = Take(QirGateKind.Ry, FirstStart + q);
                    Expect(
                        back is { Angle: -1 } && forth is { Angle: 1 },
                        "the mixer between the start and its reverse"
                    );
                    Expect(back.First == q && turn.First == q && forth.First == q, $"the mixer of qubit {q}");
                    ExpectScale(turn.Angle / 2);
                }
                break;
            case QaoaVariant.MultiAngle:
                foreach (var gate in TakeOnePerQubit(QirGateKind.Rx, AllQubits, q => FirstBeta + layer * _qubits + q))
                    ExpectScale(gate.Angle / 2);
                break;
            default:
                foreach (var gate in TakeOnePerQubit(QirGateKind.Rx, _space.Free, _ => beta))
                    ExpectScale(gate.Angle / 2);
                ReadRings(beta);
                break;
        }
    }

    /// <summary>Each pair of neighbours of each group once, in any order.</summary>
    private void ReadRings(int beta)
    {
        var pairs = new HashSet<(int, int)>();
        for (var left = shape.Groups.Sum(g => g.Length == 2 ? 1 : g.Length); left > 0; left--)
        {
            var xx = Take(QirGateKind.Rxx, beta);
            var yy = Take(QirGateKind.Ryy, beta);
            Expect(
                (xx.First, xx.Second, xx.Angle) == (yy.First, yy.Second, yy.Angle),
                "rxx and ryy of one pair and one angle"
            );
            Expect(_space.AreNeighbours(xx.First, xx.Second), "rxx and ryy on neighbours of a ring");
            Expect(
                pairs.Add((Math.Min(xx.First, xx.Second), Math.Max(xx.First, xx.Second))),
                "each pair of a ring once"
            );
            ExpectScale(xx.Angle);
        }
    }

    private List<QirGate> TakeOnePerQubit(QirGateKind kind, IEnumerable<int> qubits, Func<int, int> parameter)
    {
        var missing = qubits.ToHashSet();
        var taken = new List<QirGate>();
        while (missing.Count > 0)
        {
            Expect(Next == kind, $"one gate {kind} on every qubit");
            var qubit = qir.Gates[_gates.Count].First;
            Expect(missing.Remove(qubit), $"one gate {kind} on every qubit");
            taken.Add(Take(kind, parameter(qubit)));
        }
        return taken;
    }

    private QirGate Take(QirGateKind kind, int parameter)
    {
        Expect(Next == kind, $"a gate {kind} at place {_gates.Count}");
        var gate = qir.Gates[_gates.Count];
        _gates.Add(new(gate, parameter, _place.Part, _place.Layer));
        return gate;
    }

    private void ExpectScale(double scale)
    {
        _mixerScale ??= scale;
        Expect(scale == _mixerScale, "one angle in all mixers");
    }

    private static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new QirException($"The circuit is not a QAOA circuit: expected {what}.");
    }
}

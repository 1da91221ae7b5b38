using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// The gates that the Q# sources compile to with every angle 1, listed from the model: an estimate must answer for problems
/// of any size at once, and compiling thousands of couplings takes minutes. A test holds it to the compiler's output.
/// </summary>
/// <param name="ising">Coefficients of 0 get no gate.</param>
/// <param name="shape">Groups are disjoint and of qubits that exist.</param>
internal sealed class QaoaGates(QuboTerms ising, CircuitShape shape)
{
    private readonly int[] _free =
    [
        .. Enumerable.Range(0, ising.NumVariables).Except(shape.Groups.SelectMany(group => group)),
    ];

    /// <summary>How many gates there are of each name, without listing them.</summary>
    public IReadOnlyDictionary<string, long> Counts()
    {
        var (n, layers) = (ising.NumVariables, (long)shape.Layers);
        var (members, groups) = (shape.Groups.Sum(g => (long)g.Length), shape.Groups.Count);
        var pairs = shape.Groups.Sum(g => (long)Pairs(g).Count());
        var isWarm = shape.Variant == QaoaVariant.WarmStart;
        var counts = new Dictionary<QirGateKind, long>
        {
            [QirGateKind.H] = isWarm ? 0 : _free.Length,
            [QirGateKind.X] = groups,
            [QirGateKind.Rx] = isWarm ? 0 : layers * _free.Length,
            [QirGateKind.Ry] = isWarm ? n + 2 * layers * n : 2 * (members - groups),
            [QirGateKind.Rz] = layers * (ising.Linear.LongCount(h => h != 0) + (isWarm ? n : 0)),
            [QirGateKind.Cx] = members - groups,
            [QirGateKind.Cz] = members - groups,
            [QirGateKind.Rxx] = layers * pairs,
            [QirGateKind.Ryy] = layers * pairs,
            [QirGateKind.Rzz] = layers * ising.Value.LongCount(w => w != 0),
            [QirGateKind.M] = n,
        };
        return counts
            .Where(c => c.Value > 0)
            .ToDictionary(c => new QirGate(c.Key, 0, 0, -1).Name, c => c.Value, StringComparer.Ordinal);
    }

    /// <summary>All of them, in program order.</summary>
    public QirCircuit List()
    {
        var gates = new List<QirGate>();
        var n = ising.NumVariables;
        if (shape.Variant == QaoaVariant.WarmStart)
            for (var q = 0; q < n; q++)
                gates.Add(On(QirGateKind.Ry, q, 1));
        else
            gates.AddRange(_free.Select(q => On(QirGateKind.H, q)));
        foreach (var group in shape.Groups)
            AddOneHot(gates, group);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            for (var q = 0; q < n; q++)
                if (ising.Linear[q] != 0)
                    gates.Add(On(QirGateKind.Rz, q, 2 * ising.Linear[q]));
            for (var k = 0; k < ising.Value.Length; k++)
                if (ising.Value[k] != 0)
                    gates.Add(new(QirGateKind.Rzz, 2 * ising.Value[k], ising.Row[k], ising.Column[k]));
            AddMixer(gates);
        }
        for (var q = 0; q < n; q++)
            gates.Add(new(QirGateKind.M, 0, q, q));
        return new(n, gates);
    }

    /// <summary>PrepareOneHot: the 1 begins at the first qubit and is handed down.</summary>
    private static void AddOneHot(List<QirGate> gates, int[] group)
    {
        gates.Add(On(QirGateKind.X, group[0]));
        for (var k = 0; k < group.Length - 1; k++)
        {
            var angle = Math.Acos(Math.Sqrt(1.0 / (group.Length - k)));
            gates.Add(On(QirGateKind.Ry, group[k + 1], -angle));
            gates.Add(new(QirGateKind.Cz, 0, group[k], group[k + 1]));
            gates.Add(On(QirGateKind.Ry, group[k + 1], angle));
            gates.Add(new(QirGateKind.Cx, 0, group[k + 1], group[k]));
        }
    }

    private void AddMixer(List<QirGate> gates)
    {
        if (shape.Variant == QaoaVariant.WarmStart)
        {
            for (var q = 0; q < ising.NumVariables; q++)
                gates.AddRange(On(QirGateKind.Ry, q, -1), On(QirGateKind.Rz, q, 2), On(QirGateKind.Ry, q, 1));
            return;
        }
        gates.AddRange(_free.Select(q => On(QirGateKind.Rx, q, 2)));
        foreach (var (first, second) in shape.Groups.SelectMany(Pairs))
            gates.AddRange(
                new QirGate(QirGateKind.Rxx, 1, first, second),
                new QirGate(QirGateKind.Ryy, 1, first, second)
            );
    }

    /// <summary>Neighbours on the ring of a group in the order of the mixer: even pairs, odd ones, the one that closes it.</summary>
    private static IEnumerable<(int First, int Second)> Pairs(int[] group)
    {
        for (var start = 0; start < 2; start++)
        for (var k = start; k + 1 < group.Length; k += 2)
            yield return (group[k], group[k + 1]);
        if (group.Length > 2)
            yield return (group[^1], group[0]);
    }

    private static QirGate On(QirGateKind kind, int qubit, double angle = 0) => new(kind, angle, qubit, -1);
}

using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>A compiled circuit of any shape over a random model, with random angles: all from one seed.</summary>
internal sealed record SomeCircuit(QaoaCircuit Circuit, QaoaExpressions Expressions, QaoaAngles Angles)
{
    public IReadOnlyList<double>? Starts => Expressions.Starts;

    public GateEngine Engine() => new(Circuit, Starts);

    public QSharpEngine OnQSharp() => new(Expressions, QSharpCache.Folder, () => false, () => false);

    /// <param name="groups">Of a ring; null: some.</param>
    public static SomeCircuit Of(
        QaoaVariant variant,
        int qubits,
        int layers,
        int seed = 1,
        IReadOnlyList<int[]>? groups = null
    )
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"{variant} {qubits} {layers}");
        double[] Draw(int count, double scale) =>
            [.. Enumerable.Range(0, count).Select(_ => scale * (2 * random.NextDouble() - 1))];

        var ising = Some.Qubo(qubits, density: 0.6, seed: seed + qubits).Model.ToIsing();
        groups = variant == QaoaVariant.XyRing ? groups ?? Groups(qubits, random) : [];
        var shape = new CircuitShape(variant, layers, groups);
        var starts = variant == QaoaVariant.WarmStart ? Draw(qubits, 1.4).Select(a => 1.5 + a).ToArray() : null;
        var expressions = new QaoaExpressions(ising, shape, starts);
        var (circuit, _) = QaoaCompiler.Compile(expressions, layers, QSharpCache.Folder, () => false);
        var angles = new QaoaAngles(
            Draw(layers * circuit.GammasPerLayer, 0.3),
            Draw(layers * circuit.BetasPerLayer, 1.5)
        );
        return new(circuit, expressions, angles);
    }

    /// <summary>A shuffled pair, then threes and fours for as long as there are enough; the rest is free.</summary>
    private static int[][] Groups(int qubits, Xoshiro256 random)
    {
        var order = Enumerable.Range(0, qubits).ToArray();
        for (var i = qubits - 1; i > 0; i--)
        {
            var j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        var groups = new List<int[]>();
        for (var (at, size) = (0, 2); at + size <= qubits - 1 || (at == 0 && size <= qubits); )
        {
            groups.Add(order[at..(at + size)]);
            at += size;
            size = 3 + groups.Count % 2;
        }
        return [.. groups];
    }
}

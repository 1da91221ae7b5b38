using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>Every circuit shape on our engine, against Q#'s own states and against the standard circuit.</summary>
public class CircuitVariantTests
{
    public static TheoryData<QaoaVariant, int, int> Shapes =>
        new(
            from variant in Enum.GetValues<QaoaVariant>()
            from size in new[] { (1, 1), (2, 2), (3, 3), (6, 1), (9, 2), (12, 1) }
            where size.Item1 > 1 || variant != QaoaVariant.XyRing
            select (variant, size.Item1, size.Item2)
        );

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Our_state_is_Q_sharps_state(QaoaVariant variant, int qubits, int layers)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var some = SomeCircuit.Of(variant, qubits, layers, seed);
            using var ours = some.Engine();
            using var theirs = some.OnQSharp();

            ours.Prepare(some.Angles).Should().BeApproximately(theirs.Prepare(some.Angles), 1e-9);
            var overlap = Complex.Zero;
            for (var z = 0; z < 1 << qubits; z++)
            {
                overlap += Complex.Conjugate(ours.Amplitude(z)) * theirs.Amplitude(z);
                ours.Probability(z).Should().BeApproximately(theirs.Probability(z), 1e-12);
            }
            overlap.Magnitude.Should().BeApproximately(1, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Slopes_are_those_of_central_differences(QaoaVariant variant, int qubits, int layers)
    {
        const double step = 1e-5;
        var some = SomeCircuit.Of(variant, qubits, layers);
        using var engine = some.Engine();
        var scale = engine.Costs.Max(Math.Abs) + 1;
        var (gammas, betas) = (new double[some.Angles.Gammas.Length], new double[some.Angles.Betas.Length]);

        engine.Gradient(some.Angles, null, gammas, betas).Should().BeApproximately(engine.Prepare(some.Angles), 1e-9);

        // All of a few angles, and every seventh of many.
        for (var k = 0; k < gammas.Length; k += gammas.Length < 20 ? 1 : 7)
            gammas[k].Should().BeApproximately(Difference(some.Angles.Gammas, k), 1e-6 * scale);
        for (var k = 0; k < betas.Length; k++)
            betas[k].Should().BeApproximately(Difference(some.Angles.Betas, k), 1e-6 * scale);

        double Difference(double[] angles, int k)
        {
            var before = angles[k];
            angles[k] = before + step;
            var above = engine.Prepare(some.Angles);
            angles[k] = before - step;
            var below = engine.Prepare(some.Angles);
            angles[k] = before;
            return (above - below) / (2 * step);
        }
    }

    [Fact]
    public void Slopes_of_any_observable_are_those_of_central_differences()
    {
        var some = SomeCircuit.Of(QaoaVariant.WarmStart, 5, 2);
        using var engine = some.Engine();
        var (gammas, betas) = (new double[2], new double[2]);

        var value = engine.Gradient(
            some.Angles,
            costs =>
            {
                foreach (ref var cost in costs)
                    cost = Observable(cost);
            },
            gammas,
            betas
        );

        value.Should().BeApproximately(At(0), 1e-12);
        betas[1].Should().BeApproximately((At(1e-5) - At(-1e-5)) / 2e-5, 1e-8);

        static double Observable(double cost) => Math.Cos(3 * cost);

        double At(double shift)
        {
            engine.Prepare(some.Angles with { Betas = [some.Angles.Betas[0], some.Angles.Betas[1] + shift] });
            return Enumerable.Range(0, 32).Sum(z => engine.Probability(z) * Observable(engine.Costs[z]));
        }
    }

    [Fact]
    public void Equal_angles_in_each_layer_make_multi_angle_the_standard_circuit()
    {
        var (multi, standard) = (Circuit(QaoaVariant.MultiAngle), Circuit(QaoaVariant.Standard));
        var angles = new QaoaAngles([0.2, -0.1], [0.5, 0.3]);
        using var engine = new GateEngine(multi);
        using var reference = new QirEngine(standard);

        engine.Prepare(angles).Should().BeApproximately(reference.Prepare(angles), 1e-10);
        multi.GateCounts.Should().BeEquivalentTo(standard.GateCounts);

        var (gammas, betas) = (new double[2], new double[2]);
        engine.Gradient(angles, null, gammas, betas);
        var all = (new double[2 * multi.Cost.Count], new double[2 * 6]);
        engine.Gradient(angles, null, all.Item1, all.Item2);
        gammas[1].Should().BeApproximately(all.Item1[multi.Cost.Count..].Sum(), 1e-9, "a layer's slope is its sum");
        betas[0].Should().BeApproximately(all.Item2[..6].Sum(), 1e-9);
    }

    [Fact]
    public void Right_start_angles_make_a_warm_start_the_standard_circuit()
    {
        var warm = Circuit(QaoaVariant.WarmStart, starts: [.. Enumerable.Repeat(Math.PI / 2, 6)]);
        var angles = new QaoaAngles([0.2, -0.1], [0.5, 0.3]);
        using var engine = new GateEngine(warm, [.. Enumerable.Repeat(Math.PI / 2, 6)]);
        using var reference = new QirEngine(Circuit(QaoaVariant.Standard));

        engine.Prepare(angles).Should().BeApproximately(reference.Prepare(angles), 1e-10);
    }

    [Fact]
    public void A_ring_never_leaves_the_strings_with_one_1_in_each_group()
    {
        int[][] groups =
        [
            [3, 0, 5],
            [1, 7],
            [2, 8, 4, 6],
        ];
        var circuit = Circuit(QaoaVariant.XyRing, 10, groups);
        using var engine = new GateEngine(circuit);
        circuit.Space.Count.Should().Be(3 * 2 * 4 * 2);
        var random = Xoshiro256.FromSeed(3, "angles");

        for (var draw = 0; draw < 10; draw++)
        {
            engine.Prepare(
                new(
                    [random.NextDouble(), random.NextDouble()],
                    [6 * random.NextDouble() - 3, 6 * random.NextDouble() - 3]
                )
            );
            for (var z = 0; z < 1 << 10; z++)
                if (groups.Any(g => g.Count(q => (z >> q & 1) == 1) != 1))
                    engine.Probability(z).Should().BeLessThan(1e-30, "only rounding may bring {0} in", z);
            engine.Sample(random, 1000).Should().OnlyContain(s => circuit.Space.Contains(s.Index));
        }
    }

    [Fact]
    public void A_ring_starts_uniform_over_its_strings()
    {
        var circuit = Circuit(
            QaoaVariant.XyRing,
            7,
            [
                [6, 0, 3, 2, 5],
            ]
        );
        using var engine = new GateEngine(circuit);

        // At angles of 0 only the start is left.
        engine.Prepare(new([0, 0], [0, 0]));

        for (var z = 0; z < 1 << 7; z++)
            engine
                .Probability(z)
                .Should()
                .BeApproximately(circuit.Space.Contains(z) ? 1.0 / circuit.Space.Count : 0, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_text_with_other_angles_is_what_Q_sharp_makes_of_them(QaoaVariant variant, int qubits, int layers)
    {
        if (qubits is not (3 or 6))
            return;
        var some = SomeCircuit.Of(variant, qubits, layers);
        var (circuit, text) = QaoaCompiler.CompileToText(some.Expressions, layers, QSharpCache.Folder, () => false);
        using var qsharp = new QuantumAiWorkflows.Quantum.QSharp.QSharpInstance(
            QSharpCache.Folder,
            Xoshiro256.FromSeed(0, "qir")
        );
        var compiled = QirCircuit.Parse(
            qsharp.CompileToQir(
                QuantumAiWorkflows.Quantum.QSharp.QSharpProgram.ForQir(some.Expressions.Sample(some.Angles))
            )
        );

        var ours = QirCircuit.Parse(
            QirCircuit.WithAngles(text, [.. circuit.At(some.Angles, some.Starts).Gates.Select(g => g.Angle)])
        );

        ours.Gates.Should().HaveCount(compiled.Gates.Count);
        foreach (var (a, b) in ours.Gates.Zip(compiled.Gates))
        {
            (a with { Angle = 0 }).Should().Be(b with { Angle = 0 });
            a.Angle.Should().BeApproximately(b.Angle, 1e-14);
        }
        ours.Depth.Should().Be(some.Circuit.Depth);
    }

    [Fact]
    public void A_model_without_a_cost_has_a_circuit_of_every_shape()
    {
        foreach (var variant in Enum.GetValues<QaoaVariant>())
        {
            var starts = variant == QaoaVariant.WarmStart ? new double[] { 1, 2 } : null;
            var shape = new CircuitShape(
                variant,
                2,
                variant == QaoaVariant.XyRing
                    ?
                    [
                        [1, 0],
                    ]
                    : []
            );
            var expressions = new QaoaExpressions(new QuboTerms(0, [0, 0], [], [], []), shape, starts);
            var circuit = QaoaCompiler.Compile(expressions, 2, QSharpCache.Folder, () => false).Circuit;
            using var engine = new GateEngine(circuit, starts);

            engine.Prepare(new([1, 1], [1, 2])).Should().Be(0);
            circuit.Cost.Should().BeEmpty();
        }
    }

    private static QaoaCircuit Circuit(
        QaoaVariant variant,
        int qubits = 6,
        int[][]? groups = null,
        double[]? starts = null
    )
    {
        var ising = Some.Qubo(qubits, seed: 12).Model.ToIsing();
        var expressions = new QaoaExpressions(ising, new(variant, 2, groups ?? []), starts);
        return QaoaCompiler.Compile(expressions, 2, QSharpCache.Folder, () => false).Circuit;
    }
}

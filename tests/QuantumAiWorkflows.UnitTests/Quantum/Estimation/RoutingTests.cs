using CsCheck;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Quantum.Estimation;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.UnitTests.Quantum.Estimation;

public class RoutingTests
{
    /// <summary>One second a two-qubit gate, none for the others, CZ only.</summary>
    private static readonly HardwareProfile Machine = HardwareProfile.Find("superconducting")! with
    {
        SecondsPerTwoQubitGate = 1,
        SecondsPerOneQubitGate = 0,
    };

    private static NativeSchedule Route(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph)
    {
        var schedule = new NativeSchedule(Machine, graph.Qubits);
        var ends = Router.Route(gates, qubits, graph, schedule);
        ends.Should().NotBeNull().And.OnlyHaveUniqueItems().And.HaveCount(qubits);
        return schedule;
    }

    private static QirGate Rzz(int first, int second) => new(QirGateKind.Rzz, 1, first, second);

    private static IReadOnlyList<QirGate> Standard(int qubits, double density, long seed, int layers) =>
        new QaoaGates(Some.Qubo(qubits, density, seed).Model.ToIsing(), CircuitShape.Standard(layers)).List().Gates;

    /// <summary>On a ring, all qubits but the last in two groups where there are enough for two.</summary>
    private static CircuitShape Shape(QaoaVariant variant, int qubits, int layers)
    {
        int[] order = [.. Enumerable.Range(0, qubits - 1).OrderBy(q => q % 3)];
        return new(
            variant,
            layers,
            variant != QaoaVariant.XyRing ? []
                : qubits >= 6 ? [order[..2], order[2..]]
                : [order]
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(27)]
    [InlineData(156)]
    public void A_heavy_hex_lattice_is_connected_and_no_qubit_has_more_than_three_neighbours(int qubits)
    {
        var graph = CouplingGraph.HeavyHex(qubits);

        graph.Qubits.Should().Be(qubits);
        for (var q = 0; q < qubits; q++)
        {
            graph.Neighbours(q).Count.Should().BeLessThanOrEqualTo(3);
            for (var p = 0; p < qubits; p++)
                graph.Distance(q, p).Should().BeLessThan(qubits);
        }
        // Two of three neighbours of a corner lie on edges: corners are never neighbours.
        for (var q = 0; q < qubits; q++)
            if (graph.Neighbours(q).Count == 3)
                graph.Neighbours(q).Should().OnlyContain(p => graph.Neighbours(p).Count < 3);
    }

    [Fact]
    public void A_square_grid_has_the_distances_of_a_city_block()
    {
        var graph = CouplingGraph.SquareGrid(9);

        graph.Distance(0, 8).Should().Be(4);
        graph.Neighbours(4).Should().Equal(1, 3, 5, 7);
        graph.Neighbours(2).Should().Equal(1, 5);
    }

    [Fact]
    public void Neighbours_need_no_swap()
    {
        // A path of five on a lattice of paths.
        var schedule = Route([Rzz(0, 1), Rzz(1, 2), Rzz(2, 3), Rzz(3, 4)], 5, CouplingGraph.HeavyHex(20));

        schedule.Swaps.Should().Be(0);
        schedule.TwoQubitGates.Should().Be(8, "a rotation about ZZ is two CZ");
    }

    [Fact]
    public void A_triangle_on_a_line_needs_one_swap_that_is_merged_with_the_rotation_before_it()
    {
        var schedule = Route([Rzz(0, 1), Rzz(1, 2), Rzz(0, 2)], 3, CouplingGraph.HeavyHex(3));

        schedule.Swaps.Should().Be(1);
        schedule.TwoQubitGates.Should().Be(3 * 2 + 1);
    }

    [Fact]
    public void A_qubit_takes_the_time_that_it_worked_along_when_it_is_swapped()
    {
        var schedule = new NativeSchedule(Machine with { SecondsPerOneQubitGate = 10 }, 2);

        schedule.Run(QirGateKind.H, 0, -1);
        schedule.Swap(0, 1);

        schedule.Idle([1]).Should().Equal(0);
        schedule.Idle([0]).Should().Equal([10], "what came from place 1 waited for the other");
    }

    [Fact]
    public void Gates_that_do_not_commute_keep_their_order()
    {
        // The second pair waits for the rx: its depth is that of both pairs, though they could run at once without it.
        var commuting = Route([Rzz(0, 1), Rzz(0, 1)], 2, CouplingGraph.HeavyHex(2));
        var ordered = Route(
            [Rzz(0, 1), new(QirGateKind.Rx, 1, 0, -1), new(QirGateKind.Rx, 1, 1, -1), Rzz(0, 1)],
            2,
            CouplingGraph.HeavyHex(2)
        );

        commuting.OneQubitGates.Should().Be(6);
        ordered.OneQubitGates.Should().Be(8);
        ordered.TwoQubitDepth.Should().Be(4);
        ordered.Depth.Should().Be(commuting.Depth + 1);
    }

    [Fact]
    public void Every_gate_is_run_and_no_two_at_once_on_one_qubit() =>
        Gen.Select(Gen.Enum<QaoaVariant>(), Gen.Int[3, 12], Gen.Int[1, 3], Gen.Double[0.1, 1], Gen.Long[0, 1000])
            .Sample(
                (variant, qubits, layers, density, seed) =>
                {
                    var ising = Some.Qubo(qubits, density, seed).Model.ToIsing();
                    var gates = new QaoaGates(ising, Shape(variant, qubits, layers)).List().Gates;
                    var graph = CouplingGraph.HeavyHex(20);

                    var schedule = Route(gates, qubits, graph);

                    var least =
                        2 * gates.Count(g => g.Kind is QirGateKind.Rxx or QirGateKind.Ryy or QirGateKind.Rzz)
                        + gates.Count(g => g.Kind is QirGateKind.Cx or QirGateKind.Cz);
                    var cz = least + 3 * schedule.Swaps;
                    // A merged swap saves two of its three.
                    schedule.TwoQubitGates.Should().BeInRange(least + schedule.Swaps, cz);
                    ((cz - schedule.TwoQubitGates) % 2).Should().Be(0);
                    schedule
                        .Seconds.Should()
                        .BeGreaterThanOrEqualTo(schedule.TwoQubitGates / (double)(qubits / 2 + 20));
                    schedule.Seconds.Should().Be(schedule.TwoQubitDepth, "a CZ takes a second and the rest no time");
                },
                iter: 100
            );

    [Fact]
    public void A_pair_of_a_ring_is_two_rotations_and_a_controlled_gate_one_two_qubit_gate()
    {
        QirGate[] pair = [new(QirGateKind.Rxx, 1, 0, 1), new(QirGateKind.Ryy, 1, 0, 1)];
        QirGate[] controlled = [new(QirGateKind.Cz, 0, 0, 1), new(QirGateKind.Cx, 0, 1, 0)];

        Run(pair, Machine).Should().Be((4, 10));
        Run(controlled, Machine).Should().Be((2, 2), "CX is CZ between two gates on its target");
        var ions = HardwareProfile.Find("trapped-ion")!;
        Run(pair, ions).Should().Be((2, 8));
        Run(controlled, ions with { HasVirtualZ = true }).Should().Be((2, 2));
        Run(controlled, ions with { HasVirtualZ = false }).Should().Be((2, 6));

        static (long Two, long One) Run(QirGate[] gates, HardwareProfile profile)
        {
            var schedule = new NativeSchedule(profile, 2);
            foreach (var gate in gates)
                schedule.Run(gate.Kind, gate.First, gate.Second);
            return (schedule.TwoQubitGates, schedule.OneQubitGates);
        }
    }

    [Fact]
    public void Routing_draws_no_random_numbers()
    {
        var gates = Standard(16, 0.8, 3, layers: 2);

        var (first, second) = (
            Route(gates, 16, CouplingGraph.HeavyHex(156)),
            Route(gates, 16, CouplingGraph.HeavyHex(156))
        );

        (second.Swaps, second.Depth).Should().Be((first.Swaps, first.Depth));
    }

    [Fact]
    public void A_dense_problem_takes_no_more_swaps_than_a_few_times_a_swap_network()
    {
        // A network of swaps on a line meets every pair once with n(n - 1)/2 of them.
        const int n = 20;
        var gates = Standard(n, 1, 3, layers: 1);

        var schedule = Route(gates, n, CouplingGraph.HeavyHex(156));

        schedule.Swaps.Should().BeInRange(n, 2 * n * (n - 1) / 2);
    }

    public static TheoryData<QaoaVariant, int, int, double> Listed =>
        new(
            from variant in Enum.GetValues<QaoaVariant>()
            from size in new[] { (1, 1, 0.5), (3, 2, 1), (5, 2, 0.6), (9, 3, 1) }
            where size.Item1 > 1 || variant != QaoaVariant.XyRing
            select (variant, size.Item1, size.Item2, size.Item3)
        );

    [Theory]
    [MemberData(nameof(Listed))]
    public void The_listed_gates_are_those_that_Q_sharp_compiles_to(
        QaoaVariant variant,
        int qubits,
        int layers,
        double density
    )
    {
        var ising = Some.Qubo(qubits, density, seed: qubits).Model.ToIsing();
        var shape = Shape(variant, qubits, layers);
        var compiled = QaoaCompiler.Compile(new(ising, shape), layers, QSharpCache.Folder, () => false).Circuit;
        var gates = new QaoaGates(ising, shape);

        var listed = gates.List();

        listed.Depth.Should().Be(compiled.Depth);
        gates.Counts().Should().BeEquivalentTo(compiled.GateCounts.ToDictionary(c => c.Key, c => (long)c.Value));
        listed
            .Gates.Select(g => g with { Angle = 0 })
            .Should()
            .Equal(compiled.Template.Select(g => g.Unit with { Angle = 0 }));
        listed
            .Gates.Zip(compiled.Template, (a, b) => Math.Abs(a.Angle - b.Unit.Angle))
            .Should()
            .OnlyContain(d => d < 1e-12);
    }
}

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
        Gen.Select(Gen.Int[2, 12], Gen.Int[1, 3], Gen.Double[0.1, 1], Gen.Long[0, 1000])
            .Sample(
                (qubits, layers, density, seed) =>
                {
                    var ising = Some.Qubo(qubits, density, seed).Model.ToIsing();
                    var gates = QaoaGates.Of(ising, layers);
                    var graph = CouplingGraph.HeavyHex(20);

                    var schedule = Route(gates, qubits, graph);

                    var rzz = gates.Count(g => g.Kind == QirGateKind.Rzz);
                    var cz = 2 * rzz + 3 * schedule.Swaps;
                    // A merged swap saves two of its three.
                    schedule.TwoQubitGates.Should().BeInRange(2 * rzz + schedule.Swaps, cz);
                    ((cz - schedule.TwoQubitGates) % 2).Should().Be(0);
                    schedule
                        .Seconds.Should()
                        .BeGreaterThanOrEqualTo(schedule.TwoQubitGates / (double)(qubits / 2 + 20));
                    schedule.Seconds.Should().Be(schedule.TwoQubitDepth, "a CZ takes a second and the rest no time");
                },
                iter: 60
            );

    [Fact]
    public void Routing_draws_no_random_numbers()
    {
        var gates = QaoaGates.Of(Some.Qubo(16, 0.8, 3).Model.ToIsing(), 2);

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
        var gates = QaoaGates.Of(Some.Qubo(n, 1, 3).Model.ToIsing(), 1);

        var schedule = Route(gates, n, CouplingGraph.HeavyHex(156));

        schedule.Swaps.Should().BeInRange(n, 2 * n * (n - 1) / 2);
    }

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(5, 2, 0.6)]
    [InlineData(9, 3, 1)]
    public void The_listed_gates_are_those_that_Q_sharp_compiles_to(int qubits, int layers, double density)
    {
        var ising = Some.Qubo(qubits, density, seed: qubits).Model.ToIsing();
        var compiled = QaoaCompiler.Compile(new(ising), layers, QSharpCache.Folder, () => false).Circuit;

        var gates = QaoaGates.Of(ising, layers);

        QaoaGates.Depth(gates, qubits).Should().Be(compiled.Depth);
        QaoaGates.Count(ising, layers).Should().Be(gates.Count);
        gates
            .GroupBy(g => g.Kind.ToString().ToLowerInvariant())
            .ToDictionary(g => g.Key, g => g.Count())
            .Should()
            .BeEquivalentTo(compiled.GateCounts);
    }
}

using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Noise;

/// <summary>Trajectories against the density matrix of a few qubits.</summary>
public class NoisyCircuitTests
{
    private const int Trajectories = 4000;

    /// <summary>Two layers with fields, couplings of both signs and a pair that waits for another.</summary>
    private static List<QirGate> Circuit(int qubits)
    {
        var gates = new List<QirGate>();
        for (var q = 0; q < qubits; q++)
            gates.Add(new(QirGateKind.H, 0, q, -1));
        for (var layer = 0; layer < 2; layer++)
        {
            gates.Add(new(QirGateKind.Rz, 0.7 - layer, 0, -1));
            // Even pairs first: two of them could run at once.
            foreach (var q in Enumerable.Range(0, qubits - 1).OrderBy(q => q % 2))
                gates.Add(new(QirGateKind.Rzz, 0.9 * (q + 1) - 1.1 * layer, q, q + 1));
            for (var q = 0; q < qubits; q++)
                gates.Add(new(QirGateKind.Rx, -0.8 + 0.3 * layer + 0.1 * q, q, -1));
        }
        for (var q = 0; q < qubits; q++)
            gates.Add(new(QirGateKind.M, 0, q, q));
        return gates;
    }

    /// <summary>As compiled, at random angles: two layers, and of a ring one group of three and a free qubit.</summary>
    private static IReadOnlyList<QirGate> Compiled(QaoaVariant variant)
    {
        var some = SomeCircuit.Of(
            variant,
            4,
            2,
            seed: 2,
            groups:
            [
                [3, 0, 2],
            ]
        );
        return some.Circuit.At(some.Angles, some.Starts).Gates;
    }

    public static TheoryData<QaoaVariant, string> VariantsAndModels =>
        new(
            from variant in Enum.GetValues<QaoaVariant>()
            from model in new[] { "one-qubit", "two-qubit", "pauli", "idle", "one by one", "all" }
            select (variant, model)
        );

    private static NoiseModel Model(string name) =>
        name switch
        {
            "one-qubit" => new() { OneQubit = 0.05 },
            "two-qubit" => new() { TwoQubit = 0.08 },
            "pauli" => new()
            {
                Pauli = new()
                {
                    X = 0.01,
                    Y = 0.03,
                    Z = 0.02,
                },
            },
            "idle" => new()
            {
                Idle = new(T1Seconds: 20, T2Seconds: 12, SecondsPerOneQubitGate: 1, SecondsPerTwoQubitGate: 3),
            },
            "one by one" => new() { Idle = new(20, 12, 1, 3, PairsOneByOne: true) },
            _ => new()
            {
                OneQubit = 0.02,
                TwoQubit = 0.05,
                HasVirtualZ = true,
                Pauli = new() { Y = 0.01 },
                Idle = new(20, 12, 1, 3),
            },
        };

    /// <summary>Mean probabilities of results over trajectories, with the standard error of each.</summary>
    private static (double[] Mean, double[] Error) Average(NoisyCircuit circuit, int qubits, int count)
    {
        var size = 1 << qubits;
        var ideal = new TrajectoryState(qubits);
        ideal.Run(circuit.Gates, new bool[circuit.Gates.Count]);
        var state = new TrajectoryState(qubits);
        var turned = new bool[circuit.Gates.Count];
        var random = Xoshiro256.FromSeed(11, "errors");
        var (sum, squares) = (new double[size], new double[size]);
        for (var k = 0; k < count; k++)
        {
            var flips = (int)circuit.DrawErrors(random, turned);
            state.Run(circuit.Gates, turned);
            for (var z = 0; z < size; z++)
            {
                var p = state.Probability(z ^ flips);
                sum[z] += p;
                squares[z] += p * p;
            }
        }
        var noisy = 1 - circuit.ErrorFree;
        return (
            [.. sum.Select((s, z) => circuit.ErrorFree * ideal.Probability(z) + noisy * s / count)],
            [.. sum.Select((s, z) => noisy * Math.Sqrt((squares[z] / count - s / count * s / count) / count))]
        );
    }

    [Theory]
    [MemberData(nameof(VariantsAndModels))]
    public void Trajectories_average_to_the_density_matrix(QaoaVariant variant, string model)
    {
        var noise = Model(model);
        var gates = Compiled(variant);

        var (mean, error) = Average(new(gates, 4, noise), 4, Trajectories);

        var exact = DensityMatrix.Run(gates, 4, noise);
        var ideal = DensityMatrix.Run(gates, 4, new());
        exact.Zip(ideal, (a, b) => Math.Abs(a - b)).Max().Should().BeGreaterThan(0.01, "the noise must show");
        for (var z = 0; z < exact.Length; z++)
            mean[z].Should().BeApproximately(exact[z], 4 * error[z] + 1e-12, "the result {0}", z);
    }

    [Theory]
    [InlineData(QaoaVariant.Standard)]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void A_state_without_errors_is_that_of_the_density_matrix_and_of_the_ideal_engine(QaoaVariant variant)
    {
        var gates = Compiled(variant);
        var state = new TrajectoryState(4);
        state.Run(gates, new bool[gates.Count]);
        var some = SomeCircuit.Of(
            variant,
            4,
            2,
            seed: 2,
            groups:
            [
                [3, 0, 2],
            ]
        );
        using var engine = some.Engine();
        engine.Prepare(some.Angles);

        var exact = DensityMatrix.Run(gates, 4, new());
        for (var z = 0; z < exact.Length; z++)
        {
            state.Probability(z).Should().BeApproximately(exact[z], 1e-12);
            state.Probability(z).Should().BeApproximately(engine.Probability(z), 1e-12);
        }
    }

    public static TheoryData<string, string> GatesAndPaulis =>
        new(
            from kind in Enum.GetValues<QirGateKind>()
            where kind != QirGateKind.M
            from pauli in new[] { "X", "Y", "Z" }
            select (kind.ToString(), pauli)
        );

    /// <summary>
    /// Every gate of a circuit is followed by the same Pauli, so nothing is random: what the frame makes of it is what the
    /// matrices make of it. The other gates leave no result certain and no axis out, so that a wrong rule shows.
    /// </summary>
    [Theory]
    [MemberData(nameof(GatesAndPaulis))]
    public void A_Pauli_passes_every_gate_as_the_matrices_say(string gate, string pauli)
    {
        var middle = new QirGate(Enum.Parse<QirGateKind>(gate), 0, 1, -1);
        middle = middle with { Angle = middle.HasAngle ? 0.9 : 0, Second = middle.IsOnTwoQubits ? 0 : -1 };
        QirGate[] gates =
        [
            new(QirGateKind.Rx, 0.7, 0, -1),
            new(QirGateKind.Rx, 1.2, 1, -1),
            new(QirGateKind.Rzz, 0.8, 0, 1),
            new(QirGateKind.Rz, 0.5, 0, -1),
            middle,
            new(QirGateKind.Rx, 0.4, 0, -1),
            new(QirGateKind.Rzz, 0.3, 0, 1),
            new(QirGateKind.Rx, 1.1, 1, -1),
            middle,
            new(QirGateKind.Rx, 0.8, 0, -1),
        ];
        NoiseModel Always(double rate) =>
            new()
            {
                Pauli = new()
                {
                    X = pauli == "X" ? rate : 0,
                    Y = pauli == "Y" ? rate : 0,
                    Z = pauli == "Z" ? rate : 0,
                },
            };
        // The logarithm of the probability of no error must be a number.
        var circuit = new NoisyCircuit(gates, 2, Always(1 - 1e-12));
        var turned = new bool[gates.Length];
        var state = new TrajectoryState(2);

        var flips = (int)circuit.DrawErrors(Xoshiro256.FromSeed(1, "errors"), turned);
        state.Run(gates, turned);

        var exact = DensityMatrix.Run(gates, 2, Always(1));
        for (var z = 0; z < exact.Length; z++)
            state.Probability(z ^ flips).Should().BeApproximately(exact[z], 1e-12, "the result {0}", z);
    }

    [Fact]
    public void Full_depolarization_leaves_uniform_results()
    {
        var circuit = new NoisyCircuit(Circuit(3), 3, new() { OneQubit = 0.75, TwoQubit = 0.9375 });

        var (mean, error) = Average(circuit, 3, Trajectories);

        circuit.ErrorFree.Should().BeLessThan(1e-9);
        for (var z = 0; z < 8; z++)
            mean[z].Should().BeApproximately(1.0 / 8, 4 * error[z]);
    }

    [Fact]
    public void No_rate_is_no_place_for_an_error()
    {
        var circuit = new NoisyCircuit(Circuit(3), 3, new() { Readout = 0.1, Loss = 0.1 });

        circuit.Sites.Should().BeEmpty();
        circuit.ErrorFree.Should().Be(1);
        // 3 Hadamards, 2 rz, 4 rzz of two qubits each, 6 rx, 3 measurements.
        circuit.Touches.Should().Be(3 + 2 + 8 + 6 + 3);
        circuit.Kept.Should().BeApproximately(Math.Pow(0.9, 22), 1e-12);
    }

    [Fact]
    public void Virtual_rotations_about_Z_make_no_errors()
    {
        var with = new NoisyCircuit(Circuit(2), 2, new() { OneQubit = 0.1 });
        var without = new NoisyCircuit(Circuit(2), 2, new() { OneQubit = 0.1, HasVirtualZ = true });

        (with.Sites.Count - without.Sites.Count).Should().Be(2);
        (with.Touches - without.Touches).Should().Be(2);
    }

    [Fact]
    public void The_probability_of_no_error_is_the_product_over_all_places()
    {
        var circuit = new NoisyCircuit(Circuit(2), 2, new() { OneQubit = 0.1, TwoQubit = 0.2 });

        // 2 Hadamards, 2 rz and 4 rx; 2 rzz.
        circuit.ErrorFree.Should().BeApproximately(Math.Pow(0.9, 8) * Math.Pow(0.8, 2), 1e-12);
    }

    [Fact]
    public void Every_draw_has_an_error_and_its_number_is_as_often_as_it_should_be()
    {
        // A chain of rx gates: X errors turn no angle, so the parity of the result counts them.
        var gates = Enumerable.Range(0, 5).Select(_ => new QirGate(QirGateKind.Rx, 0.1, 0, -1)).ToList();
        var circuit = new NoisyCircuit(gates, 1, new() { Pauli = new() { X = 0.2 } });
        var random = Xoshiro256.FromSeed(3, "errors");
        var turned = new bool[gates.Count];
        const int draws = 20_000;

        var odd = Enumerable.Range(0, draws).Count(_ => circuit.DrawErrors(random, turned) == 1);

        // Odd numbers of 5 with 0.2 each: (1 - 0.6^5)/2, given that there is one: 1 - 0.8^5.
        var expected = (1 - Math.Pow(0.6, 5)) / 2 / (1 - Math.Pow(0.8, 5));
        var error = Math.Sqrt(expected * (1 - expected) / draws);
        ((double)odd / draws).Should().BeApproximately(expected, 4 * error);
        turned.Should().OnlyContain(t => !t, "X commutes with a rotation about X");
    }

    [Fact]
    public void Waiting_for_ever_leaves_an_even_mixture()
    {
        var rates = new Decay(2, 3, 0, 0).After(1e6);

        (rates.X, rates.Y, rates.Z).Should().Be((0.25, 0.25, 0.25));
    }

    [Fact]
    public void A_profile_s_infidelities_become_the_errors_that_have_them()
    {
        var model = NoiseModel.Of(new() { Profile = "superconducting", ReadoutError = 0.2 });

        model.OneQubit.Should().BeApproximately(1.5 * 0.0003, 1e-12);
        model.TwoQubit.Should().BeApproximately(1.25 * 0.003, 1e-12);
        model.Readout.Should().Be(0.2, "given rates replace those of the profile");
        model.Idle!.T1Seconds.Should().Be(0.00025);
    }
}

using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Noise;

/// <summary>Noise in whole runs of the solver, on both execution paths.</summary>
public class QaoaNoiseTests
{
    private static readonly ISolver Qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

    private static readonly QuboProblem Problem = Some.Qubo(6, seed: 3);

    private static SolveOutcome.Found Solve(
        NoiseOptions? noise,
        QaoaOptions? options = null,
        SolveBudget? budget = null
    )
    {
        options = (options ?? new()) with { CrossCheckQubits = 0, MaxEvaluations = 60, Noise = noise };
        return Qaoa.Solve(Problem, options, QSharpCache.Context(seed: 5, budget))
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Subject;
    }

    [Fact]
    public void Without_any_rate_it_is_the_ideal_run_to_the_last_shot()
    {
        var ideal = Solve(null);
        var noisy = Solve(new());

        noisy.Samples.Should().Equal(ideal.Samples);
        noisy.Best.Should().Be(ideal.Best);
        noisy.Quantum!.Expectation.Should().BeApproximately(ideal.Quantum!.Expectation, 1e-9);
        noisy.Quantum.EvidenceLevel.Should().Be(EvidenceLevel.NoisySimulator);
        ideal.Quantum.EvidenceLevel.Should().Be(EvidenceLevel.IdealSimulator);
        ideal.Quantum.Noise.Should().BeNull();
        var both = noisy.Quantum.Noise!;
        both.ErrorFreeProbability.Should().Be(1);
        both.NoisyExpectation.Should().BeApproximately(both.IdealExpectation, 1e-9);
        both.NoisyExpectationError.Should().Be(0);
    }

    [Fact]
    public void Rates_too_small_to_matter_give_the_ideal_numbers()
    {
        var both = Solve(
            new()
            {
                OneQubitError = 1e-12,
                TwoQubitError = 1e-12,
                ReadoutError = 1e-12,
            }
        ).Quantum!.Noise!;

        both.ErrorFreeProbability.Should().BeInRange(1 - 1e-9, 1);
        both.NoisyExpectation.Should().BeApproximately(both.IdealExpectation, 1e-7);
        both.NoisyApproximationRatio.Should().BeApproximately(both.IdealApproximationRatio!.Value, 1e-8);
    }

    [Fact]
    public void Ideal_and_noisy_figures_stand_side_by_side_and_the_noisy_ones_are_worse()
    {
        var quantum = Solve(
            new()
            {
                OneQubitError = 0.01,
                TwoQubitError = 0.05,
                ReadoutError = 0.05,
            }
        ).Quantum!;

        var both = quantum.Noise!;
        both.NoisyApproximationRatio.Should().BeLessThan(both.IdealApproximationRatio!.Value - 0.05);
        both.NoisyHitRate.Should().BeLessThan(both.IdealHitRate);
        both.ErrorFreeProbability.Should().BeInRange(0.01, 0.5);
        both.Trajectories.Should().Be(TrajectorySampler.DefaultTrajectories(6)).And.Be(256);
        quantum.Expectation.Should().Be(both.NoisyExpectation, "the noisy state is what ran");
        quantum.ApproximationRatio.Should().Be(both.NoisyApproximationRatio);
        quantum.HitRate.Should().Be(both.NoisyHitRate);
        both.NoisyExpectationError.Should().BeGreaterThan(0);
    }

    [Fact]
    public void The_noisy_expectation_is_that_of_the_density_matrix()
    {
        var noise = new NoiseOptions
        {
            OneQubitError = 0.01,
            TwoQubitError = 0.03,
            ReadoutError = 0.02,
        };
        var problem = Some.Qubo(4, seed: 8);
        var options = new QaoaOptions
        {
            CrossCheckQubits = 0,
            MaxEvaluations = 40,
            Noise = noise with { Trajectories = 2000 },
        };
        var found = (SolveOutcome.Found)Qaoa.Solve(problem, options, QSharpCache.Context(seed: 2));
        var (angles, both) = (found.Quantum!.Angles, found.Quantum.Noise!);

        var ising = problem.Model.ToIsing();
        var circuit = QaoaCompiler.Compile(new(ising), 2, QSharpCache.Folder, () => false).Circuit;
        var gates = circuit.At(new([.. angles.Gammas], [.. angles.Betas])).Gates;
        var exact = DensityMatrix
            .Run(gates, 4, NoiseModel.Of(noise))
            .Select((p, z) => p * problem.Model.Energy(Every.Assignment(z, 4)))
            .Sum();
        both.NoisyExpectation.Should().BeApproximately(exact, 4 * both.NoisyExpectationError);
        Math.Abs(exact - both.IdealExpectation).Should().BeGreaterThan(20 * both.NoisyExpectationError);
    }

    [Fact]
    public void Readout_errors_alone_are_exact()
    {
        // Half of all bits wrong: every result is as likely as every other.
        var both = Solve(new() { ReadoutError = 0.5 }).Quantum!.Noise!;

        both.NoisyExpectation.Should().BeApproximately(Every.Objective(Problem).Average(), 1e-9);
        both.NoisyExpectationError.Should().Be(0);
        both.Trajectories.Should().Be(0);
    }

    [Fact]
    public void Lost_qubits_cost_shots_and_leave_the_rest_as_it_is()
    {
        var budget = new SolveBudget { Shots = 2000 };
        var found = Solve(new() { Loss = 0.01 }, budget: budget);

        var both = found.Quantum!.Noise!;
        found.Samples.Sum(s => s.Occurrences).Should().Be(2000 - both.LostShots);
        // Hadamards, two layers of rx and the measurement touch each qubit once, couplings touch two.
        var touches = 4 * 6 + 2 * 2 * Problem.NumInteractions + 2 * Fields();
        var expected = 2000 * (1 - Math.Pow(0.99, touches));
        ((double)both.LostShots).Should().BeApproximately(expected, 4 * Math.Sqrt(expected));
        both.NoisyExpectation.Should().BeApproximately(both.IdealExpectation, 1e-9);

        static int Fields() => Problem.Model.ToIsing().Linear.Count(h => h != 0);
    }

    [Fact]
    public void All_shots_lost_is_nothing_found_with_the_reason()
    {
        var outcome = Qaoa.Solve(
            Problem,
            new QaoaOptions
            {
                MaxEvaluations = 10,
                Noise = new() { Loss = 0.5 },
            },
            QSharpCache.Context(budget: new() { Shots = 100 })
        );

        outcome.Should().BeOfType<SolveOutcome.NothingFound>().Which.Reason.Should().Be("All 100 shots lost a qubit.");
    }

    [Fact]
    public void Photons_that_do_not_arrive_and_gates_that_do_not_come_off_leave_no_shot()
    {
        // 0.08^6 of the shots keep all photons, and each coupling comes off once in nine times.
        var outcome = Qaoa.Solve(
            Problem,
            new QaoaOptions
            {
                Layers = 1,
                MaxEvaluations = 10,
                Noise = new() { Profile = "photonic" },
            },
            QSharpCache.Context(budget: new() { Shots = 1000 })
        );

        outcome.Should().BeOfType<SolveOutcome.NothingFound>().Which.Reason.Should().Be("All 1000 shots lost a qubit.");
    }

    [Fact]
    public void A_seed_and_a_count_budget_give_the_same_noisy_shots()
    {
        var noise = new NoiseOptions { Profile = "superconducting", Loss = 0.001 };
        var budget = new SolveBudget { Shots = 500 };

        var (first, second) = (Solve(noise, budget: budget), Solve(noise, budget: budget));

        second.Samples.Should().Equal(first.Samples);
        second.Quantum!.Noise.Should().Be(first.Quantum!.Noise);
        first.Quantum.Noise!.Profile.Should().Be("superconducting");
        first.Samples.Sum(s => s.Occurrences).Should().Be(500 - first.Quantum.Noise.LostShots);
    }

    [Fact]
    public void Our_noise_agrees_with_that_of_Q_sharp_s_own_simulator()
    {
        var noise = new NoiseOptions
        {
            Pauli = new()
            {
                X = 0.02,
                Y = 0.005,
                Z = 0.03,
            },
            Loss = 0.003,
        };
        var budget = new SolveBudget { Shots = 3000 };
        var theirs = Solve(
            noise,
            new()
            {
                ExecutionPath = QaoaExecutionPath.QSharpSimulator,
                Layers = 1,
                Starts = 1,
            },
            budget
        ).Quantum!;
        theirs.ExecutionPath.Should().Be("qsharp-simulator");
        theirs.EvidenceLevel.Should().Be(EvidenceLevel.NoisySimulator);

        // The same angles, on the density matrix: exact, with no randomness of ours.
        var ising = Problem.Model.ToIsing();
        var circuit = QaoaCompiler.Compile(new(ising), 1, QSharpCache.Folder, () => false).Circuit;
        var gates = circuit.At(new([.. theirs.Angles.Gammas], [.. theirs.Angles.Betas])).Gates;
        var exact = DensityMatrix
            .Run(gates, 6, NoiseModel.Of(noise))
            .Select((p, z) => p * Problem.Model.Energy(Every.Assignment(z, 6)))
            .Sum();
        theirs.Noise!.NoisyExpectation.Should().BeApproximately(exact, 4 * theirs.Noise.NoisyExpectationError);
        Math.Abs(exact - theirs.Noise.IdealExpectation).Should().BeGreaterThan(4 * theirs.Noise.NoisyExpectationError);
        var touches = new NoisyCircuit(gates, 6, NoiseModel.Of(noise)).Touches;
        var lost = 3000 * (1 - Math.Pow(1 - 0.003, touches));
        ((double)theirs.Noise.LostShots).Should().BeApproximately(lost, 4 * Math.Sqrt(lost));
    }

    [Theory]
    [InlineData(
        """{"noise":{"profile":"abacus"}}""",
        "/options/noise/profile: No hardware profile \"abacus\" with the errors of gates; there are neutral-atom, photonic, superconducting, trapped-ion."
    )]
    [InlineData(
        """{"executionPath":"qsharp-simulator","noise":{"twoQubitError":0.1}}""",
        "/options/noise/twoQubitError: Q#'s own simulator takes pauli and loss only; \"twoQubitError\" needs executionPath qsharp-qir."
    )]
    [InlineData(
        """{"noise":{"oneQubitError":0.8}}""",
        "/options/noise/oneQubitError: Expected 0 <= oneQubitError <= 0.75, got 0.8."
    )]
    public void Bad_noise_is_named_by_its_pointer(string options, string expected)
    {
        var faults = new FaultList();

        Qaoa.ReadOptions(JsonElement.Parse(options), "/options", faults).Should().BeNull();

        faults.Items.Select(f => $"{f.Pointer}: {f.Detail}").Should().Equal(expected);
    }

    [Theory]
    [InlineData("photonic", 7, 1, "The circuit needs 7 qubits; the hardware profile photonic has 6.")]
    [InlineData(
        "photonic",
        6,
        7,
        "A circuit of 7 layers is at least 14 gates deep; the hardware profile photonic allows 12."
    )]
    public void A_machine_that_does_not_take_the_circuit_says_why(string profile, int qubits, int layers, string reason)
    {
        var options = new QaoaOptions
        {
            Layers = layers,
            Noise = new() { Profile = profile },
        };

        Qaoa.Check(Some.Qubo(qubits), options, new())
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Reason.Should()
            .Be(reason);
    }

    [Fact]
    public void The_memory_of_trajectories_counts()
    {
        var options = new QaoaOptions
        {
            MaxQubits = 22,
            Noise = new() { OneQubitError = 0.01 },
        };

        Qaoa.Check(Some.Qubo(22, 0.1), options, new() { MemoryMegabytes = 200 })
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Needed.Should()
            .BeInRange(72L << 22, 1.03 * (72L << 22), "two states and costs take 40, a noisy state and sums 32");
    }
}

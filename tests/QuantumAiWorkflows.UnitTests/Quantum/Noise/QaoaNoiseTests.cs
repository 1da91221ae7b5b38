using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
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

    private static readonly int[][] Groups =
    [
        [0, 4, 1],
        [5, 2],
    ];

    private static QaoaOptions Of(QaoaVariant variant) =>
        new() { Variant = variant, Groups = variant == QaoaVariant.XyRing ? Groups : null };

    /// <summary>The probabilities of all results at the angles that a run reports, by the density matrix.</summary>
    private static double[] Exactly(QuantumMetrics quantum, QaoaOptions options, NoiseOptions noise)
    {
        var expressions = new QaoaExpressions(
            Problem.Model.ToIsing(),
            CircuitShape.From(options, Problem),
            quantum.StartAngles is { } starts ? [.. starts] : null
        );
        var circuit = QaoaCompiler.Compile(expressions, options.Layers, QSharpCache.Folder, () => false).Circuit;
        var gates = circuit.At(new([.. quantum.Angles.Gammas], [.. quantum.Angles.Betas]), expressions.Starts).Gates;
        return DensityMatrix.Run(gates, 6, NoiseModel.Of(noise));
    }

    private static double Energy(int index) => Problem.Model.Energy(Every.Assignment(index, 6));

    private static bool IsOneHot(int index) => Groups.All(group => group.Count(q => ((index >> q) & 1) == 1) == 1);

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

    [Theory]
    [InlineData(QaoaVariant.Standard)]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void Without_any_rate_it_is_the_ideal_run_to_the_last_shot(QaoaVariant variant)
    {
        var ideal = Solve(null, Of(variant));
        var noisy = Solve(new(), Of(variant));

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

    [Theory]
    [InlineData(QaoaVariant.Standard)]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void Rates_too_small_to_matter_give_the_ideal_numbers(QaoaVariant variant)
    {
        var noise = new NoiseOptions
        {
            OneQubitError = 1e-12,
            TwoQubitError = 1e-12,
            ReadoutError = 1e-12,
        };
        var both = Solve(noise, Of(variant)).Quantum!.Noise!;

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
    public void Noise_breaks_groups_and_what_is_said_of_a_ring_is_said_of_the_shots_that_keep_them()
    {
        var noise = new NoiseOptions
        {
            OneQubitError = 0.005,
            TwoQubitError = 0.02,
            ReadoutError = 0.03,
        };
        var options = Of(QaoaVariant.XyRing) with { Layers = 1 };
        var budget = new SolveBudget { Shots = 4000 };

        var found = Solve(noise with { Trajectories = 2000 }, options, budget);

        var (quantum, both) = (found.Quantum!, found.Quantum!.Noise!);
        var exact = Exactly(quantum, options, noise);
        var inside = Enumerable.Range(0, 64).Where(IsOneHot).ToList();
        var share = inside.Sum(z => exact[z]);
        share.Should().BeInRange(0.5, 0.9, "the noise must break groups, and not all");
        var lowest = inside.Min(Energy);
        var kept = inside.Sum(z => exact[z] * Energy(z)) / share;
        both.NoisyExpectation.Should().BeApproximately(kept, 4 * both.NoisyExpectationError);
        both.NoisyExpectationError.Should().BeInRange(1e-4, 0.2);
        // Shots share their trajectories, which leave a little more than the draw does.
        ((double)both.BrokenShots)
            .Should()
            .BeApproximately(4000 * (1 - share), 6 * Math.Sqrt(4000 * share * (1 - share)));
        both.LostShots.Should().Be(0);
        found.Samples.Sum(s => s.Occurrences).Should().Be(4000 - both.BrokenShots);
        found
            .Samples.Should()
            .OnlyContain(s => Groups.All(g => g.Count(q => ((QuboSolution)s.Solution).Values[q] == 1) == 1));
        var ground = inside.Where(z => Energy(z) < lowest + 1e-9).ToList();
        quantum.GroundStateProbability.Should().BeApproximately(ground.Sum(z => exact[z]) / share, 0.02);
        quantum.RandomGroundStateProbability.Should().Be(ground.Count / (double)inside.Count);
        quantum.RandomHitRate.Should().Be(quantum.RandomGroundStateProbability, "the best shot is the optimum");
        quantum.HitRate.Should().BeApproximately(quantum.GroundStateProbability!.Value, 0.04);
        quantum.ApproximationRatio.Should().BeInRange(0, both.IdealApproximationRatio!.Value);
        both.IdealHitRate.Should().BeGreaterThan(both.NoisyHitRate);
    }

    [Fact]
    public void A_ring_of_which_no_shot_is_left_found_nothing_and_says_why()
    {
        // Half of all bits wrong: six of 64 strings keep the one group, so that three shots hardly ever do.
        var outcome = Qaoa.Solve(
            Problem,
            new QaoaOptions
            {
                Variant = QaoaVariant.XyRing,
                Groups =
                [
                    [0, 1, 2, 3, 4, 5],
                ],
                MaxEvaluations = 10,
                Noise = new() { ReadoutError = 0.5 },
            },
            QSharpCache.Context(budget: new() { Shots = 3 })
        );

        outcome
            .Should()
            .BeOfType<SolveOutcome.NothingFound>()
            .Which.Reason.Should()
            .Be("Of all 3 shots none kept its qubits and its groups.");
    }

    [Fact]
    public void Readout_errors_of_a_ring_alone_are_exact_too()
    {
        // Half of all bits wrong: of the strings that keep the groups each is as likely as every other.
        var both = Solve(new() { ReadoutError = 0.5 }, Of(QaoaVariant.XyRing)).Quantum!.Noise!;

        both.NoisyExpectation.Should().BeApproximately(Enumerable.Range(0, 64).Where(IsOneHot).Average(Energy), 1e-9);
        both.NoisyExpectationError.Should().Be(0);
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

    [Theory]
    [InlineData(QaoaVariant.Standard)]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    public void Our_noise_agrees_with_that_of_Q_sharp_s_own_simulator(QaoaVariant variant)
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
        var options = Of(variant) with { ExecutionPath = QaoaExecutionPath.QSharpSimulator, Layers = 1, Starts = 1 };
        const int shots = 3000;
        var theirs = Solve(noise, options, new() { Shots = shots }).Quantum!;
        theirs.ExecutionPath.Should().Be("qsharp-simulator");
        theirs.EvidenceLevel.Should().Be(EvidenceLevel.NoisySimulator);

        // The same angles, on the density matrix: exact, with no randomness of ours.
        var exact = Exactly(theirs, options, noise);
        var kept = Enumerable.Range(0, 64).Where(z => variant != QaoaVariant.XyRing || IsOneHot(z)).ToList();
        var share = kept.Sum(z => exact[z]);
        var expected = kept.Sum(z => exact[z] * Energy(z)) / share;
        var both = theirs.Noise!;
        both.NoisyExpectation.Should().BeApproximately(expected, 4 * both.NoisyExpectationError);
        Math.Abs(expected - both.IdealExpectation).Should().BeGreaterThan(4 * both.NoisyExpectationError);
        var lost = shots * (1 - Math.Pow(1 - 0.003, Touches()));
        ((double)both.LostShots).Should().BeApproximately(lost, 4 * Math.Sqrt(lost));
        var broken = (shots - both.LostShots) * (1 - share);
        ((double)both.BrokenShots).Should().BeApproximately(broken, 4 * Math.Sqrt(broken));

        double Touches() =>
            2 * theirs.TwoQubitGates!.Value
            + theirs.GateCounts!.Values.Sum(c => (double)c)
            - theirs.TwoQubitGates.Value;
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
        "A circuit of 7 layers is at least 14 layers of two-qubit gates deep; the hardware profile photonic allows 12."
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
    public void A_circuit_without_pairs_is_as_deep_as_its_machine_allows()
    {
        var options = new QaoaOptions
        {
            Layers = 7,
            Noise = new() { Profile = "photonic" },
        };
        var unbound = new QuboProblem(new(0, [1, -2, 3], [], [], []), Sense.Minimize, Vartype.Binary, null);

        Qaoa.Check(unbound, options, new()).Should().Be(Applicability.Yes);
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
            .BeInRange(80L << 22, 1.03 * (80L << 22), "two states and costs take 40, a noisy state, sums and costs 40");
    }
}

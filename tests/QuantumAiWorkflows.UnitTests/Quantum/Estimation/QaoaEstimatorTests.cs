using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Estimation;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.RecursiveQaoa;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Solvers;

namespace QuantumAiWorkflows.UnitTests.Quantum.Estimation;

public class QaoaEstimatorTests
{
    private static readonly ISolver Qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

    private static readonly IReadOnlyList<string> AllProfiles = [.. HardwareProfile.BuiltIn.Select(p => p.Id)];

    /// <summary>Without the fault-tolerant part, which needs the toolchain.</summary>
    private static ResourceEstimate Estimate(
        QuboProblem problem,
        QaoaOptions? options = null,
        SolveBudget? budget = null,
        params string[] profiles
    ) =>
        Qaoa.Estimate(
            problem,
            options ?? new QaoaOptions(),
            budget ?? new() { Shots = 1000 },
            new(profiles.Length == 0 ? AllProfiles : profiles, 0.001),
            cacheDirectory: null
        );

    private static HardwareFit Fit(ResourceEstimate estimate, string profile) =>
        estimate.Hardware.Single(h => h.Profile == profile);

    [Fact]
    public void The_circuit_has_its_counts_and_the_search_its_evaluations()
    {
        var problem = Some.Qubo(8, density: 1, seed: 2);
        var ising = problem.Model.ToIsing();
        var pairs = ising.Value.Count(w => w != 0);

        var circuit = Estimate(problem, new() { Layers = 3, MaxEvaluations = 70 }).Circuit!;

        circuit.Qubits.Should().Be(8);
        circuit.TwoQubitGates.Should().Be(3 * pairs);
        circuit.GateCounts["rx"].Should().Be(24);
        circuit.GateCounts["m"].Should().Be(8);
        circuit.Evaluations.Should().Be(70);
        circuit.Shots.Should().Be(1000);
        Estimate(problem, budget: new() { Evaluations = 5 }).Circuit!.Evaluations.Should().Be(5);
    }

    [Theory]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void The_circuit_is_that_of_the_variant_on_every_machine(QaoaVariant variant)
    {
        var problem = Some.Qubo(8, density: 1, seed: 2);
        var options = new QaoaOptions
        {
            Layers = 2,
            Variant = variant,
            Groups =
                variant == QaoaVariant.XyRing
                    ?
                    [
                        [0, 3, 5],
                        [7, 1],
                    ]
                    : null,
        };

        var standard = Estimate(problem, new() { Layers = 2 }, profiles: ["trapped-ion", "superconducting"]);
        var estimate = Estimate(problem, options, profiles: ["trapped-ion", "superconducting"]);

        var (counts, plain) = (estimate.Circuit!.GateCounts, standard.Circuit!.GateCounts);
        counts["rzz"].Should().Be(plain["rzz"]);
        var (ions, plainIons) = (Fit(estimate, "trapped-ion").Routed!, Fit(standard, "trapped-ion").Routed!);
        ions.TwoQubitGates.Should().Be(estimate.Circuit.TwoQubitGates);
        switch (variant)
        {
            case QaoaVariant.XyRing:
                // A ring of three has three pairs, one of two has one; three qubits are free.
                counts["rxx"].Should().Be(2 * 4);
                counts["rx"].Should().Be(2 * 3);
                estimate.Circuit.TwoQubitGates.Should().Be(plain["rzz"] + 2 * 8 + 2 * 3);
                estimate.Circuit.Depth.Should().BeGreaterThan(standard.Circuit.Depth);
                var (rings, lattice) = (Fit(estimate, "superconducting"), Fit(standard, "superconducting"));
                rings.Routed!.TwoQubitGates.Should().BeGreaterThan(lattice.Routed!.TwoQubitGates + 16);
                rings.Success!.Total.Should().BeLessThan(lattice.Success!.Total);
                break;
            case QaoaVariant.WarmStart:
                counts.Should().NotContainKeys("h", "rx");
                counts["ry"].Should().Be(8 + 2 * 2 * 8);
                estimate.Circuit.Depth.Should().Be(standard.Circuit.Depth + 2 * 2, "ry rz ry stand where rx stood");
                ions.OneQubitGates.Should().BeGreaterThan(plainIons.OneQubitGates);
                break;
            default:
                counts.Should().BeEquivalentTo(plain);
                ions.Should().Be(plainIons);
                break;
        }
    }

    [Fact]
    public void Time_is_of_the_engine_that_runs_the_variant_and_grows_as_that_of_the_standard_one()
    {
        foreach (var variant in Enum.GetValues<QaoaVariant>())
        foreach (var precision in Enum.GetValues<QaoaPrecision>())
        {
            var layer = new SimulatedLayer(variant, precision);
            SimulatorSpeed.SecondsPerLayer(14, layer).Should().BePositive();
            (SimulatorSpeed.SecondsPerLayer(20, layer) / SimulatorSpeed.SecondsPerLayer(14, layer))
                .Should()
                .BeApproximately(64 * 28.0 / 22, 1e-9);
        }
        SimulatorSpeed
            .SecondsPerLayer(14, new(QaoaVariant.XyRing, QaoaPrecision.Single))
            .Should()
            .Be(SimulatorSpeed.SecondsPerLayer(14, new(QaoaVariant.XyRing)), "variants are run in double");
    }

    [Fact]
    public void A_variant_too_large_to_be_listed_has_its_counts_nonetheless()
    {
        var problem = Some.Qubo(2000, density: 0.05);
        int[][] groups = [.. Enumerable.Range(0, 32).Select(g => Enumerable.Range(60 * g, 60).ToArray())];

        var circuit = Estimate(
            problem,
            new()
            {
                Layers = 16,
                Variant = QaoaVariant.XyRing,
                Groups = groups,
            },
            profiles: ["simulator"]
        ).Circuit!;

        circuit.GateCounts["rxx"].Should().Be(16 * 32 * 60);
        circuit.GateCounts["rx"].Should().Be(16 * 80);
        circuit.GateCounts.Values.Sum().Should().BeGreaterThan(QaoaEstimator.MostGates);
        circuit.Depth.Should().BeGreaterThan(16 * 90, "a qubit has about 100 couplings");
    }

    [Fact]
    public void All_to_all_machines_need_no_swaps_and_a_lattice_does()
    {
        var estimate = Estimate(Some.Qubo(12, density: 1, seed: 4), profiles: ["trapped-ion", "superconducting"]);

        var (ions, lattice) = (Fit(estimate, "trapped-ion"), Fit(estimate, "superconducting"));
        ions.Routed!.Swaps.Should().Be(0);
        ions.Routed.TwoQubitGates.Should().Be(estimate.Circuit!.TwoQubitGates, "the rotation about ZZ is native");
        ions.Routed.TwoQubitDepth.Should().Be(ions.Routed.TwoQubitGates, "pairs of one chain run one by one");
        ions.Routed.Seconds.Should().BeGreaterThanOrEqualTo(0.0006 * ions.Routed.TwoQubitGates);
        ions.Routed.Depth.Should().BeGreaterThan(ions.Routed.TwoQubitDepth);
        lattice.Routed!.Swaps.Should().BeGreaterThan(0);
        lattice.Routed.TwoQubitGates.Should().BeGreaterThan(2 * estimate.Circuit.TwoQubitGates);
        lattice.Routed.Depth.Should().BeGreaterThan(estimate.Circuit.Depth);
        lattice.Success!.Total.Should().BeLessThan(ions.Success!.Total);
    }

    [Fact]
    public void Success_is_the_product_of_gates_readout_and_waiting()
    {
        var estimate = Estimate(Some.Qubo(5, density: 0.6, seed: 4), new() { Layers = 1 }, profiles: ["trapped-ion"]);
        var fit = Fit(estimate, "trapped-ion");
        var (one, two) = (fit.Routed!.OneQubitGates, fit.Routed.TwoQubitGates);

        fit.Success!.Gates.Should().BeApproximately(Math.Pow(0.9995, one) * Math.Pow(0.996, two), 1e-12);
        fit.Success.Readout.Should().BeApproximately(Math.Pow(1 - 0.0039, 5), 1e-12);
        fit.Success.Idle.Should().BeInRange(0.9, 0.99999);
        fit.Success.Kept.Should().Be(1);
        fit.Success.Total.Should().BeApproximately(fit.Success.Gates * fit.Success.Readout * fit.Success.Idle, 1e-12);
        fit.Fits.Should().BeTrue();
    }

    [Fact]
    public void Seconds_are_shots_times_circuit_readout_and_reset_and_tasks_are_added()
    {
        var estimate = Estimate(Some.Qubo(5), new() { Layers = 1, MaxEvaluations = 39 }, profiles: ["trapped-ion"]);
        var fit = Fit(estimate, "trapped-ion");

        var shot = fit.Routed!.Seconds + 0.0003 + 0.0005;
        fit.OneCircuit!.Seconds.Should().BeApproximately(2 + 1000 * shot, 1e-9);
        fit.OneCircuit.Tasks.Should().Be(1);
        fit.Search!.Tasks.Should().Be(40);
        fit.Search.Shots.Should().Be(40_000);
        fit.Search.Seconds.Should().BeApproximately(40 * (2 + 1000 * shot), 1e-6);
    }

    [Fact]
    public void A_problem_too_large_says_which_number_is_over_which_limit()
    {
        var estimate = Estimate(Some.Qubo(40, density: 0.1, seed: 1));

        var ions = Fit(estimate, "trapped-ion");
        ions.Fits.Should().BeFalse();
        ions.Reasons.Should()
            .Equal(new Misfit("qubits", "The circuit needs 40 qubits, one per variable; trapped-ion has 36.", 40, 36));
        ions.Routed.Should().BeNull();
        Fit(estimate, "photonic").Reasons.Single().What.Should().Be("qubits");
        Fit(estimate, "simulator").Reasons.Single().What.Should().Be("qubits");
        Fit(estimate, "annealer").Fits.Should().BeTrue();
        Fit(estimate, "superconducting").QubitsAvailable.Should().Be(156);
    }

    [Fact]
    public void Light_gives_no_shot_of_a_dense_problem_and_the_reason_has_the_numbers()
    {
        var fit = Fit(Estimate(Some.Qubo(6, density: 1), new() { Layers = 1 }, profiles: ["photonic"]), "photonic");

        fit.Fits.Should().BeFalse();
        fit.Success!.Kept.Should().BeLessThan(1e-10);
        fit.Reasons.Should().ContainSingle(r => r.What == "noise").Which.Needed.Should().Be(1);
        fit.Reasons.Should().ContainSingle(r => r.What == "depth").Which.Limit.Should().Be(12);
    }

    [Fact]
    public void Memory_doubles_with_every_qubit_and_34_of_them_take_700_gigabytes()
    {
        var machine = Estimate(Some.Qubo(34, density: 0.1), profiles: ["simulator"]).Machine;

        machine.MemoryBytes.Should().BeInRange(40.0 * (1L << 34), 1.03 * 40 * (1L << 34));
        Estimate(Some.Qubo(1000, density: 0.001), profiles: ["simulator"])
            .Machine.MemoryBytes.Should()
            .Be(40 * Math.ScaleB(1, 1000));
    }

    [Fact]
    public void Memory_is_that_of_a_process_in_which_Q_sharp_compiles_or_states_and_their_shots_lie()
    {
        double Memory(int qubits, int? shots = null) =>
            Estimate(
                Some.Qubo(qubits, density: 0.3),
                profiles: ["simulator"],
                budget: new() { Shots = shots }
            ).Machine.MemoryBytes!.Value;

        Memory(4).Should().Be(Memory(12), "Q# takes more than such states").And.BeInRange(250e6, 400e6);
        (Memory(24) - Memory(23)).Should().BeInRange(40.0 * (1 << 23), 1.03 * 40 * (1 << 23));
        (Memory(24, 2_000_000) - Memory(24, 1_000_000)).Should().Be(64e6);
        Memory(22, 10_000_000).Should().Be(Memory(22, 1 << 22), "there are no more than 2^22 different ones");
    }

    [Fact]
    public void Time_on_this_machine_grows_a_little_more_than_twofold_with_every_qubit()
    {
        var (small, large) = (Seconds(18), Seconds(19));

        // 0.4 s of each is Q#'s.
        ((large - 0.4) / (small - 0.4))
            .Should()
            .BeInRange(2, 2.2);

        static double Seconds(int n) => Estimate(Some.Qubo(n, 0.1), profiles: ["simulator"]).Machine.Seconds!.Value;
    }

    [Theory]
    [InlineData(10, 1, 3)] // 9 couplers: one qubit has 20; all pairs take chains of 3
    [InlineData(100, 6, 8)] // 99 couplers: at least 6 qubits with 18 free ones each; all pairs take 8
    [InlineData(300, 17, null)] // beyond the largest clique
    public void Chains_of_an_annealer_are_bounded_from_both_sides(int n, double least, int? clique)
    {
        var embedding = Fit(Estimate(Dense(n), profiles: ["annealer"]), "annealer").Embedding!;

        embedding.ChainLengthAtLeast.Should().BeApproximately(least, 1e-9);
        embedding.ChainLengthOfClique.Should().Be(clique);
        embedding.QubitsAtLeast.Should().Be(least * n);

        static QuboProblem Dense(int size)
        {
            var builder = new QuboBuilder(_ => default);
            for (var i = 0; i < size; i++)
            for (var j = i + 1; j < size; j++)
                builder.Add(i, j, 1, 0);
            return builder.Build(size, new())!;
        }
    }

    [Fact]
    public void Error_corrected_machines_are_estimated_for_six_kinds_of_qubits()
    {
        var problem = Some.Qubo(4, density: 1, seed: 5);
        ResourceEstimate Ask(double budget) =>
            Qaoa.Estimate(problem, new QaoaOptions { Layers = 1 }, new(), new([], budget), QSharpCache.Folder);

        var loose = Ask(0.01).FaultTolerant!;

        loose.Reason.Should().BeNull();
        loose.Machines.Should().HaveCount(6).And.OnlyContain(m => m.Error == null);
        loose.Machines.Select(m => m.Model).Should().OnlyHaveUniqueItems();
        foreach (var machine in loose.Machines)
        {
            machine.LogicalQubits.Should().BeGreaterThan(4);
            machine.PhysicalQubits.Should().BeGreaterThan(100 * machine.LogicalQubits!.Value / 10);
            machine.TStates.Should().BeGreaterThan(10, "every rotation is made of T gates");
            machine.Seconds.Should().BeInRange(1e-7, 100);
        }
        // A tighter budget needs more of everything.
        var tight = Ask(1e-6).FaultTolerant!;
        tight.Machines[0].PhysicalQubits.Should().BeGreaterThan(loose.Machines[0].PhysicalQubits!.Value);
        tight.Machines[0].TStates.Should().BeGreaterThan(loose.Machines[0].TStates!.Value);
        Ask(0.01).FaultTolerant!.Machines.Should().Equal(loose.Machines, "the cache has it");
    }

    [Fact]
    public void Error_corrected_machines_are_asked_for_the_variant_s_own_operation()
    {
        var problem = Some.Qubo(4, density: 1, seed: 5);
        long TStates(QaoaVariant variant)
        {
            var options = new QaoaOptions
            {
                Layers = 1,
                Variant = variant,
                Groups =
                    variant == QaoaVariant.XyRing
                        ?
                        [
                            [2, 0, 3],
                        ]
                        : null,
            };
            var part = Qaoa.Estimate(problem, options, new(), new([], 0.01), QSharpCache.Folder).FaultTolerant!;
            part.Reason.Should().BeNull();
            part.Machines.Should().HaveCount(6).And.OnlyContain(m => m.Error == null);
            return part.Machines[0].TStates!.Value;
        }

        var standard = TStates(QaoaVariant.Standard);
        // Each rotation costs T states: 3 mixers of a warm start and its start where there was one, 2 for each pair of a ring.
        TStates(QaoaVariant.WarmStart).Should().BeGreaterThan(standard);
        TStates(QaoaVariant.XyRing).Should().BeGreaterThan(standard);
        TStates(QaoaVariant.MultiAngle).Should().Be(standard, "it has the same rotations, though of other angles");
    }

    [Fact]
    public void One_qubit_and_a_cost_of_nothing_are_estimated_too()
    {
        var nothing = new QuboBuilder(_ => default).Build(1, new())!;

        var estimate = Qaoa.Estimate(
            nothing,
            new QaoaOptions { Layers = 1 },
            new(),
            new(AllProfiles, 0.001),
            QSharpCache.Folder
        );

        estimate
            .Circuit!.GateCounts.Should()
            .BeEquivalentTo(
                new Dictionary<string, long>
                {
                    ["h"] = 1,
                    ["rx"] = 1,
                    ["m"] = 1,
                }
            );
        estimate.Hardware.Where(h => h.Modality != HardwareModality.Photonic).Should().OnlyContain(h => h.Fits);
        (estimate.FaultTolerant!.Machines.Count == 6 ^ estimate.FaultTolerant.Reason is not null).Should().BeTrue();
    }

    [Fact]
    public void Without_the_toolchain_the_fault_tolerant_part_says_so()
    {
        var part = Estimate(Some.Qubo(4)).FaultTolerant!;

        part.Machines.Should().BeEmpty();
        part.Reason.Should().Contain("not available");
    }

    [Fact]
    public void A_classical_solver_says_what_can_be_said_and_no_more()
    {
        var tabu = ClassicalSolvers.All.Single(s => s.Info.Id == "tabu");
        var problem = Some.Qubo(10, density: 1, seed: 1);

        var estimate = tabu.Estimate(
            problem,
            tabu.ReadOptions(null, "", new())!,
            new() { TimeSeconds = 5 },
            new(AllProfiles, 0.001),
            null
        );

        estimate.Circuit.Should().BeNull();
        estimate.Hardware.Should().BeEmpty();
        estimate.FaultTolerant.Should().BeNull();
        estimate.Machine.MemoryBytes.Should().Be(8 * 10 + 40 * problem.NumInteractions);
        estimate.Machine.Seconds.Should().BeNull();
        estimate.Machine.SecondsAtMost.Should().Be(5);
    }

    [Fact]
    public void A_recursion_in_closed_form_has_no_circuit_and_says_why()
    {
        var estimate = Recursion(Some.Qubo(30, density: 0.2), new() { Layers = 1 });

        estimate.Circuit.Should().BeNull();
        estimate.Hardware.Should().BeEmpty();
        estimate.Note.Should().Contain("closed form");
        Recursion(Some.Qubo(8), new() { Layers = 2, Correlations = CorrelationSource.Random })
            .Note.Should()
            .NotContain("closed form");
    }

    [Theory]
    [InlineData(30, 10, 45)] // larger than what is simulated: every pair of ten
    [InlineData(8, 8, null)]
    public void A_recursion_through_circuits_has_that_of_its_largest_round(int variables, int qubits, int? pairs)
    {
        var problem = Some.Qubo(variables, density: 0.3, seed: 2);

        var estimate = Recursion(problem, new() { Layers = 2, MaxQubits = 10 });

        estimate.Circuit!.Qubits.Should().Be(qubits);
        estimate.Circuit.GateCounts["rzz"].Should().Be(2 * (pairs ?? problem.NumInteractions));
        estimate.Circuit.Evaluations.Should().Be(120);
        estimate.Hardware.Should().HaveCount(AllProfiles.Count);
        estimate.Note.Should().Contain($"{qubits} variables");
        estimate.Machine.Seconds.Should().BeNull("nobody knows how many rounds there will be");
        estimate.Machine.SecondsAtMost.Should().Be(9);
    }

    [Fact]
    public void A_decomposition_has_the_circuit_of_one_sub_problem()
    {
        var hybrid = HybridSolvers.All.Single();
        var problem = Some.Qubo(50, density: 0.3, seed: 2);
        var budget = new SolveBudget { TimeSeconds = 5 };
        var own = hybrid.Estimate(problem, hybrid.ReadOptions(null, "", new())!, budget, new(AllProfiles, 0.001), null);

        var estimate = Of(budget);

        estimate.Circuit!.Qubits.Should().Be(12);
        (estimate.Circuit.Evaluations, estimate.Circuit.Shots).Should().Be((400, 256), "the sub-budget holds");
        estimate.Machine.MemoryBytes.Should().BeGreaterThan(own.Machine.MemoryBytes!.Value);
        estimate.Machine.SecondsAtMost.Should().Be(5);
        estimate.Machine.Seconds.Should().BeNull();
        estimate.Machine.SecondsBasis.Should().MatchRegex("one sub-problem takes qaoa about [0-9.]+ CPU seconds");
        estimate.Note.Should().Contain("one sub-problem of 12 variables, as qaoa solves it");
        var little = Of(new() { Evaluations = 100, Shots = 50 }).Circuit!;
        (little.Evaluations, little.Shots).Should().Be((100, 50), "a sub-problem gets no more than the run has");

        ResourceEstimate Of(SolveBudget whole) =>
            Registered.Registry.Estimate(hybrid, problem, null, whole, new(AllProfiles, 0.001), null);
    }

    [Theory]
    [InlineData("qaoa")]
    [InlineData("rqaoa")]
    [InlineData("tabu")]
    public void The_clock_that_runs_out_first_ends_a_run(string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);

        SecondsAtMost(new() { TimeSeconds = 60, CpuSeconds = 5 }).Should().Be(5);
        SecondsAtMost(new() { TimeSeconds = 60, DeadlineSeconds = 7 }).Should().Be(7);
        SecondsAtMost(new() { Evaluations = 3 }).Should().BeNull();

        double? SecondsAtMost(SolveBudget budget) =>
            Registered
                .Registry.Estimate(solver, Some.Qubo(6), null, budget, new([], 0.001), null)
                .Machine.SecondsAtMost;
    }

    private static ResourceEstimate Recursion(QuboProblem problem, RecursiveQaoaOptions options) =>
        QuantumSolvers
            .All.Single(s => s.Info.Id == "rqaoa")
            .Estimate(problem, options, new() { TimeSeconds = 9 }, new(AllProfiles, 0.001), null);
}

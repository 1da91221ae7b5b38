using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

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
}

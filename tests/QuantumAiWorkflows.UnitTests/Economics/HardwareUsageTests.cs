using CsCheck;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Economics;

public class HardwareUsageTests
{
    private static readonly HardwareProfile Profile = new()
    {
        Id = "p",
        Version = "1",
        Description = "",
        Modality = HardwareModality.Superconducting,
        Connectivity = new(ConnectivityKind.AllToAll, null),
        SecondsPerLayer = 0.001,
        SecondsPerReadout = 0.01,
        SecondsBetweenShots = 0.1,
        SecondsPerTask = 2,
        Source = "made up",
        Date = new(2026, 1, 1),
    };

    [Fact]
    public void Every_evaluation_of_the_angle_search_is_a_task_with_shots_of_its_own()
    {
        // 39 evaluations and the answer: 40 tasks of 100 shots; a shot of depth 20 takes 0.02 + 0.01 + 0.1 s.
        var usage = HardwareUsage.Of(SomeRun.Quantum(evaluations: 39, shots: 100, depth: 20), Profile)!;

        usage.QpuTask.Should().Be(40);
        usage.Shot.Should().Be(4000);
        usage.QpuSecond.Should().BeApproximately(40 * 2 + 4000 * 0.13, 1e-9);
        usage.CpuSecond.Should().BeNull("the simulation's seconds are not those of a processor");
    }

    [Fact]
    public void Shots_that_no_hardware_took_are_not_billed_whoever_drew_them()
    {
        // An ablation draws as many random bit strings as the circuit has shots, and is classical: no level of evidence.
        var simulated = SomeRun.Quantum(evaluations: 39, shots: 100, depth: 20);
        simulated = simulated with { Usage = simulated.Usage with { Shot = 100, QpuSecond = 1, QpuTask = 1 } };
        var ablation = simulated with { Quantum = null, Solver = new("qaoa", "1.0.0", Paradigm.Classical) };
        var hardware = simulated with
        {
            Solver = simulated.Solver with { EvidenceLevel = EvidenceLevel.SmallHardware },
        };

        Prices.Billed(simulated).Shot.Should().BeNull();
        Prices.Billed(ablation).Should().Be(Prices.Billed(simulated));
        Prices.Billed(hardware).Should().Be(hardware.Usage);
    }

    [Fact]
    public void A_classical_run_and_one_without_a_shot_have_none()
    {
        var run = SomeRun.Quantum(39, 100, 20);

        HardwareUsage.Of(run with { Quantum = null }, Profile).Should().BeNull();
        HardwareUsage.Of(run with { Metrics = run.Metrics with { Shots = 0 } }, Profile).Should().BeNull();
    }

    [Fact]
    public void The_shots_of_a_simulator_are_not_billed_and_those_of_hardware_are()
    {
        var simulated = SomeRun.Quantum(39, 100, 20);
        var real = simulated with { Solver = simulated.Solver with { EvidenceLevel = EvidenceLevel.SmallHardware } };

        Prices.OfRun(simulated, SomeBenchmark.Tariff).Items.Select(i => i.Dimension).Should().Equal("cpuSecond");
        Prices.OfRun(real, SomeBenchmark.Tariff).Items.Select(i => i.Dimension).Should().Equal("cpuSecond", "shot");
        Prices.OfRun(real, SomeBenchmark.Tariff).AsHardware.Should().BeNull("what was measured needs no model");
    }

    [Theory]
    [InlineData("qpu-shots-superconducting", "superconducting", 40 * 0.3 + 4000 * 0.0009)]
    [InlineData("qpu-shots-trapped-ion", "trapped-ion", 40 * 0.3 + 4000 * 0.08)]
    [InlineData("local", "superconducting", 40 * 0.3 + 4000 * 0.0009)]
    [InlineData("qpu-seconds-superconducting", "superconducting", 1.6 * (40 * 2 + 4000 * (20 * 1e-7 + 1e-6 + 2.5e-4)))]
    public void As_on_hardware_is_an_estimate_by_the_list_s_own_profile_or_by_the_default_one(
        string list,
        string profile,
        double total
    )
    {
        var cost = Prices.OfRun(SomeRun.Quantum(39, 100, 20), PriceList.BuiltIn.Single(l => l.Id == list)).AsHardware!;

        cost.Profile.Should().Be(profile);
        cost.Total.Should().BeApproximately(total, 1e-9);
        cost.Estimated.Should().BeTrue();
        cost.Items.Should().OnlyContain(i => i.Basis == UsageBasis.Modelled);
        cost.PriceList.Id.Should().Be(list == "local" ? "qpu-shots-superconducting" : list);
    }

    [Fact]
    public void Scaling_every_price_scales_every_total() =>
        Gen.Select(Gen.Double[1e-6, 1e6], Gen.Int[0, 500], Gen.Int[1, 10_000])
            .Sample(
                (k, evaluations, shots) =>
                {
                    var run = SomeRun.Quantum(evaluations, shots, 30);
                    foreach (var list in PriceList.BuiltIn)
                    {
                        var scaled = list with
                        {
                            Items = [.. list.Items.Select(i => i with { UnitPrice = k * i.UnitPrice })],
                        };
                        var (before, after) = (Prices.OfRun(run, list), Prices.OfRun(run, scaled));
                        after.Total.Should().BeApproximately(k * before.Total, 1e-12 * k * before.Total);
                        after.Estimated.Should().Be(before.Estimated);
                        if (list.PricesQpu)
                            after
                                .AsHardware!.Total.Should()
                                .BeApproximately(k * before.AsHardware!.Total, 1e-12 * k * before.AsHardware!.Total);
                    }
                }
            );
}

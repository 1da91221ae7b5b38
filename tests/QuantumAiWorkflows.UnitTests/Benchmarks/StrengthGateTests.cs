using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class StrengthGateTests
{
    private static readonly BenchmarkInstance[] Instances =
    [
        .. Enumerable.Range(0, 10).Select(i => SomeBenchmark.Instance(i) with { Reference = null }),
    ];

    /// <summary>The reference finds -100; what the others did is a gap to it, in percent.</summary>
    private static StrengthGate Gate(Func<string, int, Did> did, Func<RunRecord, RunRecord>? change = null)
    {
        var calibration = new CalibrationSet
        {
            Instances = Instances,
            Entrants =
            [
                new("reference: tabu", CalibrationRole.Reference, "tabu", null, 1, 10),
                new("one-sweep annealer", CalibrationRole.Discriminator, "simulated-annealing", null, 5, 1),
                new("baseline: sa", CalibrationRole.Baseline, "simulated-annealing", null, 5, 1) { Baseline = "sa" },
            ],
        };
        var runs = new List<RunRecord>();
        foreach (var entrant in calibration.Entrants)
            for (var i = 0; i < Instances.Length; i++)
            for (var seed = 1; seed <= entrant.Seeds; seed++)
            {
                var run = SomeBenchmark.Run(
                    Instances[i],
                    SomeBenchmark.Baseline(entrant.Name),
                    seed,
                    entrant.Role == CalibrationRole.Reference ? new() : did(entrant.Name, i),
                    id: runs.Count
                );
                run = run with { Cell = run.Cell! with { Calibration = true } };
                runs.Add(change is null ? run : change(run));
            }
        return StrengthGate.Of(calibration, runs, [SomeBenchmark.Instance(99)])!;
    }

    [Theory]
    [InlineData(8, BaselineStrength.Strong)]
    [InlineData(7, BaselineStrength.Weak)]
    public void Strong_is_within_one_percent_on_eight_of_ten(int within, BaselineStrength expected)
    {
        var gate = Gate((name, i) => new() { Gap = name == "baseline: sa" ? (i < within ? 0.9 : 1.1) : 20 });

        gate.Discriminates.Should().BeTrue();
        gate["sa"].Should().Be(expected);
        gate.Ratings.Should().ContainSingle().Which.Within.Should().Be(within);
    }

    [Fact]
    public void What_a_single_sweep_solves_tells_nothing()
    {
        var gate = Gate((_, _) => new() { Gap = 0 });

        gate.Discriminates.Should().BeFalse();
        gate["sa"].Should().Be(BaselineStrength.Weak);
    }

    [Fact]
    public void A_proof_counts_even_there()
    {
        var gate = Gate(
            (_, _) => new() { Gap = 0 },
            run => run.Cell!.Entrant == "baseline: sa" ? run with { Status = ResultStatus.Optimal } : run
        );

        gate.Discriminates.Should().BeFalse();
        gate["sa"].Should().Be(BaselineStrength.Strong);
        gate.Ratings[0].Proved.Should().Be(10);
    }

    [Fact]
    public void A_seed_without_an_answer_takes_its_instance_out()
    {
        var gate = Gate(
            (name, _) => new() { Gap = name == "baseline: sa" ? 0 : 20 },
            run =>
                run is { Cell.Entrant: "baseline: sa", Seed: 3 }
                && int.Parse(run.Cell.Instance[1..], System.Globalization.CultureInfo.InvariantCulture) < 3
                    ? run with
                    {
                        State = RunState.Failed,
                        Feasible = null,
                    }
                    : run
        );

        gate.Ratings[0].Within.Should().Be(7);
        gate["sa"].Should().Be(BaselineStrength.Weak);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 10)]
    public void Without_the_runs_that_find_references_only_a_proof_is_one(bool proved, int within)
    {
        // Whoever cancels the strong solvers' runs must not make a weak one the best of all.
        var gate = Gate(
            (name, _) => new() { Gap = name == "baseline: sa" ? 5 : 20 },
            run =>
                run.Cell!.Entrant.StartsWith("baseline", StringComparison.Ordinal)
                    ? run with
                    {
                        Status = proved ? ResultStatus.Optimal : ResultStatus.Feasible,
                    }
                : run.Cell.Entrant.StartsWith("reference", StringComparison.Ordinal)
                    ? run with
                    {
                        State = RunState.Cancelled,
                        Feasible = null,
                        Objective = null,
                    }
                : run
        );

        gate.Ratings[0].Within.Should().Be(within);
        gate["sa"].Should().Be(proved ? BaselineStrength.Strong : BaselineStrength.Weak);
    }

    [Fact]
    public void A_cancelled_single_sweep_tells_nothing()
    {
        var gate = Gate(
            (_, _) => new() { Gap = 0 },
            run =>
                !run.Cell!.Entrant.StartsWith("baseline", StringComparison.Ordinal)
                && !run.Cell.Entrant.StartsWith("reference", StringComparison.Ordinal)
                && run.Cell.Instance is "i0" or "i1" or "i2"
                    ? run with
                    {
                        State = RunState.Cancelled,
                        Feasible = null,
                        Objective = null,
                    }
                    : run
        );

        gate.Discriminates.Should().BeFalse();
        gate["sa"].Should().Be(BaselineStrength.Weak);
    }

    [Fact]
    public void Who_takes_none_of_them_is_untested()
    {
        var gate = Gate(
            (name, _) => new() { State = name == "baseline: sa" ? RunState.Unsupported : RunState.Succeeded, Gap = 20 }
        );

        gate["sa"].Should().Be(BaselineStrength.Untested);
        gate["nobody"].Should().Be(BaselineStrength.Untested);
    }

    [Fact]
    public void An_instance_of_the_suite_is_an_overlap() =>
        StrengthGate
            .Of(new() { Instances = Instances, Entrants = [] }, [], [SomeBenchmark.Instance(3)])!
            .Overlaps.Should()
            .BeTrue();

    [Fact]
    public void Without_calibration_there_is_no_gate() => StrengthGate.Of(null, [], []).Should().BeNull();
}

using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class ResultsTests
{
    private static readonly BenchmarkInstance Unknown = SomeBenchmark.Instance() with { Reference = null };

    [Fact]
    public void An_optimum_from_the_suite_is_the_reference_whatever_the_runs_say() =>
        KnownBest.Of(SomeBenchmark.Instance(), [Run(-3, ResultStatus.Optimal)])!.Objective.Should().Be(-100);

    [Fact]
    public void A_crash_does_not_make_an_ablation_quantum_and_take_it_out_of_the_comparison()
    {
        Entrant[] entrants =
        [
            SomeBenchmark.Candidate(),
            SomeBenchmark.Baseline("uniform", EntrantRole.Ablation) with
            {
                AblationOf = "qaoa",
            },
        ];
        var benchmark = SomeBenchmark.Of(
            (_, e, seed) => new() { State = e.Name == "uniform" && seed == 1 ? RunState.Failed : RunState.Succeeded },
            entrants,
            3,
            3
        );
        // What the record of a run that could not say what ran has: the paradigm of the solver.
        var crashed = benchmark with
        {
            Runs =
            [
                .. benchmark.Runs.Select(r =>
                    r.State == RunState.Failed ? r with { Solver = r.Solver with { Paradigm = Paradigm.Quantum } } : r
                ),
            ],
        };
        var results = new Results(crashed);

        results.ParadigmOf(entrants[1]).Should().Be(Paradigm.Classical);
        VerdictProcedure.Of(results).Single().Against.Should().ContainSingle(a => a.Baseline == "uniform");
    }

    [Fact]
    public void A_proof_of_this_benchmark_comes_before_a_best_known_of_the_suite()
    {
        var best = SomeBenchmark.Instance() with
        {
            Reference = new() { Objective = -90, Source = "folklore" },
        };

        KnownBest
            .Of(best, [Run(0, ResultStatus.Optimal)])
            .Should()
            .Be(new KnownBest(-100, true, true, "proved by tabu"));
        KnownBest.Of(best, [Run(0, ResultStatus.Feasible)]).Should().Be(new KnownBest(-90, false, true, "folklore"));
    }

    [Fact]
    public void Without_either_the_best_of_the_runs_stands_in_and_is_not_trusted()
    {
        KnownBest
            .Of(Unknown, [Run(3, ResultStatus.Feasible), Run(1, ResultStatus.Feasible)])
            .Should()
            .Be(new KnownBest(-99, false, false, "best of these runs"));
        KnownBest.Of(Unknown, []).Should().BeNull();
    }

    [Fact]
    public void A_proof_that_another_run_beats_is_none() =>
        KnownBest
            .Of(Unknown, [Run(1, ResultStatus.Optimal), Run(0, ResultStatus.Feasible)])!
            .IsTrusted.Should()
            .BeFalse();

    [Fact]
    public void What_ran_decides_the_paradigm()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), instances: 1, seeds: 2);
        var closedForm = benchmark with
        {
            Runs =
            [
                .. benchmark.Runs.Select(r =>
                    r with
                    {
                        Solver = r.Solver with { Paradigm = Paradigm.QuantumInspired },
                    }
                ),
            ],
        };

        new Results(benchmark).ParadigmOf(benchmark.Entrants[0]).Should().Be(Paradigm.Quantum);
        new Results(closedForm).ParadigmOf(benchmark.Entrants[0]).Should().Be(Paradigm.QuantumInspired);
    }

    [Theory]
    [InlineData(1, Paradigm.Classical)]
    [InlineData(2, Paradigm.QuantumInspired)]
    public void Auto_is_inspired_only_where_every_choice_was(int inspiredSeeds, Paradigm expected)
    {
        Entrant[] entrants = [SomeBenchmark.Baseline("auto"), SomeBenchmark.Baseline("tabu")];
        // The third seed's run was killed: on record with the solver's own paradigm, and without a choice.
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), entrants, instances: 3, seeds: 3);
        var chosen = benchmark with
        {
            Runs =
            [
                .. benchmark.Runs.Select(r =>
                    r.Cell!.Entrant != "auto" || r.Seed == 3
                        ? r
                        : r with
                        {
                            Auto = new()
                            {
                                Chosen = "some",
                                Sentence = "",
                                NumParts = 1,
                                Parts = [],
                            },
                            Solver = r.Solver with
                            {
                                Paradigm = r.Seed <= inspiredSeeds ? Paradigm.QuantumInspired : Paradigm.Classical,
                            },
                        }
                ),
            ],
        };

        new Results(chosen).ParadigmOf(entrants[0]).Should().Be(expected);
    }

    [Fact]
    public void The_scale_of_a_qubo_ignores_its_offset_and_that_of_others_is_the_reference()
    {
        var length = SomeBenchmark.Instance() with { GapOrigin = null };
        var best = new KnownBest(200, true, true, "");

        best.GapPercent(length, 210).Should().Be(5);
        best.GapPercent(length with { GapOrigin = 300 }, 210).Should().Be(10);
        best.GapPercent(length with { Sense = Sense.Maximize }, 210).Should().Be(-5);
    }

    private static RunRecord Run(double gap, ResultStatus status) =>
        SomeBenchmark.Run(Unknown, SomeBenchmark.Baseline(), 1, new() { Gap = gap }) with
        {
            Status = status,
        };
}

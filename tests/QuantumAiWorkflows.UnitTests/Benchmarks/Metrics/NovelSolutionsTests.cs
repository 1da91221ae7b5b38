using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Metrics;

public class NovelSolutionsTests
{
    private static readonly Entrant Us = SomeBenchmark.Candidate();

    [Fact]
    public void Counts_distinct_answers_that_beat_everything_a_baseline_found_and_names_their_runs()
    {
        // The baselines' best is a gap of 2. Ours: two runs with one and the same better answer, one with another, one
        // as good as theirs, one worse.
        double[] gaps = [1, 1, 0, 2, 3];
        string[] solutions = ["""{"a":1}""", """{ "a": 1.0 }""", """{"a":2}""", """{"a":3}""", """{"a":4}"""];
        var results = Of(
            (e, s) =>
                new()
                {
                    Gap =
                        e == "qaoa" ? gaps[s - 1]
                        : e == "tabu" ? 2
                        : 5,
                },
            r => r with { Solution = JsonNode.Parse(solutions[r.Seed - 1])!.AsObject() },
            seeds: 5
        );

        var measured = Measured(results, "qaoa");

        measured.Value.Should().Be(2);
        var ours = results.RunsOf(Us).Take(3).Select(r => r.Id);
        measured.Note.Should().Be($"Runs: {string.Join(", ", ours)}.");
    }

    [Fact]
    public void Is_0_when_a_baseline_found_as_good() =>
        Measured(Of((_, _) => new() { Gap = 1 }), "qaoa").Should().BeEquivalentTo(Measurement.Of(0));

    [Fact]
    public void A_random_control_and_an_ablation_count_as_baselines_and_another_candidate_does_not()
    {
        foreach (var role in new[] { EntrantRole.Control, EntrantRole.Ablation, EntrantRole.Candidate })
        {
            Entrant[] entrants = [Us, SomeBenchmark.Baseline(), SomeBenchmark.Baseline("other", role)];
            var results = Of(
                (e, _) =>
                    new()
                    {
                        Gap =
                            e == "other" ? 0
                            : e == "qaoa" ? 1
                            : 2,
                    },
                entrants: entrants
            );

            Measured(results, "qaoa").Value.Should().Be(role == EntrantRole.Candidate ? 1 : 0, role.ToString());
        }
    }

    [Fact]
    public void A_quantum_entrant_in_the_role_of_a_baseline_is_none()
    {
        Entrant[] entrants =
        [
            Us,
            SomeBenchmark.Baseline(),
            SomeBenchmark.Baseline("rqaoa", paradigm: Paradigm.Quantum),
        ];

        Measured(
            Of(
                (e, _) =>
                    new()
                    {
                        Gap =
                            e == "rqaoa" ? 0
                            : e == "qaoa" ? 1
                            : 2,
                    },
                entrants: entrants
            ),
            "qaoa"
        )
            .Value.Should()
            .Be(1);
    }

    [Fact]
    public void A_baseline_is_measured_against_the_others_not_itself()
    {
        Entrant[] entrants = [Us, SomeBenchmark.Baseline(), SomeBenchmark.Baseline("cp-sat")];
        var results = Of((e, _) => new() { Gap = e == "tabu" ? 1 : 2 }, entrants: entrants);

        Measured(results, "tabu").Value.Should().Be(1);
        Measured(results, "cp-sat").Value.Should().Be(0);
    }

    [Fact]
    public void What_a_baseline_found_too_late_or_on_the_way_was_found()
    {
        var late = Of((e, _) => e == "qaoa" ? new() { Gap = 1 } : new() { Gap = 0, Overshoot = 9 });
        var lost = Of(
            (e, _) => e == "qaoa" ? new() { Gap = 1 } : new() { State = RunState.Lost },
            r => r.State == RunState.Lost ? r with { Trace = [new(0.1, 0.1, -99.5, null, true)] } : r
        );

        Measured(late, "qaoa").Value.Should().Be(0);
        Measured(lost, "qaoa").Value.Should().Be(0);
    }

    [Fact]
    public void Where_the_baselines_found_nothing_every_answer_is_novel() =>
        Measured(Of((e, _) => new() { Gap = 50, Feasible = e == "qaoa" }), "qaoa").Value.Should().Be(1);

    [Fact]
    public void Is_as_good_within_rounding_and_knows_the_sense()
    {
        Measured(Of((e, _) => new() { Gap = e == "qaoa" ? 2 - 1e-9 : 2 }), "qaoa").Value.Should().Be(0);
        var maximized = SomeBenchmark.MaximizingCell(new Did { Gap = 3 });

        BenchmarkMetrics
            .Find("novelSolutions")
            .Measure(SomeBenchmark.MaximizingCell(new Did { Gap = 2 }) with { Baselines = [maximized] })
            .Value.Should()
            .Be(1);
    }

    [Fact]
    public void Without_a_baseline_there_is_nothing_to_be_new_against() =>
        Measured(Of((_, _) => new(), entrants: [Us]), "qaoa")
            .Should()
            .Be(Measurement.None("No classical entrant ran beside this one."));

    private static Results Of(
        Func<string, long, Did> did,
        Func<RunRecord, RunRecord>? change = null,
        int seeds = 1,
        IReadOnlyList<Entrant>? entrants = null
    )
    {
        var benchmark = SomeBenchmark.Of(
            (_, e, s) => did(e.Name, s),
            entrants ?? [Us, SomeBenchmark.Baseline(), SomeBenchmark.Baseline("cp-sat")],
            instances: 1,
            seeds
        );
        return (benchmark with { Runs = [.. benchmark.Runs.Select(change ?? (r => r))] }).Results();
    }

    private static Measurement Measured(Results results, string entrant) =>
        BenchmarkMetrics
            .Find("novelSolutions")
            .Measure(
                results[results.Benchmark.Instances[0], results.Benchmark.Entrants.Single(e => e.Name == entrant)]
            );
}

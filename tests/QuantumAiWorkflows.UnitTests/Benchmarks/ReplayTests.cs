using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class ReplayTests
{
    private static readonly RunRecord Stored = SomeBenchmark.Run(
        SomeBenchmark.Instance(),
        SomeBenchmark.Baseline(),
        1,
        new() { Gap = 2, Seconds = 1 }
    ) with
    {
        Solution = Bits("""{"bits":[0,1],"value":1.0}"""),
        StoppedBy = StoppedBy.Evaluations,
    };

    [Fact]
    public void Times_memory_and_the_way_of_writing_a_solution_do_not_matter() =>
        Difference(
                Stored with
                {
                    Id = SomeBenchmark.Id(77),
                    Metrics = new() { WallSeconds = 99, CpuSeconds = 98 },
                    Trace = [],
                    Solution = Bits("""{ "value": 1, "bits": [0, 1] }"""),
                    Objective = Stored.Objective * (1 + 1e-12),
                }
            )
            .Should()
            .BeNull();

    /// <summary>Else erasing answers would make a solver irreproducible.</summary>
    [Fact]
    public void Erased_answers_are_not_compared_but_absent_ones_are()
    {
        var erased = Stored with { Solution = null };
        var unanswered = Stored with { Objective = null, Solution = null };

        new ReplayPair(erased, Stored).CanBeCompared.Should().BeFalse();
        new ReplayPair(Stored, erased).CanBeCompared.Should().BeFalse();
        new ReplayPair(unanswered, Stored).CanBeCompared.Should().BeTrue();
        new ReplayPair(Stored, Stored).CanBeCompared.Should().BeTrue();
    }

    [Fact]
    public void The_first_difference_is_told_in_words()
    {
        Difference(Stored with { State = RunState.Failed, Objective = 0 }).Should().Be("state failed, was succeeded");
        Difference(Stored with { Status = ResultStatus.Optimal }).Should().Be("status optimal, was feasible");
        Difference(Stored with { Objective = -97 }).Should().Be("objective -97, was -98");
        Difference(Stored with { Objective = null }).Should().Be("objective none, was -98");
        Difference(Stored with { Objective = -98 * (1 + 1e-8) }).Should().StartWith("objective -98.00000098");
        Difference(Stored with { Solution = Bits("""{"bits":[1,0],"value":1}""") })
            .Should()
            .Be("another solution of the same objective");
        Difference(Stored with { Solution = null }).Should().Be("another solution of the same objective");
    }

    [Fact]
    public void An_answer_that_was_erased_is_no_other_one()
    {
        var erased = Stored with { Solution = null };

        Replay.Of(new(erased, Stored)).Difference.Should().BeNull();
        Replay.Of(new(erased, Stored with { Objective = -97 })).Difference.Should().Be("objective -97, was -98");
    }

    [Theory]
    [InlineData(StoppedBy.Cpu, StoppedBy.Solver, true)]
    [InlineData(StoppedBy.Solver, StoppedBy.Time, true)]
    [InlineData(StoppedBy.Evaluations, StoppedBy.Evaluations, false)]
    [InlineData(StoppedBy.Proof, StoppedBy.Solver, false)]
    public void Says_whether_a_clock_ended_either_run(StoppedBy stored, StoppedBy rerun, bool expected) =>
        Replay
            .Of(new(Stored with { StoppedBy = stored }, Stored with { StoppedBy = rerun }))
            .EndedByClock.Should()
            .Be(expected);

    [Fact]
    public void Refuses_a_run_that_is_no_replay() =>
        FluentActions
            .Invoking(() => Replay.Of(new(Stored, Stored with { Seed = 2 })))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("A replay has the same seed: expected 1, got 2.*");

    [Fact]
    public void Replay_rate_is_the_share_reproduced_with_its_interval_and_the_first_difference()
    {
        var cell = SomeBenchmark.Cell(new Did()) with
        {
            Replays =
            [
                new(Stored, Stored),
                new(Stored, Stored),
                new(Stored, Stored with { Objective = -97, StoppedBy = StoppedBy.Cpu }),
                new(Stored, Stored),
            ],
        };

        var measured = BenchmarkMetrics.Find("replayRate").Measure(cell);

        measured.Value.Should().Be(0.75);
        // Wilson for 3 of 4: the mirror image of 1 of 4.
        measured.Intervals.Single().Low.Should().BeApproximately(1 - 0.6994, 1e-4);
        measured.Intervals.Single().High.Should().BeApproximately(1 - 0.0456, 1e-4);
        measured
            .Note.Should()
            .Be(
                "First difference: objective -97, was -98. 1 of 1 differing runs were ended by the clock, where a difference is no defect of the solver."
            );
    }

    [Fact]
    public void Nothing_replayed_is_no_rate_rather_than_0_or_1()
    {
        var measured = BenchmarkMetrics.Find("replayRate").Measure(SomeBenchmark.Cell(new Did()));

        measured.Value.Should().BeNull();
        measured.Note.Should().Be("No run was replayed.");
    }

    [Fact]
    public void A_report_counts_each_replay_for_the_entrant_and_instance_of_the_stored_run()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), instances: 2, seeds: 2);
        var tabu = benchmark.Runs.Where(r => r.Cell!.Entrant == "tabu").ToArray();
        benchmark = benchmark with
        {
            Replays = [.. tabu.Select((r, k) => new ReplayPair(r, k == 0 ? r with { State = RunState.Failed } : r))],
        };

        var summary = BenchmarkSummary.Of(benchmark);

        summary.Entrants.Single(e => e.Name == "tabu").ReplayRate.Value.Should().Be(0.75);
        summary.Entrants.Single(e => e.Name == "qaoa").ReplayRate.Value.Should().BeNull();
        summary.Instances[0].Entrants["tabu"]["replayRate"].Value.Should().Be(0.5);
        summary.Instances[1].Entrants["tabu"]["replayRate"].Value.Should().Be(1);
    }

    private static string? Difference(RunRecord rerun) => Replay.Of(new(Stored, rerun)).Difference;

    private static JsonObject Bits(string json) => JsonNode.Parse(json)!.AsObject();
}

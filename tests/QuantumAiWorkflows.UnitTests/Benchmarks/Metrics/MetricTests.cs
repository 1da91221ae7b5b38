using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Metrics;

public class MetricTests
{
    [Fact]
    public void Objective_has_mean_median_and_best_of_the_feasible_runs()
    {
        var cell = SomeBenchmark.Cell(
            new() { Gap = 0 },
            new() { Gap = 1 },
            new() { Gap = 5 },
            new() { Feasible = false }
        );

        Value("objectiveMean", cell).Should().Be(-98);
        Value("objectiveMedian", cell).Should().Be(-99);
        Value("objectiveBest", cell).Should().Be(-100);
        Value("objectiveBest", SomeBenchmark.MaximizingCell(new() { Gap = 2 }, new() { Gap = 9 })).Should().Be(98);
    }

    [Fact]
    public void Gap_to_reference_is_signed_and_positive_when_worse_in_both_senses()
    {
        Value("gapToReference", SomeBenchmark.Cell(new() { Gap = 2 }, new() { Gap = 4 }))
            .Should()
            .BeApproximately(3, 1e-12);
        Value("gapToReference", SomeBenchmark.MaximizingCell(new Did { Gap = 2 })).Should().BeApproximately(2, 1e-12);
        Value("gapToReference", SomeBenchmark.Cell(new Did { Gap = -1 })).Should().BeApproximately(-1, 1e-12);
    }

    [Fact]
    public void Gap_does_not_change_when_every_objective_is_shifted()
    {
        var cell = SomeBenchmark.Cell(new Did { Gap = 2 });
        var shifted = cell with
        {
            Instance = cell.Instance with { GapOrigin = 1000 },
            Reference = cell.Reference! with { Objective = 900 },
            Runs = [cell.Runs[0] with { Objective = 902 }],
        };

        Value("gapToReference", shifted).Should().BeApproximately(Value("gapToReference", cell)!.Value, 1e-12);
    }

    [Fact]
    public void Approximation_ratio_is_1_at_the_best_and_0_at_the_worst_for_any_sign()
    {
        var cell = SomeBenchmark.Cell(new() { Gap = 0 }, new() { Gap = 50 }, new() { Gap = 150 }, new() { Gap = 200 });
        cell = cell with { Instance = cell.Instance with { WorstObjective = 100 } };

        // (1 + 0.75 + 0.25 + 0) / 4
        Value("approximationRatio", cell).Should().BeApproximately(0.5, 1e-12);
        Value("approximationRatio", SomeBenchmark.Cell(new Did())).Should().BeNull("nobody knows the worst");
    }

    [Fact]
    public void Feasibility_rate_counts_runs_without_a_result()
    {
        var cell = SomeBenchmark.Cell(
            new(),
            new() { Feasible = false },
            new() { State = RunState.Failed },
            new() { State = RunState.Unsupported }
        );

        var measured = BenchmarkMetrics.Find("feasibilityRate").Measure(cell);

        measured.Value.Should().Be(0.25);
        // Wilson for 1 of 4.
        measured.Intervals.Single().Low.Should().BeApproximately(0.0456, 1e-4);
        measured.Intervals.Single().High.Should().BeApproximately(0.6994, 1e-4);
    }

    [Fact]
    public void Success_rate_is_taken_against_the_reference_and_against_the_own_best()
    {
        var cell = SomeBenchmark.Cell(
            new() { Gap = 5 },
            new() { Gap = 5.5 },
            new() { Gap = 9 },
            new() { State = RunState.Lost }
        );

        BenchmarkMetrics.Find("successRate").Measure(cell).Value.Should().Be(0);
        var own = BenchmarkMetrics.Find("successRateOwnBest").Measure(cell);
        own.Value.Should().Be(0.5);
        own.Intervals.Select(i => i.Method).Should().Equal("wilson", "clopperPearson");
        // Clopper-Pearson for 2 of 4.
        own.Intervals[1].Low.Should().BeApproximately(0.067586, 1e-6);
        own.Intervals[1].High.Should().BeApproximately(0.932414, 1e-6);
    }

    [Fact]
    public void Tts99_follows_its_definition_with_the_interval_of_the_success_rate()
    {
        var cell = SomeBenchmark.Cell(new() { Seconds = 2 }, new() { Seconds = 2, Gap = 9 });

        var measured = BenchmarkMetrics.Find("tts99").Measure(cell);

        // 2 s * ln 0.01 / ln 0.5; Clopper-Pearson for 1 of 2 is 0.012579 to 0.987421.
        measured.Value.Should().BeApproximately(13.2877, 1e-4);
        measured.Intervals.Single().Low.Should().BeApproximately(2 * Math.Log(0.01) / Math.Log(1 - 0.987421), 1e-3);
        measured.Intervals.Single().High.Should().BeApproximately(2 * Math.Log(0.01) / Math.Log(1 - 0.012579), 0.1);
    }

    [Fact]
    public void Time_to_target_is_a_median_in_which_a_miss_is_endless()
    {
        var most = SomeBenchmark.Cell(
            new() { FoundAt = 0.01 },
            new() { FoundAt = 0.05 },
            new() { Gap = 9, FoundAt = 0.001 }
        );
        var half = SomeBenchmark.Cell(new() { FoundAt = 0.01 }, new() { Gap = 9 });

        BenchmarkMetrics.Find("timeToTarget").Measure(most).Value.Should().Be(0.05);
        var missed = BenchmarkMetrics.Find("timeToTarget").Measure(half);
        missed.Value.Should().BeNull();
        missed.Note.Should().Be("Not reached.");
    }

    [Fact]
    public void Tts99_is_the_run_time_when_all_succeed_and_not_reached_when_none_does()
    {
        var sure = BenchmarkMetrics
            .Find("tts99")
            .Measure(SomeBenchmark.Cell(new() { Seconds = 3 }, new() { Seconds = 3 }));
        var never = BenchmarkMetrics.Find("tts99").Measure(SomeBenchmark.Cell(new Did { Gap = 9, Seconds = 3 }));

        sure.Value.Should().Be(3);
        never.Value.Should().BeNull();
        never.Note.Should().Be("Not reached.");
        never.Intervals.Single().High.Should().BeNull("unbounded");
        never.Intervals.Single().Low.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Times_and_memory_are_those_of_runs_that_started()
    {
        var cell = SomeBenchmark.Cell(
            new() { Seconds = 1, PeakMemory = 10 },
            new() { Seconds = 3, PeakMemory = 30 },
            new() { State = RunState.Unsupported }
        );

        Value("wallSeconds", cell).Should().Be(2);
        Value("cpuSeconds", cell).Should().Be(2);
        Value("peakMemory", cell).Should().Be(30);
        var none = SomeBenchmark.Cell(new Did { State = RunState.Unsupported });
        foreach (var id in new[] { "wallSeconds", "cpuSeconds", "peakMemory", "cost", "tts99" })
            Value(id, none).Should().BeNull(id);
    }

    [Theory]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Failed)]
    public void A_run_that_ended_in_the_queue_pulls_no_mean_down(RunState state)
    {
        var cell = SomeBenchmark.Cell(
            new() { Seconds = 2 },
            new()
            {
                Seconds = 0,
                State = state,
                PeakMemory = null,
            }
        );

        foreach (var id in new[] { "wallSeconds", "cpuSeconds" })
            Value(id, cell).Should().Be(2, id);
        Value("cost", cell).Should().BeApproximately(4, 1e-12);
    }

    [Fact]
    public void A_crash_and_a_run_stopped_within_a_tick_have_started()
    {
        var crashed = SomeBenchmark.Cell(new() { Seconds = 2 }, new() { Seconds = 4, State = RunState.Failed });
        var stopped = SomeBenchmark.Cell(new Did { Seconds = 0, State = RunState.Cancelled }).Runs[0] with
        {
            StoppedBy = StoppedBy.Cancel,
        };

        Value("wallSeconds", crashed).Should().Be(3);
        stopped.HasStarted().Should().BeTrue();
    }

    [Fact]
    public void Cost_and_cost_per_solved_count_what_failures_cost()
    {
        var cell = SomeBenchmark.Cell(
            new() { Seconds = 1 },
            new() { Seconds = 2, Gap = 9 },
            new() { Seconds = 3, Feasible = false }
        );

        // 2 EUR per CPU second.
        Value("cost", cell).Should().BeApproximately(4, 1e-12);
        Value("costPerSolved", cell).Should().BeApproximately(12, 1e-12);
        Value("costPerSolved", SomeBenchmark.Cell(new Did { Gap = 9 })).Should().BeNull();
    }

    [Fact]
    public void Seed_spread_is_the_standard_deviation_of_the_gaps()
    {
        Value("seedSpread", SomeBenchmark.Cell(new() { Gap = 1 }, new() { Gap = 3 }))
            .Should()
            .BeApproximately(Math.Sqrt(2), 1e-9);
        Value("seedSpread", SomeBenchmark.Cell(new() { Gap = 1 }, new() { Feasible = false })).Should().BeNull();
    }

    [Fact]
    public void Coverage_counts_planned_runs_without_a_result_and_says_why()
    {
        var refused = new Did
        {
            State = RunState.Unsupported,
            Error = new("doesNotFit", "needs 42 qubits, the limit is 24"),
        };

        var measured = BenchmarkMetrics
            .Find("coverage")
            .Measure(SomeBenchmark.Cell(new(), refused) with { PlannedSeeds = 4 });

        measured.Value.Should().Be(0.25);
        measured.Note.Should().Be("needs 42 qubits, the limit is 24");
    }

    [Fact]
    public void Stages_are_means_of_runs_that_started_and_the_queue_is_apart()
    {
        var cell = SomeBenchmark.Cell(new(), new(), new() { State = RunState.Unsupported });
        cell = Change(
            cell,
            (m, k) =>
                k == 2
                    ? m
                    : m with
                    {
                        QueueSeconds = 10 + 2 * k,
                        EncodeSeconds = 0.1,
                        CompileSeconds = k * 4,
                        SolveSeconds = 1 + k,
                        DecodeSeconds = 0.02 + 0.02 * k,
                    }
        );

        Value("queueSeconds", cell).Should().Be(11);
        Value("encodeSeconds", cell).Should().BeApproximately(0.1, 1e-15);
        Value("compileSeconds", cell).Should().Be(2, "the second run of a pair found the circuit compiled");
        Value("solveSeconds", cell).Should().Be(1.5);
        Value("decodeSeconds", cell).Should().BeApproximately(0.03, 1e-15);
    }

    [Fact]
    public void A_stage_that_no_run_had_has_no_time_rather_than_0()
    {
        var measured = BenchmarkMetrics.Find("compileSeconds").Measure(SomeBenchmark.Cell(new Did()));

        measured.Value.Should().BeNull();
        measured.Note.Should().Be("No run had this stage.");
    }

    [Fact]
    public void Evaluations_and_shots_are_means_of_the_runs_that_counted_them()
    {
        var cell = Change(
            SomeBenchmark.Cell(new(), new(), new()),
            (m, k) => k == 0 ? m : m with { Evaluations = 100 * k, Shots = 1000 * k }
        );

        Value("evaluations", cell).Should().Be(150);
        Value("shots", cell).Should().Be(1500);
        Value("evaluations", SomeBenchmark.Cell(new Did())).Should().BeNull();
        Value("shots", SomeBenchmark.Cell(new Did())).Should().BeNull();
    }

    [Fact]
    public void Energy_is_estimated_from_cpu_seconds_and_memory_and_says_so()
    {
        var model = new EnergyModel(new(20, "a", new(2026, 1, 1)), new(0.5, "b", new(2026, 1, 1)));
        var cell = SomeBenchmark.Cell(new() { Seconds = 1 }, new() { Seconds = 3 });
        cell = cell with { Runs = [.. cell.Runs.Select(r => r with { Usage = r.Usage with { MemoryGibSecond = 4 } })] };

        var measured = new Energy(model).Measure(cell);

        // (1 + 3) / 2 s x 20 W + 4 GiB s x 0.5 W/GiB.
        measured.Value.Should().BeApproximately(42, 1e-12);
        measured.Note.Should().Be("Estimate.");
        new Energy(model).Definition.Should().Contain("20 W per busy core").And.Contain("0.5 W per GiB");
        Value("energy", SomeBenchmark.Cell(new Did { State = RunState.Unsupported })).Should().BeNull();
    }

    [Fact]
    public void Expected_seconds_are_the_verdicts_and_none_without_a_hit()
    {
        // The same runs as in the test of the verdict's score: (0.2 + 0.4 + 1 + 1) / 2 hits.
        var cell = SomeBenchmark.Cell(
            new() { Seconds = 1, FoundAt = 0.2 },
            new()
            {
                Gap = 1,
                Seconds = 1,
                FoundAt = 0.4,
            },
            new() { Gap = 1.01, Seconds = 1 },
            new() { Gap = 30, Seconds = 1 }
        );

        cell.ExpectedSeconds.Should().BeApproximately(1.3, 1e-12);
        SomeBenchmark.Cell(new Did { Gap = 9 }).ExpectedSeconds.Should().BeNull();
    }

    [Fact]
    public void The_documentation_lists_every_metric_with_its_unit_and_no_other()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "benchmarking.md"));
        var rows = text.Split("\n## ")
            .Single(s => s.StartsWith("The numbers", StringComparison.Ordinal))
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2]));

        rows.Should().Equal(BenchmarkMetrics.All.Select(m => (m.Id, m.Unit)));
    }

    [Fact]
    public void Every_metric_says_what_it_is_and_where_from()
    {
        BenchmarkMetrics.All.Select(m => m.Id).Should().OnlyHaveUniqueItems();
        BenchmarkMetrics
            .All.Should()
            .OnlyContain(m => m.Unit.Length > 0 && m.Definition.EndsWith('.') && m.Source.EndsWith('.'));
    }

    [Fact]
    public void No_metric_fails_on_a_cell_without_runs()
    {
        var empty = SomeBenchmark.Cell() with { PlannedSeeds = 3 };

        foreach (var metric in BenchmarkMetrics.All.Where(m => m.Id != "coverage"))
        {
            var measured = metric.Measure(empty);
            measured.Value.Should().BeNull(metric.Id);
            measured.Note.Should().NotBeNullOrEmpty(metric.Id);
        }
        Value("coverage", empty).Should().Be(0, "of a plan of 3 runs");
    }

    private static EntrantRuns Change(EntrantRuns cell, Func<RunMetrics, int, RunMetrics> change) =>
        cell with
        {
            Runs = [.. cell.Runs.Select((r, k) => r with { Metrics = change(r.Metrics, k) })],
        };

    private static double? Value(string id, EntrantRuns cell) => BenchmarkMetrics.Find(id).Measure(cell).Value;
}

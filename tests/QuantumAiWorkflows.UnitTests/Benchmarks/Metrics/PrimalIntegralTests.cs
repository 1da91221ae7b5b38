using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Metrics;

/// <summary>Reference -100, scale 100, a budget of 1 CPU second, unless a test says otherwise.</summary>
public class PrimalIntegralTests
{
    [Fact]
    public void Is_the_area_under_the_gap_of_the_incumbent_over_the_budget()
    {
        // 100 % until 0.2, 50 % until 0.6, 0 to the end of the budget, also after the run: 0.2 x 100 + 0.4 x 50.
        var cell = Cell(new() { Gap = 0, Seconds = 0.8 }, (0.2, -50), (0.6, -100));

        Measured(cell).Value.Should().BeApproximately(40, 1e-12);
        Measured(cell).Note.Should().Be("cpu clock, over 1 s.");
    }

    [Fact]
    public void A_gap_is_clipped_to_0_and_100_percent_and_worse_incumbents_do_not_count()
    {
        // 250 % worse counts as 100, better than the reference as 0; the one at 0.7 is no improvement.
        var cell = Cell(new() { Gap = -10, Seconds = 0.8 }, (0.1, 150), (0.5, -110), (0.7, -60));

        Measured(cell).Value.Should().BeApproximately(50, 1e-12);
    }

    [Fact]
    public void Runs_without_a_feasible_result_are_100_throughout()
    {
        var cell = SomeBenchmark.Cell(
            new() { Seconds = 0.5 },
            new() { Feasible = false },
            new() { State = RunState.Unsupported },
            new() { Overshoot = 9 }
        );

        // 0.5 x 100 for the first, whose only answer comes at its end.
        Measured(cell).Value.Should().BeApproximately((50 + 3 * 100) / 4.0, 1e-12);
    }

    [Fact]
    public void An_answer_without_a_trace_is_there_at_the_end_of_the_run()
    {
        var cell = Cell(new() { Gap = 20, Seconds = 0.25 });

        Measured(cell).Value.Should().BeApproximately(25 + 0.75 * 20, 1e-12);
    }

    [Fact]
    public void An_answer_after_the_budget_comes_too_late_to_help()
    {
        var cell = Cell(new() { Gap = 0, Seconds = 1.04 }, (0.5, -60), (1.02, -100));

        Measured(cell).Value.Should().BeApproximately(50 + 0.5 * 40, 1e-12);
    }

    [Fact]
    public void Wall_seconds_count_where_a_run_of_the_benchmark_has_more_than_one_thread()
    {
        var budget = new SolveBudget { TimeSeconds = 2, Threads = 2 };
        var cell = SomeBenchmark.Cell(new Did { Gap = 0, Seconds = 1 });
        cell = cell with { Runs = [cell.Runs[0] with { Budget = budget, Trace = [new(0.5, 0.9, -100, null, true)] }] };

        Measured(cell).Value.Should().BeApproximately(25, 1e-12);
        Measured(cell).Note.Should().Be("wall clock, over 2 s.");
    }

    [Fact]
    public void Without_a_budget_in_time_the_longest_run_of_anybody_on_the_instance_is_the_horizon()
    {
        var benchmark = SomeBenchmark.Of(
            (_, e, _) => new() { Seconds = e.Name == "tabu" ? 1 : 4 },
            [SomeBenchmark.Candidate(), SomeBenchmark.Baseline()],
            instances: 1,
            seeds: 1,
            change: s => s with { Budget = new() { Evaluations = 1000 } }
        );
        var results = benchmark.Results();

        Measured(results[benchmark.Instances[0], benchmark.Entrants[1]])
            .Value.Should()
            .BeApproximately(25, 1e-12, "100 % during 1 of 4 s");
    }

    [Fact]
    public void Says_why_there_is_none()
    {
        Measured(SomeBenchmark.Cell()).Should().Be(Measurement.None("There are no runs."));
        var unknown = SomeBenchmark.Cell(new Did { Feasible = false }) with { Reference = null };
        Measured(unknown).Should().Be(Measurement.None("Nobody has an objective to measure gaps from."));
    }

    private static EntrantRuns Cell(Did did, params (double Seconds, double Objective)[] incumbents)
    {
        var cell = SomeBenchmark.Cell(did);
        return cell with
        {
            Runs =
            [
                cell.Runs[0] with
                {
                    Trace = [.. incumbents.Select(p => new TracePoint(9, p.Seconds, p.Objective, null, true))],
                },
            ],
        };
    }

    private static Measurement Measured(EntrantRuns cell) => BenchmarkMetrics.Find("primalIntegral").Measure(cell);
}

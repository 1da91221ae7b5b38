using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class MachineTests
{
    [Fact]
    public void A_run_that_had_a_core_to_itself_is_not_busy() =>
        Machine.Of(Ran(cpuShare: 0.95)).Should().Be(new Machine(480, 0, null));

    [Fact]
    public void More_than_a_fifth_busy_runs_is_a_drifting_machine()
    {
        Machine.Of(Ran(cpuShare: 0.5, everyNth: 6)).IsDrifting.Should().BeFalse();
        Machine.Of(Ran(cpuShare: 0.5, everyNth: 4)).IsDrifting.Should().BeTrue();
    }

    [Fact]
    public void Runs_too_short_for_the_clock_are_not_judged() =>
        Machine.Of(Ran(cpuShare: 0.1, seconds: 0.05)).Should().Be(new Machine(0, 0, null));

    [Fact]
    public void A_sentinel_that_rises_by_more_than_a_quarter_is_a_drift_and_one_burst_is_not()
    {
        var rising = Machine.Of(Ran(0.95, sentinel: i => 0.05 * (1 + 0.03 * i)));
        var burst = Machine.Of(Ran(0.95, sentinel: i => i == 4 ? 0.2 : 0.05));

        rising.SentinelTrend.Should().BeApproximately(0.33 / 1.165, 1e-9);
        rising.IsDrifting.Should().BeTrue();
        burst.SentinelTrend.Should().Be(0);
        burst.Busy.Should().Be(40, "the runs of that block");
        burst.IsDrifting.Should().BeFalse();
    }

    private static Results Ran(
        double cpuShare,
        int everyNth = 1,
        double seconds = 0.2,
        Func<int, double>? sentinel = null
    )
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new() { Seconds = seconds });
        return new(
            benchmark with
            {
                Runs = [.. benchmark.Runs.Select((r, k) => k % everyNth == 0 ? WithCpu(r, cpuShare * seconds) : r)],
                SentinelSeconds = sentinel is null ? [] : [.. Enumerable.Range(0, 12).Select(sentinel)],
            }
        );
    }

    private static RunRecord WithCpu(RunRecord run, double cpu) =>
        run with
        {
            Metrics = run.Metrics with { CpuSeconds = cpu },
        };
}

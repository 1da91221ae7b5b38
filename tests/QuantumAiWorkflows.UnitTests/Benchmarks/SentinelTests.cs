using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class SentinelTests
{
    [Fact]
    public void Its_work_is_always_the_same() => Sentinel.Work().Should().Be(Sentinel.Work()).And.NotBe(0);

    [Fact]
    public void A_measurement_takes_time() => Sentinel.Measure().Should().BePositive();

    [Fact]
    public void Each_block_has_the_first_reading_of_its_runs_and_none_where_there_is_none()
    {
        BenchmarkInstance[] blocks = [.. Enumerable.Range(0, 3).Select(i => SomeBenchmark.Instance(i))];
        var runs = new[]
        {
            Run(blocks[0], 5, 0.052),
            Run(blocks[0], 3, 0.050),
            Run(blocks[0], 4, null),
            Run(blocks[2], 6, 0.060),
            Calibrated(Run(blocks[1], 1, 0.9)),
        };

        Benchmark.SentinelsOf(blocks, runs).Should().Equal(0.050, null, 0.060);
        Benchmark.SentinelsOf(blocks, [Run(blocks[0], 4, null)]).Should().BeEmpty();
    }

    private static QuantumAiWorkflows.Runs.RunRecord Run(BenchmarkInstance instance, int id, double? seconds)
    {
        var run = SomeBenchmark.Run(instance, SomeBenchmark.Candidate(), 1, new(), id: id);
        return run with { Environment = run.Environment with { SentinelSeconds = seconds } };
    }

    private static QuantumAiWorkflows.Runs.RunRecord Calibrated(QuantumAiWorkflows.Runs.RunRecord run) =>
        run with
        {
            Cell = run.Cell! with { Calibration = true },
        };
}

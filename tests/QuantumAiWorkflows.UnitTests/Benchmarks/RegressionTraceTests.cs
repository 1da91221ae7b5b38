using CsCheck;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class RegressionTraceTests
{
    /// <summary>Falling gaps in percent, hundreds of them, down to 0.</summary>
    private static readonly Gen<double[]> GenGaps = Gen.Double[0, 30]
        .Array[1, 300]
        .Select(gaps => gaps.Append(0).Distinct().OrderDescending().ToArray());

    [Theory]
    [InlineData(1)] // the suite's own
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_usual_target_keeps_its_exact_first_hit(double target) =>
        GenGaps.Sample(gaps =>
        {
            var run = Run(gaps);
            FirstHit(Kept(run), target).Should().Be(FirstHit([.. run.Trace.Select(Row)], target));
        });

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    [InlineData(2)]
    public void Around_the_suites_target_any_other_one_keeps_it_too(double factor) =>
        GenGaps
            // Fewer improvements than a trace may keep.
            .Where(gaps => gaps.Count(g => g is >= 0.25 and <= 4) < 50)
            .Sample(gaps =>
            {
                var run = Run(gaps);
                FirstHit(Kept(run), factor).Should().Be(FirstHit([.. run.Trace.Select(Row)], factor));
                RegressionTrace
                    .IsExact(SomeBenchmark.Instance(), -100 + factor, new(-100, true, true, ""), 1)
                    .Should()
                    .BeTrue();
            });

    [Fact]
    public void Never_more_than_a_file_may_hold_and_always_the_answer() =>
        GenGaps.Sample(gaps =>
        {
            var kept = Kept(Run(gaps));
            kept.Count.Should().BeLessThanOrEqualTo(RegressionTrace.MaxPoints);
            kept[^1][2].Should().Be(-100);
        });

    [Fact]
    public void A_target_far_from_every_kept_one_is_not_exact() =>
        RegressionTrace.IsExact(SomeBenchmark.Instance(), -100 + 7, new(-100, true, true, ""), 1).Should().BeFalse();

    private static RunRecord Run(double[] gaps) =>
        SomeBenchmark.Run(SomeBenchmark.Instance(), SomeBenchmark.Baseline(), 1, new()) with
        {
            Trace = [.. gaps.Select((g, i) => new TracePoint(i, i, -100 + g, null, true))],
        };

    private static IReadOnlyList<double[]> Kept(RunRecord run) =>
        RegressionTrace.Of(SomeBenchmark.Cell(new Did()), run);

    private static double[] Row(TracePoint point) => [point.ElapsedSeconds, point.CpuSeconds, point.Objective];

    private static double? FirstHit(IReadOnlyList<double[]> trace, double target) =>
        trace.FirstOrDefault(p => p[2] + 100 <= target)?[0];
}

using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solving;

public sealed class ClockLeftTests
{
    [Theory]
    [InlineData(1000.0, 2000.0, StoppedBy.Cpu, 1000)]
    [InlineData(2000.0, 1000.0, StoppedBy.Time, 1000)]
    [InlineData(1000.0, null, StoppedBy.Cpu, 1000)]
    [InlineData(null, 1000.0, StoppedBy.Time, 1000)]
    public void Is_that_of_the_clock_that_ends_first(double? cpu, double? time, StoppedBy clock, double seconds)
    {
        var context = new SolveContext(new() { CpuSeconds = cpu, TimeSeconds = time }, seed: 1);

        var left = context.ClockLeft()!.Value;

        left.Clock.Should().Be(clock);
        left.Seconds.Should().BeInRange(seconds - 100, seconds);
    }

    [Fact]
    public void Is_unknown_without_a_clock() =>
        new SolveContext(new() { Evaluations = 5 }, seed: 1).ClockLeft().Should().BeNull();
}

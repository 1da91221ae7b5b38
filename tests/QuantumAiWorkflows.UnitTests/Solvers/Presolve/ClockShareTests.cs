using QuantumAiWorkflows.Solvers.Presolve;

namespace QuantumAiWorkflows.UnitTests.Solvers.Presolve;

public sealed class ClockShareTests
{
    /// <summary>2,000 equal parts of 1 ms each, of which every one takes half a millisecond more than it is given.</summary>
    [Fact]
    public void The_last_of_many_parts_has_its_share_though_all_take_more_than_theirs()
    {
        const int Parts = 2_000;
        var clock = new ClockShare();
        var (left, given) = (2.0, new List<double>());
        for (var part = 0; part < Parts && left > 0; part++)
        {
            given.Add(clock.Give(left, 1.0 / (Parts - part), Parts - part)!.Value);
            left -= given[^1] + 0.0005;
            clock.Took(left);
        }

        given.Should().HaveCount(Parts);
        given.Skip(1).Should().OnlyContain(seconds => seconds > 0.00045 && seconds < 0.00055);
        left.Should().BeApproximately(0, 0.001);
    }

    [Fact]
    public void Without_such_a_clock_there_is_no_share() => new ClockShare().Give(null, 0.5, 2).Should().BeNull();

    [Fact]
    public void A_part_that_takes_less_than_its_share_keeps_nothing_back()
    {
        var clock = new ClockShare();
        clock.Give(10, 0.5, 2).Should().Be(5);
        clock.Took(8);

        clock.Give(8, 1, 1).Should().Be(8);
    }
}

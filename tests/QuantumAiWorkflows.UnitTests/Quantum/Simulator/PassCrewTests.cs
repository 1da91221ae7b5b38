using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

public sealed class PassCrewTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 64)]
    [InlineData(2, 1)]
    [InlineData(3, 100)]
    [InlineData(5, 2)]
    public void Every_unit_of_every_pass_is_done_once_and_before_the_pass_returns(int threads, int units)
    {
        using var crew = new PassCrew(threads);
        for (var pass = 0; pass < 200; pass++)
        {
            var done = new int[units];
            crew.Do(new(units, threads, (unit, _) => Interlocked.Increment(ref done[unit])));
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Threads_take_neighbouring_units_and_those_of_others_only_at_the_end()
    {
        const int Units = 64;
        var order = new List<long>();
        new Pass(Units, threads: 4, (unit, _) => order.Add(unit)).Work(thread: 2);
        Assert.Equal([.. Range(32, 16), .. Range(48, 16), .. Range(0, 16), .. Range(16, 16)], order);

        static IEnumerable<long> Range(int first, int count) =>
            Enumerable.Range(first, count).Select(unit => (long)unit);
    }

    [Fact]
    public void A_unit_that_fails_is_thrown_by_the_pass_after_all_others_are_done()
    {
        using var crew = new PassCrew(threads: 2);
        var done = 0;
        var thrown = Assert.Throws<InvalidOperationException>(() =>
            crew.Do(
                new(
                    units: 50,
                    threads: 2,
                    (unit, _) =>
                    {
                        if (unit == 20)
                            throw new InvalidOperationException("unit 20");
                        Interlocked.Increment(ref done);
                    }
                )
            )
        );
        Assert.Equal("unit 20", thrown.Message);
        Assert.Equal(49, done);
    }
}

using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.ParallelTempering;

namespace QuantumAiWorkflows.UnitTests.Solvers.ParallelTempering;

public sealed class LadderTests
{
    [Fact]
    public void Every_lane_stays_at_one_rung_of_its_set()
    {
        var ladder = Run(rounds: 300, sets: 3, rungs: 7);

        for (var set = 0; set < 3; set++)
        {
            var lanes = Enumerable.Range(0, 7).Select(k => ladder.LaneAt(set, k)).ToArray();
            lanes.Order().Should().Equal(Enumerable.Range(set * 7, 7));
            for (var k = 0; k < 7; k++)
                ladder.TemperatureOf(lanes[k]).Should().Be(ladder.Temperatures[k]);
        }
    }

    [Fact]
    public void Temperatures_move_until_neighbours_change_places_equally_often()
    {
        var (geometric, settled) = (Run(rounds: 49), Run(rounds: 5_000));

        // Half of the energy is taken up between T = 0.9 and 1.1: few exchanges there, until the rungs gather there.
        Spread(settled.Rates).Should().BeLessThan(0.6 * Spread(geometric.Rates));
        settled.Temperatures.Should().BeInAscendingOrder();
        settled.Temperatures[0].Should().Be(geometric.Temperatures[0]);
        settled.Temperatures[^1].Should().BeApproximately(geometric.Temperatures[^1], 1e-9);
        settled
            .Temperatures.Count(t => t is > 0.9 and < 1.1)
            .Should()
            .BeGreaterThan(geometric.Temperatures.Count(t => t is > 0.9 and < 1.1));
    }

    [Fact]
    public void Temperatures_are_fixed_after_800_rounds()
    {
        Run(rounds: 799).IsFixed.Should().BeFalse();
        var (settled, later) = (Run(rounds: 800), Run(rounds: 4_000));

        settled.IsFixed.Should().BeTrue();
        later.Temperatures.Should().Equal(settled.Temperatures);
    }

    [Fact]
    public void One_temperature_from_end_to_end_is_kept()
    {
        var ladder = new Ladder(2, 2, 4, 1);
        var random = Xoshiro256.FromSeed(1, "exchanges");
        for (var round = 0; round < 900; round++)
            ladder.Exchange(new long[4], random);

        ladder.Temperatures.Should().Equal(2, 2, 2, 2);
    }

    /// <summary>Exchanges on made-up energies: a mean that depends on the temperature, and its thermal spread.</summary>
    private static Ladder Run(int rounds, int sets = 1, int rungs = 9)
    {
        var ladder = new Ladder(2, 0.4, rungs, sets);
        var random = Xoshiro256.FromSeed(7, "ladder");
        var energies = new long[rungs * sets];
        for (var round = 0; round < rounds; round++)
        {
            for (var lane = 0; lane < energies.Length; lane++)
                energies[lane] = Energy(ladder.TemperatureOf(lane), random);
            ladder.Exchange(energies, random);
        }
        return ladder;
    }

    private static long Energy(double temperature, Xoshiro256 random)
    {
        var mean = 20 * temperature + 200 / (1 + Math.Exp(-(temperature - 1) / 0.05));
        var noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        return (long)Math.Round(mean + 5 * noise);
    }

    private static double Spread(double[] rates) => rates.Max() - rates.Min();
}

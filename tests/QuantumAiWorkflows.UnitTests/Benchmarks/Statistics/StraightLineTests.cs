using CsCheck;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Statistics;

public class StraightLineTests
{
    /// <summary>Norris, of NIST's Statistical Reference Datasets: y, x.</summary>
    private static readonly double[] Norris =
    [
        0.1,
        0.2,
        338.8,
        337.4,
        118.1,
        118.2,
        888.0,
        884.6,
        9.2,
        10.1,
        228.1,
        226.5,
        668.5,
        666.3,
        998.5,
        996.3,
        449.1,
        448.6,
        778.9,
        777.0,
        559.2,
        558.2,
        0.3,
        0.4,
        0.1,
        0.6,
        778.1,
        775.5,
        668.8,
        666.9,
        339.3,
        338.0,
        448.9,
        447.5,
        10.8,
        11.6,
        557.7,
        556.0,
        228.3,
        228.1,
        998.0,
        995.8,
        888.8,
        887.6,
        119.6,
        120.2,
        0.3,
        0.3,
        0.6,
        0.3,
        557.6,
        556.8,
        339.3,
        339.1,
        888.0,
        887.2,
        998.5,
        999.0,
        778.9,
        779.0,
        10.2,
        11.1,
        117.6,
        118.3,
        228.9,
        229.2,
        668.4,
        669.1,
        449.2,
        448.9,
        0.2,
        0.5,
    ];

    [Fact]
    public void Has_the_certified_values_of_NIST_Norris()
    {
        var line = StraightLine.Through(Norris.Chunk(2).Select(p => (p[1], p[0])))!;

        line.Count.Should().Be(36);
        line.Intercept.Should().BeApproximately(-0.262323073774029, 1e-10);
        line.Slope.Should().BeApproximately(1.00211681802045, 1e-13);
        line.RSquared.Should().BeApproximately(0.999993745883712, 1e-13);
        // Certified standard deviation of the slope, and t at 97.5 % with 34 degrees of freedom (2.0322).
        line.High.Should().BeApproximately(1.00211681802045 + 2.032245 * 0.429796848199937e-3, 1e-9);
        line.Low.Should().BeApproximately(1.00211681802045 - 2.032245 * 0.429796848199937e-3, 1e-9);
    }

    [Fact]
    public void Is_what_one_computes_by_hand()
    {
        var line = StraightLine.Through([(1, 1), (2, 3), (3, 2)])!;

        // Means 2 and 2; slope 1/2, intercept 1; residuals -1/2, 1, -1/2; s^2 = 1.5; error sqrt(1.5 / 2); t(1) = 12.7062.
        line.Slope.Should().BeApproximately(0.5, 1e-12);
        line.Intercept.Should().BeApproximately(1, 1e-12);
        line.RSquared.Should().BeApproximately(0.25, 1e-12);
        line.Low.Should().BeApproximately(0.5 - 12.7062 * Math.Sqrt(0.75), 1e-3);
        line.High.Should().BeApproximately(0.5 + 12.7062 * Math.Sqrt(0.75), 1e-3);
    }

    [Fact]
    public void Needs_three_different_x()
    {
        StraightLine.Through([(1, 1), (2, 3), (2, 4), (1, 2)]).Should().BeNull();
        StraightLine.Through([]).Should().BeNull();
    }

    [Fact]
    public void A_constant_is_explained_wholly()
    {
        var line = StraightLine.Through([(1, 4), (2, 4), (3, 4)])!;

        (line.Slope, line.Low, line.High, line.RSquared).Should().Be((0, 0, 0, 1));
    }

    [Fact]
    public void Is_the_same_for_any_order() =>
        Gen.Select(Gen.Select(Gen.Int[1, 20], Gen.Double[-5, 5]).Array[3, 20], Gen.Int)
            .Sample(
                (drawn, seed) =>
                {
                    (double, double)[] points = [.. drawn.Select(p => ((double)p.Item1, p.Item2))];
                    var shuffled = points.ToArray();
                    Xoshiro256.FromSeed((ulong)seed, "order").Shuffle<(double, double)>(shuffled);
                    return StraightLine.Through(points) == StraightLine.Through(shuffled);
                }
            );

    [Fact]
    public void Interval_covers_the_true_slope_as_often_as_it_says()
    {
        // y = 2 + 3x + normal noise, 8 sizes: 95 % of 1,000 intervals, standard error 0.7 %.
        var random = Xoshiro256.FromSeed(11, "slope");
        var covered = 0;
        for (var sample = 0; sample < 1000; sample++)
        {
            var line = StraightLine.Through(Enumerable.Range(1, 8).Select(x => ((double)x, 2 + 3.0 * x + Normal())))!;
            covered += line.Low <= 3 && 3 <= line.High ? 1 : 0;
        }

        covered.Should().BeInRange(930, 970);

        double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}

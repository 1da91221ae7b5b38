using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa.Angles;

public class OptimizerTests
{
    private static readonly double[] Start = [-1.2, 1, 0.5];

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + (1 - x[i]) * (1 - x[i]));

    private static void Slopes(double[] x, double[] slopes)
    {
        for (var i = 0; i < x.Length - 1; i++)
        {
            var miss = x[i + 1] - x[i] * x[i];
            slopes[i] += -400 * x[i] * miss - 2 * (1 - x[i]);
            slopes[i + 1] += 200 * miss;
        }
    }

    private static double Bowl(double[] x) => x.Select((v, i) => (i + 1) * (v - 0.3) * (v - 0.3)).Sum();

    /// <summary>Points that an optimizer looked at, until it was told to stop or ended by itself.</summary>
    private static List<double[]> Run(string optimizer, int limit, Func<double[], double> function)
    {
        var points = new List<double[]>();
        double? Evaluate(double[] x)
        {
            if (points.Count == limit)
                return null;
            points.Add((double[])x.Clone());
            return function(x);
        }
        double[] steps = [0.25, 0.25, 0.25];
        switch (optimizer)
        {
            case "bfgs":
                Bfgs.Minimize(
                    Start,
                    1e-6,
                    (x, slopes) =>
                    {
                        Slopes(x, slopes);
                        return Evaluate(x);
                    }
                );
                break;
            case "nelderMead":
                NelderMead.Minimize(Start, steps, 1e-10, Evaluate);
                break;
            default:
                Spsa.Minimize(Start, steps, limit, Xoshiro256.FromSeed(3, "spsa"), Evaluate);
                break;
        }
        return points;
    }

    [Theory]
    [InlineData("bfgs", 200)]
    [InlineData("nelderMead", 2000)]
    public void Finds_the_end_of_the_curved_valley(string optimizer, int limit)
    {
        var points = Run(optimizer, limit, Rosenbrock);

        points.Count.Should().BeLessThan(limit, "it ends by itself");
        points.Min(Rosenbrock).Should().BeLessThan(1e-6);
    }

    [Theory]
    [InlineData("bfgs")]
    [InlineData("nelderMead")]
    [InlineData("spsa")]
    public void Looks_at_no_point_beyond_its_budget_and_at_the_same_ones_again(string optimizer)
    {
        foreach (var limit in new[] { 1, 2, 3, 7, 20, 21 })
        {
            var points = Run(optimizer, limit, Rosenbrock);

            points.Count.Should().BeLessThanOrEqualTo(limit);
            Run(optimizer, limit, Rosenbrock).Should().BeEquivalentTo(points, o => o.WithStrictOrdering());
        }
    }

    [Fact]
    public void Spsa_descends_through_noise_and_ends_with_the_point_it_reached()
    {
        var noise = Xoshiro256.FromSeed(8, "noise");
        const int limit = 601;

        var points = Run("spsa", limit, x => Bowl(x) + 0.5 * (noise.NextDouble() - 0.5));

        points.Should().HaveCount(limit);
        Bowl(Start).Should().BeGreaterThan(3);
        Bowl(points[^1]).Should().BeLessThan(0.1, "the noise hides differences up to 0.5");
    }

    [Fact]
    public void Bfgs_ends_where_slopes_are_not_finite()
    {
        var calls = 0;

        Bfgs.Minimize(
            [1, 2],
            1e-3,
            (_, slopes) =>
            {
                calls++;
                slopes[0] = double.NaN;
                return 1;
            }
        );

        calls.Should().Be(1);
    }
}

using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Calibration;

/// <summary>Distributions over the product's own generator, so that a table comes out the same on every machine.</summary>
internal static class Draws
{
    /// <summary>Mean 1.</summary>
    public static double Exponential(this Xoshiro256 random) => -Math.Log(1 - random.NextDouble());

    /// <summary>Mean 0, variance 1 (Box and Muller, Annals of Mathematical Statistics 29, 1958).</summary>
    public static double Normal(this Xoshiro256 random) =>
        Math.Sqrt(2 * random.Exponential()) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <param name="median">Of the distribution.</param>
    /// <param name="spread">Standard deviation of the logarithm.</param>
    public static double LogNormal(this Xoshiro256 random, double median, double spread) =>
        median * Math.Exp(spread * random.Normal());

    /// <summary>For whole parameters: a sum of a exponentials, as a share of that of a + b.</summary>
    public static double Beta(this Xoshiro256 random, int a, int b)
    {
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < a; i++)
            x += random.Exponential();
        for (var i = 0; i < b; i++)
            y += random.Exponential();
        return x / (x + y);
    }

    public static bool Chance(this Xoshiro256 random, double probability) =>
        probability > 0 && random.NextDouble() < probability;
}

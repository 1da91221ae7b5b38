using MathNet.Numerics.Distributions;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>Two-sided intervals for a share of successes.</summary>
public static class Proportion
{
    public const double Confidence = 0.95;

    /// <summary>
    /// Wilson's score interval (JASA 22, 1927): near its nominal coverage on average; for showing. (0, 1) for no trials.
    /// </summary>
    public static (double Low, double High) Wilson(int successes, int trials, double confidence = Confidence)
    {
        Check(successes, trials);
        if (trials == 0)
            return (0, 1);
        var z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        var (p, square) = ((double)successes / trials, z * z / trials);
        var centre = (p + square / 2) / (1 + square);
        var half = z / (1 + square) * Math.Sqrt(p * (1 - p) / trials + square / (4 * trials));
        // At the ends the formula gives 0 and 1 exactly, up to rounding.
        return (successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }

    /// <summary>
    /// Exact interval (Clopper and Pearson, Biometrika 26, 1934): never covers less than it says; what is computed from
    /// a success rate takes this one. (0, 1) for no trials.
    /// </summary>
    public static (double Low, double High) ClopperPearson(int successes, int trials, double confidence = Confidence)
    {
        Check(successes, trials);
        var tail = (1 - confidence) / 2;
        return (
            successes == 0 ? 0 : Beta.InvCDF(successes, trials - successes + 1, tail),
            successes == trials ? 1 : Beta.InvCDF(successes + 1, trials - successes, 1 - tail)
        );
    }

    private static void Check(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
    }
}

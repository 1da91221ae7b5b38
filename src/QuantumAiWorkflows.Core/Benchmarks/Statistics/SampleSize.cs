using MathNet.Numerics.Distributions;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>How many instances would settle an open question.</summary>
public static class SampleSize
{
    /// <summary>Fewer show too little whatever the spread.</summary>
    public const int Floor = 10;

    /// <summary>More than this is no advice.</summary>
    public const int Ceiling = 1000;

    private const double Power = 0.8;

    /// <summary>
    /// Instances for a power of 80 % at the observed spread and distance to the threshold; the normal approximation,
    /// divided by the signed-rank test's efficiency of 3/pi. Null when there is no way to tell (fewer than three
    /// differences, no distance) or when it takes more than <see cref="Ceiling"/>.
    /// </summary>
    /// <param name="tests">How many tests share alpha.</param>
    public static int? InstancesNeeded(IReadOnlyList<double> differences, double distance, int tests, double alpha)
    {
        if (differences.Count < 3 || !(Math.Abs(distance) > SignedRank.Tie))
            return null;
        var z = Normal.InvCDF(0, 1, 1 - alpha / tests) + Normal.InvCDF(0, 1, Power);
        var ratio = z * Descriptive.StandardDeviation(differences) / distance;
        var needed = Math.Ceiling(Math.PI / 3 * ratio * ratio);
        return needed > Ceiling ? null : Math.Max(Floor, (int)needed);
    }
}

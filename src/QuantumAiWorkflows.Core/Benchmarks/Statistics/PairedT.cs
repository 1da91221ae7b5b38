using MathNet.Numerics.Distributions;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>Student's paired t test: the guard that a win on typical instances is one on the mean, too.</summary>
public static class PairedT
{
    /// <summary>One-sided p of "the mean of the differences is at most 0"; 1 below two differences.</summary>
    public static double P(IReadOnlyList<double> differences)
    {
        var n = differences.Count;
        if (n < 2)
            return 1;
        var mean = ExactSum.Mean(differences);
        var deviation = Descriptive.StandardDeviation(differences);
        if (deviation <= SignedRank.Tie)
            return mean > SignedRank.Tie ? 0 : 1;
        // The lower tail at -t, because 1 - CDF(t) would lose the digits of a small p.
        return StudentT.CDF(0, 1, n - 1, -mean / (deviation / Math.Sqrt(n)));
    }
}

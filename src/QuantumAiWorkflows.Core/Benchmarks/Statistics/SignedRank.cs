namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test, exact for any number of differences, any ties and any zeros. Wilcoxon, "Individual
/// comparisons by ranking methods", Biometrics Bulletin 1(6), 1945.
/// </summary>
public static class SignedRank
{
    /// <summary>Differences closer than this are equal: rounding, not measurement.</summary>
    public const double Tie = 1e-9;

    /// <summary>
    /// One-sided p of "the centre of <paramref name="differences"/> is at most <paramref name="centre"/>". Zeros are
    /// dropped; 1 when nothing is left. O(n^3) time, O(n^2) memory.
    /// </summary>
    public static double P(IReadOnlyList<double> differences, double centre = 0)
    {
        var kept = differences.Select(d => d - centre).Where(e => Math.Abs(e) > Tie).ToArray();
        if (kept.Length == 0)
            return 1;
        var ranks = Ranks.Doubled([.. kept.Select(Math.Abs)], Tie);
        var positive = 0;
        for (var i = 0; i < kept.Length; i++)
            if (kept[i] > 0)
                positive += ranks[i];
        return Tail(ranks, positive);
    }

    /// <summary>The smallest p that this many non-tied differences allow (Tarone): 2^-n.</summary>
    public static double SmallestP(IReadOnlyList<double> differences) =>
        Math.Pow(2, -differences.Count(d => Math.Abs(d) > Tie));

    /// <summary>Largest k with P(T+ &lt;= k) &lt;= alpha for n untied differences; -1 when even k = 0 is too likely.</summary>
    public static int CriticalValue(int n, double alpha)
    {
        var probability = Distribution([.. Enumerable.Range(1, n)], n * (n + 1) / 2);
        var sum = 0.0;
        for (var k = 0; k < probability.Length; k++)
            if ((sum += probability[k]) > alpha)
                return k - 1;
        return probability.Length - 1;
    }

    /// <summary>P(sum of a random half of the ranks >= threshold).</summary>
    private static double Tail(int[] ranks, int threshold)
    {
        // The distribution is symmetric about half the total, so the shorter end is enough: P(T >= t) = P(T <= total - t).
        var below = ranks.Sum() - threshold;
        var lower = below < threshold;
        var last = lower ? below : threshold - 1;
        if (last < 0)
            return lower ? 0 : 1;
        var sum = Distribution(ranks, last).Sum();
        return Math.Clamp(lower ? sum : 1 - sum, 0, 1);
    }

    /// <summary>P(T = 0), ..., P(T = last). Halving keeps it a distribution: exact while n is at most 52, and never overflows.</summary>
    private static double[] Distribution(int[] ranks, int last)
    {
        var probability = new double[last + 1];
        probability[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            reach = Math.Min(last, reach + rank);
            for (var t = reach; t >= 0; t--)
                probability[t] = 0.5 * (probability[t] + (t >= rank ? probability[t - rank] : 0));
        }
        return probability;
    }
}

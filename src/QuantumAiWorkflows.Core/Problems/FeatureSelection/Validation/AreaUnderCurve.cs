namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

public static class AreaUnderCurve
{
    /// <summary>
    /// Share of the pairs of a positive and a negative row in which the positive one scores higher; equal scores count half,
    /// and NaN is below all numbers.
    /// O(rows·log rows).
    /// </summary>
    /// <returns>0.5 where there are no such pairs.</returns>
    public static double Of(double[] scores, bool[] isPositive)
    {
        var (keys, sorted) = ((double[])scores.Clone(), (bool[])isPositive.Clone());
        Array.Sort(keys, sorted);
        var (positives, negatives, won) = (0L, 0L, 0.0);
        for (var from = 0; from < keys.Length; )
        {
            var (to, up, down) = (from, 0L, 0L);
            // NaN is its own equal, and below all numbers.
            for (; to < keys.Length && keys[to].Equals(keys[from]); to++)
                if (sorted[to])
                    up++;
                else
                    down++;
            won += up * (negatives + down / 2.0);
            (positives, negatives, from) = (positives + up, negatives + down, to);
        }
        return positives == 0 || negatives == 0 ? 0.5 : won / ((double)positives * negatives);
    }
}

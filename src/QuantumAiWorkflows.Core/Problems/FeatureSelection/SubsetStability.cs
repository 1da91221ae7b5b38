namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>How alike the subsets are that a selection gives on resamples or seeds: 1 for always the same, about 0 for chance.</summary>
/// <param name="Value">At most 1.</param>
/// <param name="Low">Lower end of the 95% interval (normal approximation); not cut off at the ends of the scale.</param>
/// <param name="High">Its upper end.</param>
public sealed record SubsetStability(double Value, double Low, double High)
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>
    /// For subsets of any sizes, corrected for chance, with its asymptotic variance: Nogueira, Sechidis and Brown, "On the stability of
    /// feature selection algorithms", Journal of Machine Learning Research 18(174), 2018, Definition 4 and Theorem 7.
    /// </summary>
    /// <param name="subsets">At least two, each of distinct features from 0 to <paramref name="count"/> - 1.</param>
    /// <returns>Null where it is not defined: every subset is empty, or every one has all features.</returns>
    public static SubsetStability? Nogueira(IReadOnlyList<IReadOnlyList<int>> subsets, int count)
    {
        Check(subsets);
        double m = subsets.Count;
        double d = count;
        var share = new double[count];
        foreach (var feature in subsets.SelectMany(s => s))
            share[feature] += 1 / m;
        var size = subsets.Average(s => s.Count) / d;
        var chance = size * (1 - size);
        if (chance <= 0)
            return null;
        var value = 1 - m / (m - 1) * share.Sum(p => p * (1 - p)) / d / chance;
        var parts = subsets
            .Select(s =>
                (
                    s.Sum(f => share[f]) / d
                    - s.Count / d * size
                    + value / 2 * (2 * size * s.Count / d - s.Count / d - size + 1)
                ) / chance
            )
            .ToList();
        var mean = parts.Average();
        return Around(value, 4 / (m * m) * parts.Sum(p => (p - mean) * (p - mean)));
    }

    /// <summary>
    /// For subsets of one size, the mean over pairs of (common - k²/n) / (k - k²/n): Kuncheva, "A stability index for feature
    /// selection", IASTED Artificial Intelligence and Applications, 2007. Interval by the jackknife over subsets.
    /// </summary>
    /// <returns>Null for subsets of different sizes, and of none or all features.</returns>
    public static SubsetStability? Kuncheva(IReadOnlyList<IReadOnlyList<int>> subsets, int count)
    {
        Check(subsets);
        double k = subsets[0].Count;
        var expected = k * k / count;
        return k == 0 || k == count || subsets.Any(s => s.Count != subsets[0].Count)
            ? null
            : OfPairs(subsets, (common, _) => (common - expected) / (k - expected));
    }

    /// <summary>
    /// The mean over pairs of common over all features of the two; not corrected for chance, so large subsets seem stable. Two empty
    /// subsets are equal. Interval by the jackknife over subsets.
    /// </summary>
    public static SubsetStability Jaccard(IReadOnlyList<IReadOnlyList<int>> subsets)
    {
        Check(subsets);
        return OfPairs(subsets, (common, both) => both == common ? 1 : common / (both - common));
    }

    /// <param name="similarity">From the number of common features and the sum of the two sizes.</param>
    private static SubsetStability OfPairs(
        IReadOnlyList<IReadOnlyList<int>> subsets,
        Func<double, double, double> similarity
    )
    {
        var m = subsets.Count;
        var sets = subsets.Select(s => s.ToHashSet()).ToList();
        var ofOne = new double[m];
        for (var a = 0; a < m; a++)
        for (var b = 0; b < a; b++)
        {
            var one = similarity(subsets[a].Count(sets[b].Contains), sets[a].Count + sets[b].Count);
            ofOne[a] += one;
            ofOne[b] += one;
        }
        var total = ofOne.Sum() / 2;
        var value = total / (m * (m - 1) / 2.0);
        // Of two subsets, nothing is left to compare without one.
        if (m == 2)
            return new(value, double.NegativeInfinity, double.PositiveInfinity);
        var without = ofOne.Select(s => (total - s) / ((m - 1) * (m - 2) / 2.0)).ToList();
        var mean = without.Average();
        return Around(value, (m - 1.0) / m * without.Sum(w => (w - mean) * (w - mean)));
    }

    private static SubsetStability Around(double value, double variance)
    {
        var half = Normal975 * Math.Sqrt(variance);
        return new(value, value - half, value + half);
    }

    private static void Check(IReadOnlyList<IReadOnlyList<int>> subsets)
    {
        if (subsets.Count < 2)
            throw new ArgumentException("Stability compares two subsets at least.", nameof(subsets));
    }
}

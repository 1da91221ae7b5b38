using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>Mid-ranks, and the rank correlation made of them.</summary>
public static class Ranks
{
    /// <summary>
    /// Twice the mid-rank of every value, from 2, in the order given: doubled, a rank shared by ties is whole. Sorted
    /// neighbours within <paramref name="tie"/> of the first of their group share one.
    /// </summary>
    public static int[] Doubled(double[] values, double tie)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new int[values.Length];
        for (var first = 0; first < order.Length; )
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] - values[order[first]] <= tie)
                last++;
            for (var k = first; k <= last; k++)
                ranks[order[k]] = first + last + 2;
            first = last + 1;
        }
        return ranks;
    }

    /// <summary>Spearman's rank correlation with mid-ranks, -1 to 1; null below 3 pairs or when one side is constant.</summary>
    public static double? Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
            throw new ArgumentException($"Expected {x.Count} values, got {y.Count}.", nameof(y));
        if (x.Count < 3)
            return null;
        var (a, b) = (Centred(x), Centred(y));
        var scale = Math.Sqrt(ExactSum.Of(a.Select(v => v * v)) * ExactSum.Of(b.Select(v => v * v)));
        return scale == 0 ? null : ExactSum.Of(a.Zip(b, (v, w) => v * w)) / scale;
    }

    /// <summary>Doubled ranks less their mean, which is n + 1.</summary>
    private static double[] Centred(IReadOnlyList<double> values) =>
        [.. Doubled([.. values], SignedRank.Tie).Select(r => r - (values.Count + 1.0))];
}

namespace QuantumAiWorkflows.Numerics;

/// <summary>
/// Sums of doubles, rounded once: the result depends neither on the order of the terms nor, but for its sign, on theirs.
/// Shewchuk, "Adaptive precision floating-point arithmetic", Discrete and Computational Geometry 18, 1997.
/// </summary>
public static class ExactSum
{
    /// <summary>Finite terms whose partial sums stay finite; 0 for none. O(n) for terms of similar size.</summary>
    public static double Of(IEnumerable<double> terms)
    {
        // Non-overlapping partials, by increasing magnitude, whose exact sum is the sum so far.
        var partials = new List<double>();
        foreach (var term in terms)
        {
            var x = term;
            var kept = 0;
            for (var i = 0; i < partials.Count; i++)
            {
                var partial = partials[i];
                var (large, small) = Math.Abs(x) >= Math.Abs(partial) ? (x, partial) : (partial, x);
                var high = large + small;
                var low = small - (high - large);
                if (low != 0)
                    partials[kept++] = low;
                x = high;
            }
            partials.RemoveRange(kept, partials.Count - kept);
            partials.Add(x);
        }
        return Round(partials);
    }

    /// <summary>Finite for any finite values: where their sum might not be, they are halved often enough first.</summary>
    public static double Mean(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0 || values.Max(Math.Abs) <= double.MaxValue / 2 / values.Count)
            return Of(values) / values.Count;
        var halvings = 2 + (int)Math.Log2(values.Count);
        return Math.ScaleB(Of(values.Select(v => Math.ScaleB(v, -halvings))) / values.Count, halvings);
    }

    private static double Round(List<double> partials)
    {
        if (partials.Count == 0)
            return 0;
        var at = partials.Count - 1;
        var sum = partials[at--];
        var rest = 0.0;
        while (at >= 0 && rest == 0)
        {
            var before = sum;
            var next = partials[at--];
            sum = before + next;
            rest = next - (sum - before);
        }
        // Half-way cases: the partial below decides, where rounding to even has looked only at the two above.
        if (at >= 0 && Math.Sign(rest) == Math.Sign(partials[at]))
        {
            var doubled = 2 * rest;
            var other = sum + doubled;
            if (other - sum == doubled)
                sum = other;
        }
        return sum;
    }
}

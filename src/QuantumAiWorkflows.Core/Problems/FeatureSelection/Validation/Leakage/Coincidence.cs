using MathNet.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>
/// Whether so few rows can agree by chance. Among thousands of columns of noise, one tells six rows apart. Chances are of all
/// arrangements of the target's values, each as likely as the others, and no less than they are.
/// </summary>
internal static class Coincidence
{
    /// <summary>A finding must be this many times rarer than what all columns together would show by chance.</summary>
    private const double Margin = 1000;

    /// <summary>True when too many arrangements of the target are as good as the one found, for this many columns.</summary>
    /// <param name="lnChance">ln of the share of the arrangements that would be as striking.</param>
    public static bool IsPossible(double lnChance, int columns) => lnChance > -Math.Log(Margin * columns);

    /// <summary>ln of the share of so many arrangements.</summary>
    /// <param name="counts">Rows per value of the target.</param>
    /// <param name="lnAlike">ln of the number of arrangements that would be as striking.</param>
    public static double Share(IReadOnlyList<int> counts, double lnAlike) =>
        lnAlike
        - (SpecialFunctions.FactorialLn(counts.Sum()) - counts.Sum(count => SpecialFunctions.FactorialLn(count)));

    /// <summary>
    /// ln of the chance that every class lies in at most two unbroken stretches, but for a share of its rows: the least of what a single
    /// class and the number of all stretches allow.
    /// </summary>
    /// <param name="strays">Mean over the judged classes, of the rows but one.</param>
    /// <param name="judged">Rows that a class needs to be looked at.</param>
    public static double OfStretches(int[] counts, double strays, int judged)
    {
        int[] classes = [.. counts.Where(count => count >= judged)];
        if (classes.Length == 0)
            return 0;
        var rows = counts.Sum();
        var share = strays * classes.Length;
        var (k, all) = (counts.Length, 2.0 * counts.Length + Math.Floor(share * (classes.Max() - 1)));
        var together =
            all >= rows
                ? 0
                // Where stretches end, what the first one is and each after it; and there may be fewer of them.
                : Share(
                    counts,
                    SpecialFunctions.BinomialLn(rows - 1, (int)all - 1)
                        + Math.Log(k)
                        + (all - 1) * Math.Log(k - 1)
                        + Math.Log(all)
                );
        return Math.Min(together, classes.Distinct().Min(OfOne));

        double OfOne(int count)
        {
            var most = Math.Min(count, 2 + (int)(share * (count - 1)));
            var (others, sum) = (rows - count, double.NegativeInfinity);
            for (var stretches = 1; stretches <= Math.Min(most, others + 1); stretches++)
                sum = Sum(
                    sum,
                    SpecialFunctions.BinomialLn(count - 1, stretches - 1)
                        + SpecialFunctions.BinomialLn(others + 1, stretches)
                );
            return Math.Min(0, sum - SpecialFunctions.BinomialLn(rows, count));
        }
    }

    /// <summary>ln of the chance that an area under the curve of two classes is that far from one half, to either side.</summary>
    public static double OfArea(int[] counts, double area)
    {
        var (few, many) = (counts.Min(), counts.Max());
        // Pairs in the wrong order: so much do the ranks of the fewer rows exceed the least ones together.
        var wrong = (int)Math.Min(int.MaxValue - few, Math.Floor((1 - area) * few * many));
        var byCounting = SpecialFunctions.BinomialLn(wrong + few, few) - SpecialFunctions.BinomialLn(few + many, few);
        // W. Hoeffding, "Probability inequalities for sums of bounded random variables", JASA 58, 1963, section 5b.
        var byDistance = -2 * few * (area - 0.5) * (area - 0.5);
        return Math.Min(0, Math.Log(2) + Math.Min(byCounting, byDistance));
    }

    /// <summary>ln of the chance that so many categories have rows of one class each, but for a share of the rows of each class.</summary>
    /// <param name="wrong">Mean over the classes.</param>
    public static double OfCategories(int[] counts, int categories, double wrong)
    {
        var (rows, k) = (counts.Sum(), counts.Length);
        var errors = (int)Math.Min(rows / 2.0, wrong * k * counts.Max());
        return Math.Min(
            0,
            Share(
                counts,
                categories * Math.Log(k)
                    + SpecialFunctions.BinomialLn(rows, errors)
                    + errors * Math.Log(Math.Max(1, k - 1))
                    + Math.Log(errors + 1)
            )
        );
    }

    /// <summary>ln of a sum of two.</summary>
    private static double Sum(double left, double right)
    {
        var (most, least) = (Math.Max(left, right), Math.Min(left, right));
        return double.IsNegativeInfinity(least) ? most : most + Math.Log(1 + Math.Exp(least - most));
    }
}

using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>How well one column alone predicts the target, whatever the shape of the dependence.</summary>
internal static class SinglePredictors
{
    /// <summary>Rows of a class whose stretches are looked at; fewer lie in two stretches whatever the column.</summary>
    private const int LeastOfClass = 3;

    /// <param name="counts">Rows per value of the target, classes in their order.</param>
    /// <returns>1 for perfect; 0 where so few rows could agree by chance.</returns>
    public static double Strength(TableColumn column, ValueGroups groups, TableColumn target, int[] counts, int columns)
    {
        if (target.Numbers is { } numbers)
        {
            return Coincidence.IsPossible(Coincidence.Share(counts, Math.Log(2)), columns)
                ? 0
                : Math.Max(
                    column.IsNumeric ? Linear(column.Numbers!, numbers) : 0,
                    FromNeighbours(column, groups, numbers)
                );
        }
        if (column.Numbers is not { } values)
            return Unless(
                Coincidence.OfCategories(counts, CountRepeated(groups), 1 - LeakageChecks.NearPerfect),
                () => Majority(groups, target.Codes!, counts)
            );
        return Math.Max(
            Unless(
                Coincidence.OfStretches(counts, 1 - LeakageChecks.NearPerfect, LeastOfClass),
                () => Separation(groups, target.Codes!, counts)
            ),
            counts.Length == 2
                ? Unless(
                    Coincidence.OfArea(counts, LeakageChecks.NearPerfect),
                    () =>
                    {
                        var area = AreaUnderCurve.Of(values, Array.ConvertAll(target.Codes!, code => code == 1));
                        return Math.Max(area, 1 - area);
                    }
                )
                : 0
        );

        double Unless(double lnChance, Func<double> strength) =>
            Coincidence.IsPossible(lnChance, columns) ? 0 : strength();
    }

    /// <summary>Squared correlation; a missing value is the mean.</summary>
    private static double Linear(double[] values, double[] target) =>
        Math.Pow(
            CorrelationScores.Dot(CorrelationScores.Standardize(values), CorrelationScores.Standardize(target)),
            2
        );

    /// <summary>
    /// R² of predicting each row from the others with its value, or, where there are none, between the rows next below and above. The
    /// least and the largest value have no neighbours on one side, and are left aside where they occur once.
    /// </summary>
    private static double FromNeighbours(TableColumn column, ValueGroups groups, double[] target)
    {
        var scale = target.Max(Math.Abs);
        if (scale == 0)
            return 0;
        var means = new double[groups.Count];
        for (var group = 0; group < means.Length; group++)
        {
            foreach (var row in groups.Group(group))
                means[group] += target[row] / scale / groups.Group(group).Length;
        }
        var overall = target.Sum(v => v / scale) / target.Length;
        // A missing number is the neighbour of no other.
        var first = column.IsNumeric && groups.Missing > 0 ? 1 : 0;
        var (error, spread) = (0.0, 0.0);
        for (var group = 0; group < means.Length; group++)
        {
            var rows = groups.Group(group);
            var isEnd = group <= first || group == means.Length - 1;
            if (rows.Length == 1 && isEnd && column.IsNumeric)
                continue;
            foreach (var row in rows)
            {
                var value = target[row] / scale;
                var others =
                    rows.Length > 1 ? (means[group] * rows.Length - value) / (rows.Length - 1)
                    : column.IsNumeric ? Between(group)
                    : overall;
                error += (value - others) * (value - others);
                spread += (value - overall) * (value - overall);
            }
        }
        return spread == 0 ? 0 : Math.Max(0, 1 - error / spread);

        double Between(int group)
        {
            var (low, here, high) = (At(group - 1), At(group), At(group + 1));
            // Halved, so that the range of a column may be as wide as doubles are.
            var share = (here / 2 - low / 2) / (high / 2 - low / 2);
            return means[group - 1] + share * (means[group + 1] - means[group - 1]);
        }

        double At(int group) => column.Numbers![groups.Group(group)[0]];
    }

    /// <summary>
    /// In the order of the column every class lies in at most two unbroken stretches, but for a share of its rows: 1 less the mean of
    /// these shares over the classes of <see cref="LeastOfClass"/> rows and more. Of equal values with several classes all rows but the majority's are strays.
    /// </summary>
    private static double Separation(ValueGroups groups, int[] codes, int[] counts)
    {
        var stretches = new int[counts.Length];
        var last = -1;
        var inGroup = new int[counts.Length];
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var row in groups.Group(group))
                inGroup[codes[row]]++;
            var majority = Array.IndexOf(inGroup, inGroup.Max());
            foreach (var row in groups.Group(group))
                if (codes[row] != majority)
                    stretches[codes[row]]++;
            if (majority != last)
                stretches[majority]++;
            last = majority;
            Array.Clear(inGroup);
        }
        return Enumerable
            .Range(0, counts.Length)
            .Where(k => counts[k] >= LeastOfClass)
            .Select(k => 1 - Math.Max(0, stretches[k] - 2) / (counts[k] - 1.0))
            .DefaultIfEmpty(0)
            .Average();
    }

    /// <summary>Categories of two rows and more: one of a single row says nothing.</summary>
    private static int CountRepeated(ValueGroups groups)
    {
        var count = 0;
        for (var group = 0; group < groups.Count; group++)
            count += groups.Group(group).Length > 1 ? 1 : 0;
        return count;
    }

    /// <summary>Balanced accuracy of saying the class that most rows of a category have; a category of one row says nothing.</summary>
    private static double Majority(ValueGroups groups, int[] codes, int[] counts)
    {
        var right = new int[counts.Length];
        var inGroup = new int[counts.Length];
        for (var group = 0; group < groups.Count; group++)
        {
            var rows = groups.Group(group);
            if (rows.Length == 1)
                continue;
            foreach (var row in rows)
                inGroup[codes[row]]++;
            var majority = Array.IndexOf(inGroup, inGroup.Max());
            right[majority] += inGroup[majority];
            Array.Clear(inGroup);
        }
        return Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0).Average(k => (double)right[k] / counts[k]);
    }
}

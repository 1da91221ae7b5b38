using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Whole groups go to one fold, largest first, each to the fold where its classes are the rarest.</summary>
internal static class GroupedFolds
{
    /// <param name="groups">Per row, from 0.</param>
    /// <param name="strata">Per row, from 0.</param>
    /// <returns>Per row its fold. O(rows·folds).</returns>
    public static int[] Assign(int[] groups, int[] strata, int folds, Xoshiro256 random)
    {
        var numStrata = strata.Max() + 1;
        var total = new double[numStrata];
        foreach (var stratum in strata)
            total[stratum]++;
        var rowsOf = Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]).Select(g => g.ToArray()).ToArray();
        random.Shuffle<int[]>(rowsOf);
        var load = new double[folds, numStrata];
        var size = new int[folds];
        var foldOf = new int[groups.Length];
        foreach (var rows in rowsOf.OrderByDescending(r => r.Length))
        {
            var counts = rows.CountBy(row => strata[row]).ToList();
            var (best, least) = (0, double.PositiveInfinity);
            for (var fold = 0; fold < folds; fold++)
            {
                // By how much the squares of the shares that the folds have of each stratum grow: least when they stay even.
                var growth = 0.0;
                foreach (var (stratum, count) in counts)
                    growth += count * (2 * load[fold, stratum] + count) / (total[stratum] * total[stratum]);
                // Of folds that lack its classes alike the smallest: groups of one class each would all go to the first one.
                if (growth < least || (growth == least && size[fold] < size[best]))
                    (best, least) = (fold, growth);
            }
            foreach (var (stratum, count) in counts)
                load[best, stratum] += count;
            size[best] += rows.Length;
            foreach (var row in rows)
                foldOf[row] = best;
        }
        return foldOf;
    }
}

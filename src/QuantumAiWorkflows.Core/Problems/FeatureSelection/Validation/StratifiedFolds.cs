using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Every fold gets its share of every class, or of every part of the target's range, and folds differ by one row at most.</summary>
internal static class StratifiedFolds
{
    /// <returns>Per row its fold. O(rows·log rows).</returns>
    public static int[] Assign(FeatureTable table, int folds, Xoshiro256 random)
    {
        var rows = Enumerable.Range(0, table.NumRows).ToArray();
        random.Shuffle<int>(rows);
        var order = table.Target.Codes is { } codes
            ? rows.OrderBy(row => codes[row])
            : rows.OrderBy(row => table.Target.Numbers![row]);
        // Dealt in rounds, one row for every fold; a round holds neighbours, so in each the folds come in another order.
        var foldOf = new int[rows.Length];
        var deal = Enumerable.Range(0, folds).ToArray();
        var at = 0;
        foreach (var row in order)
        {
            // Within a class the rows are shuffled already, and one order throughout keeps its counts within one of each other.
            if (at % folds == 0 && table.Target.Codes is null)
                random.Shuffle<int>(deal);
            foldOf[row] = deal[at++ % folds];
        }
        return foldOf;
    }
}

using MathNet.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>Columns that are the target under another name: each value has one value of the target, and the other way round.</summary>
internal static class TargetCopies
{
    /// <summary>True for equal, renamed, affine and monotone images; rows without a value are left aside, if half have one.</summary>
    /// <param name="columns">How many are looked at: the more, the more must agree.</param>
    public static bool IsCopy(TableColumn column, ValueGroups groups, TableColumn target, int columns)
    {
        var known = column.Length - groups.Missing;
        if (2 * known < column.Length || groups.DistinctValues < 2)
            return false;
        // Per value of the column the value of the target: one, and not that of another value.
        var first = groups.Missing > 0 ? 1 : 0;
        var images = new double[groups.DistinctValues];
        var counts = new int[groups.DistinctValues];
        var taken = new HashSet<double>();
        for (var value = 0; value < images.Length; value++)
        {
            var rows = groups.Group(first + value);
            images[value] = ValueOf(target, rows[0]);
            counts[value] = rows.Length;
            foreach (var row in rows)
                if (ValueOf(target, row) != images[value])
                    return false;
            if (!taken.Add(images[value]))
                return false;
        }
        // Where no value repeats, any column is an image of any other; the order then must be kept, or turned round.
        var isOrdered = column.IsNumeric && target.IsNumeric && IsMonotone(images);
        if (isOrdered)
            return !Coincidence.IsPossible(Coincidence.Share(counts, Math.Log(2)), columns);
        return 2 * images.Length <= known
            && !Coincidence.IsPossible(Coincidence.Share(counts, SpecialFunctions.FactorialLn(images.Length)), columns);
    }

    private static double ValueOf(TableColumn target, int row) => target.Numbers?[row] ?? target.Codes![row];

    private static bool IsMonotone(double[] values)
    {
        for (var at = 2; at < values.Length; at++)
            if (values[at] > values[at - 1] != values[1] > values[0])
                return false;
        return true;
    }
}

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>The rows of a column, equal values together: numbers ascending, categories in no order that means anything.</summary>
/// <param name="Order">Rows; those whose value is missing come first, as a group of their own.</param>
/// <param name="Starts">Where each group begins in <paramref name="Order"/>, and its length at the end.</param>
/// <param name="Missing">Rows without a value.</param>
internal sealed record ValueGroups(int[] Order, int[] Starts, int Missing)
{
    public int Count => Starts.Length - 1;

    public ReadOnlySpan<int> Group(int group) => Order.AsSpan(Starts[group]..Starts[group + 1]);

    /// <summary>Values that differ, missing ones not counted.</summary>
    public int DistinctValues => Count - (Missing > 0 ? 1 : 0);

    /// <summary>O(rows·log rows).</summary>
    public static ValueGroups Of(TableColumn column)
    {
        var order = Enumerable.Range(0, column.Length).ToArray();
        // NaN sorts before all numbers, and -1 before all codes.
        if (column.Numbers is { } numbers)
        {
            var keys = (double[])numbers.Clone();
            Array.Sort(keys, order);
            return new(order, StartsOf(keys.Length, at => keys[at].Equals(keys[at - 1])), column.CountMissing());
        }
        var codes = (int[])column.Codes!.Clone();
        Array.Sort(codes, order);
        return new(order, StartsOf(codes.Length, at => codes[at] == codes[at - 1]), column.CountMissing());
    }

    private static int[] StartsOf(int rows, Func<int, bool> isAsBefore)
    {
        var starts = new List<int> { 0 };
        for (var at = 1; at < rows; at++)
            if (!isAsBefore(at))
                starts.Add(at);
        starts.Add(rows);
        return [.. starts];
    }
}

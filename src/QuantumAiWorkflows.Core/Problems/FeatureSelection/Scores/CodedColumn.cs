using System.Buffers;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Scores;

/// <summary>A column as small codes, every one of which occurs.</summary>
/// <param name="Codes">Per row.</param>
/// <param name="Counts">Rows per code.</param>
internal sealed record CodedColumn(ushort[] Codes, int[] Counts)
{
    /// <summary>
    /// More categories than classes are allowed are of no use to a score, and a table of all pairs must stay small: the most
    /// frequent stay, the rest becomes one.
    /// </summary>
    public const int MaxCodes = FeatureTable.MaxClasses;

    /// <summary>A categorical column; a missing value is a category.</summary>
    public static CodedColumn OfLevels(TableColumn column)
    {
        var codes = column.Codes!;
        var frequency = new int[column.Levels.Count + 1];
        foreach (var code in codes)
            frequency[code + 1]++;
        var kept = Enumerable
            .Range(0, frequency.Length)
            .Where(code => frequency[code] > 0)
            .OrderByDescending(code => frequency[code])
            .ThenBy(code => code)
            .ToList();
        var map = new int[frequency.Length];
        for (var rank = 0; rank < kept.Count; rank++)
            map[kept[rank]] = Math.Min(rank, MaxCodes - 1);
        return Of(codes.Length, row => map[codes[row] + 1]);
    }

    /// <summary>
    /// A numeric column in bins of about equal frequency; equal values stay together, so there may be fewer bins. A missing value is
    /// a bin of its own.
    /// </summary>
    public static CodedColumn OfNumbers(double[] numbers, int bins)
    {
        var sorted = numbers.Where(v => !double.IsNaN(v)).Order().ToArray();
        // The bin of a value is that of the first of its equals.
        var edges = new List<double>();
        for (var bin = 1; bin < bins && sorted.Length > 0; bin++)
        {
            var edge = sorted[(int)((long)bin * sorted.Length / bins)];
            if (edge > sorted[0] && (edges.Count == 0 || edge > edges[^1]))
                edges.Add(edge);
        }
        var cuts = edges.ToArray();
        return Of(
            numbers.Length,
            row =>
            {
                if (double.IsNaN(numbers[row]))
                    return cuts.Length + 1;
                var at = Array.BinarySearch(cuts, numbers[row]);
                return at < 0 ? ~at : at + 1;
            }
        );
    }

    /// <summary>
    /// True where a table of all pairs of codes would be far larger than there are rows: counting it would cost hundreds of times what
    /// a pass over the rows does.
    /// </summary>
    public bool IsSparseWith(CodedColumn other) => (long)Counts.Length * other.Counts.Length > 16L * Codes.Length;

    /// <summary>
    /// Pairs of codes that occur together, ascending, with the number of rows. O(rows + codes·codes), and O(rows·log rows) where that
    /// table <see cref="IsSparseWith">would be sparse</see>.
    /// </summary>
    public List<(int Left, int Right, int Count)> JointCounts(CodedColumn other)
    {
        var width = other.Counts.Length;
        if (IsSparseWith(other))
            return FewJointCounts(other, width);
        var cells = Counts.Length * width;
        var joint = ArrayPool<int>.Shared.Rent(cells);
        Array.Clear(joint, 0, cells);
        for (var row = 0; row < Codes.Length; row++)
            joint[Codes[row] * width + other.Codes[row]]++;
        var found = new List<(int, int, int)>();
        for (var cell = 0; cell < cells; cell++)
            if (joint[cell] > 0)
                found.Add((cell / width, cell % width, joint[cell]));
        ArrayPool<int>.Shared.Return(joint);
        return found;
    }

    private List<(int Left, int Right, int Count)> FewJointCounts(CodedColumn other, int width)
    {
        var rented = ArrayPool<int>.Shared.Rent(Codes.Length);
        var cells = rented.AsSpan(0, Codes.Length);
        for (var row = 0; row < cells.Length; row++)
            cells[row] = Codes[row] * width + other.Codes[row];
        cells.Sort();
        var found = new List<(int, int, int)>();
        for (var from = 0; from < cells.Length; )
        {
            var to = from + 1;
            while (to < cells.Length && cells[to] == cells[from])
                to++;
            found.Add((cells[from] / width, cells[from] % width, to - from));
            from = to;
        }
        ArrayPool<int>.Shared.Return(rented);
        return found;
    }

    /// <summary>Numbers the codes that occur, in ascending order.</summary>
    private static CodedColumn Of(int rows, Func<int, int> codeOf)
    {
        var raw = new int[rows];
        for (var row = 0; row < rows; row++)
            raw[row] = codeOf(row);
        var present = raw.Distinct().Order().ToArray();
        var codes = new ushort[rows];
        var counts = new int[present.Length];
        for (var row = 0; row < rows; row++)
            counts[codes[row] = (ushort)Array.BinarySearch(present, raw[row])]++;
        return new(codes, counts);
    }
}

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>Rows with equal features, and how many of them a fold parts.</summary>
internal sealed class RepeatedRows
{
    /// <summary>So many times more pairs than independent columns of these values would repeat are a finding.</summary>
    public const double Threshold = 10;

    private readonly ulong[] _hashes;
    private readonly List<TableColumn> _columns = [];
    private double _lnCollision;

    public RepeatedRows(int rows) => _hashes = new ulong[rows];

    /// <summary>Takes a column into the comparison. O(rows).</summary>
    public void Add(TableColumn column, ValueGroups groups)
    {
        _columns.Add(column);
        var pairs = 0.0;
        for (var group = 0; group < groups.Count; group++)
        {
            var rows = groups.Group(group);
            pairs += rows.Length * (rows.Length - 1.0);
            foreach (var row in rows)
                _hashes[row] = Mix(_hashes[row] * 0x9E3779B97F4A7C15UL + (ulong)group);
        }
        _lnCollision += Math.Log(pairs / (_hashes.Length * (_hashes.Length - 1.0)));
    }

    /// <summary>Test rows of one round of folds that have an equal row, by features, in training: with the same target, with another.</summary>
    /// <returns>Expected: how many pairs of rows independent columns would have equal. Pairs: how many there are.</returns>
    public (int Same, int Other, double Pairs, double Expected) Count(TableColumn target, IEnumerable<Fold> folds)
    {
        var (setOf, pairs) = Sets();
        var (same, other) = (0, 0);
        if (pairs > 0)
            foreach (var fold in folds)
            {
                var trained = new Dictionary<int, HashSet<double>>();
                foreach (var row in fold.Train)
                    if (setOf[row] >= 0)
                    {
                        if (!trained.TryGetValue(setOf[row], out var values))
                            trained[setOf[row]] = values = [];
                        values.Add(ValueOf(target, row));
                    }
                foreach (var row in fold.Test)
                    if (setOf[row] >= 0 && trained.TryGetValue(setOf[row], out var values))
                    {
                        var isSame = values.Contains(ValueOf(target, row));
                        same += isSame ? 1 : 0;
                        other += values.Count > (isSame ? 1 : 0) ? 1 : 0;
                    }
            }
        double rows = _hashes.Length;
        return (same, other, pairs, rows * (rows - 1) / 2 * Math.Exp(_lnCollision));
    }

    private static double ValueOf(TableColumn target, int row) => target.Numbers?[row] ?? target.Codes![row];

    /// <summary>Per row the number of its set of equal rows, -1 for a row of its own; and the pairs of equal rows.</summary>
    private (int[] SetOf, double Pairs) Sets()
    {
        var setOf = new int[_hashes.Length];
        Array.Fill(setOf, -1);
        var (sets, pairs) = (0, 0.0);
        foreach (var rows in Enumerable.Range(0, _hashes.Length).GroupBy(row => _hashes[row]))
        {
            // Rows of one hash that are not equal to its first one are different rows that met by accident: left aside.
            var equal = rows.Where(row => AreEqual(rows.First(), row)).ToList();
            if (equal.Count < 2)
                continue;
            foreach (var row in equal)
                setOf[row] = sets;
            sets++;
            pairs += equal.Count * (equal.Count - 1.0) / 2;
        }
        return (setOf, pairs);
    }

    private bool AreEqual(int left, int right) =>
        left == right
        || _columns.TrueForAll(c =>
            c.Numbers is { } numbers
                ? numbers[left] == numbers[right] || (double.IsNaN(numbers[left]) && double.IsNaN(numbers[right]))
                : c.Codes![left] == c.Codes[right]
        );

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

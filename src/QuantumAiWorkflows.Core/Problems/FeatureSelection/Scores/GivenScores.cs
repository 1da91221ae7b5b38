namespace QuantumAiWorkflows.Problems.FeatureSelection.Scores;

/// <summary>Scores as a client gave them.</summary>
/// <param name="relevance">Per feature.</param>
/// <param name="row">With column and value: each pair once, row &lt; column, sorted, no value 0.</param>
public sealed class GivenScores(double[] relevance, int[] row, int[] column, double[] value) : FeatureScores
{
    // Neighbours of i: _column[_start[i].._start[i + 1]], ascending.
    private readonly (int[] Start, int[] Column, double[] Value) _rows = BothWays(relevance.Length, row, column, value);

    public override int Count => relevance.Length;

    public override IReadOnlyList<double> Relevance => relevance;

    public override double LargestRedundancy { get; } = value.Length == 0 ? 0 : value.Max(Math.Abs);

    public IReadOnlyList<int> Row => row;

    public IReadOnlyList<int> Column => column;

    public IReadOnlyList<double> Value => value;

    public override double Redundancy(int left, int right)
    {
        var start = _rows.Start[left];
        var at = _rows.Column.AsSpan(start, _rows.Start[left + 1] - start).BinarySearch(right);
        return at < 0 ? 0 : _rows.Value[start + at];
    }

    public override void FillRow(int feature, Span<double> row)
    {
        row.Clear();
        for (var k = _rows.Start[feature]; k < _rows.Start[feature + 1]; k++)
            row[_rows.Column[k]] = _rows.Value[k];
    }

    private static (int[], int[], double[]) BothWays(int count, int[] row, int[] column, double[] value)
    {
        var start = new int[count + 1];
        for (var k = 0; k < value.Length; k++)
        {
            start[row[k] + 1]++;
            start[column[k] + 1]++;
        }
        for (var i = 0; i < count; i++)
            start[i + 1] += start[i];
        var next = start[..count];
        var (columns, values) = (new int[start[count]], new double[start[count]]);
        // Sorted pairs: first the smaller neighbours of everyone, then the larger ones, leaves every row ascending.
        for (var k = 0; k < value.Length; k++)
            (columns[next[column[k]]], values[next[column[k]]++]) = (row[k], value[k]);
        for (var k = 0; k < value.Length; k++)
            (columns[next[row[k]]], values[next[row[k]]++]) = (column[k], value[k]);
        return (start, columns, values);
    }
}

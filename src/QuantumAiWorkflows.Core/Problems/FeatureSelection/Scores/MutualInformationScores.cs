using System.Buffers;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Scores;

/// <summary>
/// Mutual information in nats by counting (the plug-in estimate), numbers in bins of equal frequency. The number of bins B is the
/// largest with at least five rows per cell of two independent columns, rows &gt;= 5·B², from 2 to 10: Cellucci, Albano and Rapp,
/// "Statistical validation of mutual information calculations", Physical Review E 71, 2005.
/// </summary>
/// <remarks>Counting overestimates: two independent columns of B bins have (B - 1)²/(2·rows) nats on average.</remarks>
internal sealed class MutualInformationScores : FeatureScores
{
    public const int MaxBins = 10;

    private readonly CodedColumn[] _columns;
    private readonly double[] _entropySum;
    private readonly double[] _relevance;

    // k·ln k for k = 0 .. rows.
    private readonly double[] _xLogX;

    public MutualInformationScores(FeatureTable table)
    {
        var rows = table.NumRows;
        var bins = Bins(rows);
        _xLogX = new double[rows + 1];
        for (var k = 2; k <= rows; k++)
            _xLogX[k] = k * Math.Log(k);
        _columns =
        [
            .. table
                .Features.Append(table.Target)
                .Select(c => c.Numbers is { } numbers ? CodedColumn.OfNumbers(numbers, bins) : CodedColumn.OfLevels(c)),
        ];
        _entropySum = [.. _columns.Select(c => Sum(c.Counts))];
        _relevance = new double[table.Features.Count];
        for (var i = 0; i < _relevance.Length; i++)
            _relevance[i] = Information(i, _relevance.Length);
    }

    public override int Count => _relevance.Length;

    public override IReadOnlyList<double> Relevance => _relevance;

    /// <summary>No more than the largest entropy.</summary>
    public override double LargestRedundancy => Math.Log(_columns.Max(c => c.Counts.Length));

    public static int Bins(int rows) => Math.Clamp((int)Math.Sqrt(rows / 5.0), 2, MaxBins);

    public override double Redundancy(int left, int right) => left == right ? 0 : Information(left, right);

    private double Information(int left, int right)
    {
        if (left > right)
            (left, right) = (right, left);
        var (x, y) = (_columns[left], _columns[right]);
        var rows = x.Codes.Length;
        var sum = x.IsSparseWith(y) ? x.JointCounts(y).Sum(pair => _xLogX[pair.Count]) : SumOfAll(x, y);
        var information = (sum - _entropySum[left] - _entropySum[right] + _xLogX[rows]) / rows;
        // Independent columns may come out at -1e-17.
        return Math.Max(information, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumOfAll(CodedColumn x, CodedColumn y)
    {
        var width = y.Counts.Length;
        var cells = x.Counts.Length * width;
        var joint = ArrayPool<int>.Shared.Rent(cells);
        var counts = joint.AsSpan(0, cells);
        counts.Clear();
        for (var row = 0; row < x.Codes.Length; row++)
            counts[x.Codes[row] * width + y.Codes[row]]++;
        var sum = Sum(counts);
        ArrayPool<int>.Shared.Return(joint);
        return sum;
    }

    private double Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        foreach (var count in counts)
            sum += _xLogX[count];
        return sum;
    }
}

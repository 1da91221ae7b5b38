using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Scores;

/// <summary>
/// Strength of association in [0, 1]: |r| of two numeric columns, the correlation ratio of a numeric with a categorical one,
/// Cramér's V of two categorical ones. With two categories the last two are |r| of the 0/1 column, so the three are one scale.
/// On ranks (ties share their mean rank) it is Spearman's.
/// </summary>
/// <remarks>
/// A missing number counts as the mean, which adds nothing to a correlation; a missing category is a category. Numeric columns are
/// kept standardized, n·rows doubles: a pair costs one pass over the rows, and none is computed before it is asked for.
/// </remarks>
internal sealed class CorrelationScores : FeatureScores
{
    private readonly double[]?[] _standardized;
    private readonly CodedColumn?[] _coded;
    private readonly double[] _relevance;
    private readonly int _numRows;

    public CorrelationScores(FeatureTable table, bool ranked)
    {
        _numRows = table.NumRows;
        var count = table.Features.Count;
        _standardized = new double[]?[count + 1];
        _coded = new CodedColumn?[count + 1];
        for (var i = 0; i <= count; i++)
        {
            var column = i < count ? table.Features[i] : table.Target;
            if (column.Numbers is { } numbers)
                _standardized[i] = Standardize(ranked ? Ranks(numbers) : numbers);
            else
                _coded[i] = CodedColumn.OfLevels(column);
        }
        _relevance = new double[count];
        for (var i = 0; i < count; i++)
            _relevance[i] = Association(i, count);
    }

    public override int Count => _relevance.Length;

    public override IReadOnlyList<double> Relevance => _relevance;

    public override double LargestRedundancy => 1;

    public override double Redundancy(int left, int right) => left == right ? 0 : Association(left, right);

    private double Association(int left, int right)
    {
        // The same order both ways, so that rounding is, too.
        if (left > right)
            (left, right) = (right, left);
        var value = (_standardized[left], _standardized[right]) switch
        {
            ({ } x, { } y) => Math.Abs(Dot(x, y)),
            ({ } x, null) => CorrelationRatio(x, _coded[right]!),
            (null, { } y) => CorrelationRatio(y, _coded[left]!),
            _ => CramersV(_coded[left]!, _coded[right]!),
        };
        return Math.Min(value, 1);
    }

    /// <summary>Mean 0 and length 1 over the values that are there, 0 where missing; all 0 for a constant column.</summary>
    internal static double[] Standardize(double[] values)
    {
        var result = new double[values.Length];
        // Scaled first: squares of 1e200 would not be finite, those of 1e-200 would be 0.
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            if (!double.IsNaN(value))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (!(low < high))
            return result;
        var (centre, half) = (low / 2 + high / 2, high / 2 - low / 2);
        if (half == 0) // neighbours among the smallest numbers
            (centre, half) = (low, high - low);
        var (sum, known) = (0.0, 0);
        foreach (var value in values)
            if (!double.IsNaN(value))
                (sum, known) = (sum + (value - centre) / half, known + 1);
        var (mean, squares) = (sum / known, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            result[i] = (values[i] - centre) / half - mean;
            squares += result[i] * result[i];
        }
        var length = Math.Sqrt(squares);
        for (var i = 0; i < result.Length; i++)
            result[i] /= length;
        return result;
    }

    /// <summary>1 for the least; equal values share the mean of their ranks; NaN stays.</summary>
    internal static double[] Ranks(double[] values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = (double[])values.Clone();
        Array.Sort(keys, order);
        var ranks = new double[values.Length];
        for (var from = 0; from < order.Length; )
        {
            var to = from + 1;
            while (to < order.Length && keys[to] == keys[from])
                to++;
            for (var k = from; k < to; k++)
                ranks[order[k]] = double.IsNaN(keys[k]) ? double.NaN : (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }

    /// <summary>Sums in four vectors of four lanes whatever the machine has, so that the number is the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var x = ref MemoryMarshal.GetReference(left);
        ref var y = ref MemoryMarshal.GetReference(right);
        var (a, b, c, d) = (
            Vector256<double>.Zero,
            Vector256<double>.Zero,
            Vector256<double>.Zero,
            Vector256<double>.Zero
        );
        nuint i = 0;
        for (; i + 16 <= (nuint)left.Length; i += 16)
        {
            a += Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref y, i);
            b += Vector256.LoadUnsafe(ref x, i + 4) * Vector256.LoadUnsafe(ref y, i + 4);
            c += Vector256.LoadUnsafe(ref x, i + 8) * Vector256.LoadUnsafe(ref y, i + 8);
            d += Vector256.LoadUnsafe(ref x, i + 12) * Vector256.LoadUnsafe(ref y, i + 12);
        }
        var sum = Vector256.Sum(a + b + (c + d));
        for (; i < (nuint)left.Length; i++)
            sum += left[(int)i] * right[(int)i];
        return sum;
    }

    /// <summary>Square root of the share of the variance between the categories.</summary>
    internal static double CorrelationRatio(double[] standardized, CodedColumn groups)
    {
        if (groups.Counts.Length < 2)
            return 0;
        Span<double> sums = stackalloc double[CodedColumn.MaxCodes];
        sums.Clear();
        var codes = groups.Codes;
        for (var row = 0; row < codes.Length; row++)
            sums[codes[row]] += standardized[row];
        var between = 0.0;
        for (var code = 0; code < groups.Counts.Length; code++)
            between += sums[code] * sums[code] / groups.Counts[code];
        return Math.Sqrt(between);
    }

    private double CramersV(CodedColumn left, CodedColumn right)
    {
        var fewer = Math.Min(left.Counts.Length, right.Counts.Length);
        if (fewer < 2)
            return 0;
        var sum = -1.0;
        foreach (var (i, j, count) in left.JointCounts(right))
            sum += (double)count * count / ((double)left.Counts[i] * right.Counts[j]);
        return Math.Sqrt(Math.Max(sum, 0) / (fewer - 1));
    }
}

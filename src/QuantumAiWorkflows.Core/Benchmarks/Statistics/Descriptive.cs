using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>Summaries of a sample. None depends on the order of its values.</summary>
public static class Descriptive
{
    /// <summary>With n - 1 below; 0 for one value.</summary>
    public static double StandardDeviation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return 0;
        var mean = ExactSum.Mean(values);
        return Math.Sqrt(ExactSum.Of(values.Select(v => (v - mean) * (v - mean))) / (values.Count - 1));
    }

    /// <summary>
    /// Quantile 0 &lt;= q &lt;= 1, interpolated between order statistics (type 7 of Hyndman and Fan, "Sample quantiles in
    /// statistical packages", American Statistician 50, 1996); infinities may be among the values.
    /// </summary>
    public static double Quantile(IReadOnlyCollection<double> values, double q)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        var sorted = values.Order().ToArray();
        var at = q * (sorted.Length - 1);
        var below = (int)at;
        var share = at - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// exp(mean of ln(v + shift)) - shift: the mean of times that range over magnitudes, with the noise of the smallest
    /// held down. Print the shift with it, always: another shift is another number.
    /// </summary>
    public static double ShiftedGeometricMean(IReadOnlyCollection<double> values, double shift) =>
        Math.Exp(ExactSum.Mean([.. values.Select(v => Math.Log(v + shift))])) - shift;
}

using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>y = intercept + slope * x by least squares.</summary>
/// <param name="Low">Of the slope's interval at 95 % by Student's t with n - 2 degrees of freedom.</param>
/// <param name="RSquared">Share of the variance of y that the line explains; 1 where y is constant, as nothing is left over.</param>
public sealed record StraightLine(double Intercept, double Slope, double Low, double High, double RSquared, int Count)
{
    /// <summary>Two sizes always lie on a line, so that nothing could contradict it.</summary>
    public const int SmallestSizes = 3;

    /// <summary>Null below three distinct x. The same for the same points in any order.</summary>
    public static StraightLine? Through(IEnumerable<(double X, double Y)> points)
    {
        var sorted = points.OrderBy(p => p.X).ThenBy(p => p.Y).ToArray();
        if (sorted.Select(p => p.X).Distinct().Count() < SmallestSizes)
            return null;
        double[] x = [.. sorted.Select(p => p.X)];
        double[] y = [.. sorted.Select(p => p.Y)];
        var (intercept, slope) = Fit.Line(x, y);
        var left = SumOfSquares(sorted.Select(p => p.Y - intercept - slope * p.X));
        var meanY = ExactSum.Mean(y);
        var meanX = ExactSum.Mean(x);
        var total = SumOfSquares(y.Select(v => v - meanY));
        var freedom = sorted.Length - 2;
        var error = Math.Sqrt(left / freedom / SumOfSquares(x.Select(v => v - meanX)));
        var half = error * StudentT.InvCDF(0, 1, freedom, (1 + Proportion.Confidence) / 2);
        return new(
            intercept,
            slope,
            slope - half,
            slope + half,
            total == 0 ? 1 : Math.Max(0, 1 - left / total),
            sorted.Length
        );
    }

    private static double SumOfSquares(IEnumerable<double> values) => ExactSum.Of(values.Select(v => v * v));
}

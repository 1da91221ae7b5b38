using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// How time and quality grow with the number of variables, a point per instance. The fits describe the sizes tested and
/// promise nothing beyond them. Instances of different kinds share a picture, so more than one family is more than one
/// suite.
/// </summary>
public static class ScalingCurves
{
    public static IReadOnlyList<ScalingCurve> Of(Results results) =>
        [.. results.Benchmark.Entrants.SelectMany(e => new[] { Time(results, e), Quality(results, e) })];

    private static ScalingCurve Time(Results results, Entrant entrant)
    {
        var points = Points(results, entrant, cell => cell.ExpectedSeconds);
        var unsolved = results.Benchmark.Instances.Count - points.Length;
        return Curve(entrant, "seconds", "seconds", points) with
        {
            Note =
                unsolved == 0
                    ? null
                    : $"{unsolved} of {results.Benchmark.Instances.Count} instances were never solved and are left out: the true growth may be steeper.",
        };
    }

    private static ScalingCurve Quality(Results results, Entrant entrant)
    {
        var gap = new GapToReference();
        var points = Points(results, entrant, cell => gap.Measure(cell).Value);
        var curve = Curve(entrant, "gapPercent", "percent", points);
        return curve with
        {
            Linear = Fit(StraightLine.Through(points.Select(p => ((double)p.NumVariables, p.Value))), x => x),
            Note = points.Any(p => p.Value <= 0)
                ? "Some gaps are 0 or below, which have no logarithm: only the straight line is fitted."
                : null,
        };
    }

    private static ScalingPoint[] Points(Results results, Entrant entrant, Func<EntrantRuns, double?> value) =>
        [
            .. results
                .Benchmark.Instances.Select(i => (Instance: i, Value: value(results[i, entrant])))
                .Where(p => p.Value is not null)
                .Select(p => new ScalingPoint(p.Instance.Name, p.Instance.NumVariables, p.Value!.Value)),
        ];

    private static ScalingCurve Curve(Entrant entrant, string quantity, string unit, ScalingPoint[] points)
    {
        var isPositive = points.All(p => p.Value > 0 && p.NumVariables > 0);
        return new(
            entrant.Name,
            quantity,
            unit,
            points,
            isPositive
                ? Fit(
                    StraightLine.Through(points.Select(p => (Math.Log2(p.NumVariables), Math.Log2(p.Value)))),
                    x => Math.Pow(2, x)
                )
                : null,
            isPositive
                ? Fit(
                    StraightLine.Through(points.Select(p => ((double)p.NumVariables, Math.Log2(p.Value)))),
                    x => Math.Pow(2, x)
                )
                : null
        );
    }

    /// <summary>Null, too, where the factor is no double: sizes so close together fix no value at n = 0 or 1.</summary>
    private static ScalingFit? Fit(StraightLine? line, Func<double, double> factor) =>
        line is not null && factor(line.Intercept) is var f && double.IsFinite(f)
            ? new(f, line.Slope, line.Low, line.High, line.RSquared, line.Count)
            : null;
}

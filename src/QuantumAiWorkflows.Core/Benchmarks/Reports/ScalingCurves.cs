using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// How time and quality grow with the number of variables, a point per instance. The fits describe the sizes tested and
/// promise nothing beyond them.
/// </summary>
public static class ScalingCurves
{
    public static IReadOnlyList<ScalingCurve> Of(Results results) =>
        [.. results.Benchmark.Entrants.SelectMany(e => new[] { Time(results, e), Quality(results, e) })];

    private static ScalingCurve Time(Results results, Entrant entrant)
    {
        var points = Points(results, entrant, cell => cell.ExpectedSeconds);
        return Curve(entrant, "seconds", "seconds", points) with
        {
            Note = Note(results, points, "never solved, so the true growth may be steeper"),
        };
    }

    private static ScalingCurve Quality(Results results, Entrant entrant)
    {
        var gap = new GapToReference();
        var points = Points(results, entrant, cell => gap.Measure(cell).Value);
        return Curve(entrant, "gapPercent", "percent", points) with
        {
            Linear = Fit(points, n => n, gap => gap, intercept => intercept),
            Note = Note(results, points, "without a feasible result"),
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
        var hasLogarithms = points.All(HasLogarithms);
        return new(
            entrant.Name,
            quantity,
            unit,
            points,
            hasLogarithms ? Fit(points, Math.Log2, Math.Log2, PowerOfTwo) : null,
            hasLogarithms ? Fit(points, n => n, Math.Log2, PowerOfTwo) : null
        );
    }

    private static bool HasLogarithms(ScalingPoint point) => point is { Value: > 0, NumVariables: > 0 };

    private static double PowerOfTwo(double exponent) => Math.Pow(2, exponent);

    /// <summary>Null, too, where the factor is no double: sizes close together fix no value at n = 0 or 1.</summary>
    private static ScalingFit? Fit(
        ScalingPoint[] points,
        Func<double, double> x,
        Func<double, double> y,
        Func<double, double> factor
    )
    {
        var line = StraightLine.Through(points.Select(p => (x(p.NumVariables), y(p.Value))));
        return line is not null && factor(line.Intercept) is var f && double.IsFinite(f)
            ? new(f, line.Slope, line.Low, line.High, line.RSquared, line.Count)
            : null;
    }

    private static string? Note(Results results, ScalingPoint[] points, string absence)
    {
        var instances = results.Benchmark.Instances;
        var families = instances.Select(i => i.Family).Distinct().Count();
        var absent = instances.Count - points.Length;
        var notes = new List<string>();
        if (absent > 0)
            notes.Add($"{absent} of {instances.Count} instances are left out: {absence}.");
        if (!points.All(HasLogarithms))
            notes.Add("Values of 0 or below have no logarithm: no curve is fitted to them.");
        if (families > 1)
            notes.Add($"{families} families share the fit; each may grow at a rate of its own.");
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }
}

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>How time and quality grow with the number of variables: a picture for each quantity.</summary>
internal static class Scaling
{
    private const int MaxPoints = 400;

    public static IEnumerable<Picture> Of(BenchmarkSummary summary)
    {
        var quantities = summary.Figures.Scaling.Where(c => c.Points.Count > 0).GroupBy(c => c.Quantity).ToArray();
        if (quantities.Length == 0)
            yield return Picture.Nothing(
                "scaling-seconds",
                "Scaling",
                "How time and quality grow with the number of variables.",
                "no solver has a value on any instance."
            );
        foreach (var quantity in quantities)
            yield return Of(summary, quantity.Key, [.. quantity]);
    }

    private static Picture Of(BenchmarkSummary summary, string quantity, ScalingCurve[] curves)
    {
        var (title, what) = quantity switch
        {
            "seconds" => ("Scaling: time to target against size", "expected time to target"),
            "gapPercent" => ("Scaling: gap against size", "mean gap"),
            _ => ($"Scaling: {quantity} against size", quantity),
        };
        var drawn = DrawnEntrants.Of(summary);
        var lines = curves.Where(c => drawn.Names.Contains(c.Entrant)).ToArray();
        return Picture.Of(
            $"scaling-{quantity}",
            title,
            $"One dot per solver and instance: {what} against the number of variables. The line is the better of two least-squares fits, "
                + "a power law and an exponential, where there are at least three sizes.",
            new() { ["unit"] = curves[0].Unit, ["curves"] = new JsonArray([.. lines.Select(Data)]) },
            new(
                [
                    "solver",
                    "instances",
                    "power law: exponent of n [95 %]",
                    "R²",
                    "exponential: doublings per variable [95 %]",
                    "R²",
                ],
                [
                    .. curves.Select(c =>
                        (IReadOnlyList<string>)
                            [
                                c.Entrant,
                                Shown.Count(c.Points.Count),
                                Exponent(c.PowerLaw),
                                Shown.Number(c.PowerLaw?.RSquared),
                                Exponent(c.Exponential),
                                Shown.Number(c.Exponential?.RSquared),
                            ]
                    ),
                ]
            ),
            "The fits describe the sizes that were run and nothing beyond them.",
            drawn.Note,
            lines.Any(c => c.Points.Count > MaxPoints)
                ? $"Of each solver {MaxPoints} dots are drawn, evenly spaced in the suite's order; the fits use all."
                : null
        );
    }

    private static JsonNode Data(ScalingCurve curve)
    {
        var (power, exponential) = (curve.PowerLaw, curve.Exponential);
        var isPower = power is not null && power.RSquared >= (exponential?.RSquared ?? double.NegativeInfinity);
        return new JsonObject
        {
            ["entrant"] = curve.Entrant,
            ["points"] = new JsonArray([
                .. Spaced
                    .Evenly(curve.Points, MaxPoints)
                    .Select(p => new JsonArray(p.NumVariables, Shown.Drawn(p.Value), p.Instance)),
            ]),
            ["fit"] = new JsonArray([
                .. Sizes(curve)
                    .Select(n => (n, At: isPower ? PowerLaw(power, n) : Exponential(exponential, n)))
                    .Where(p => p.At is { } at && double.IsFinite(at))
                    .Select(p => new JsonArray(Shown.Drawn(p.n), Shown.Drawn(p.At!.Value))),
            ]),
        };
    }

    private static double? PowerLaw(ScalingFit? fit, double n) => fit?.Factor * Math.Pow(n, fit?.Exponent ?? 0);

    private static double? Exponential(ScalingFit? fit, double n) =>
        fit?.Factor * Math.Pow(2, (fit?.Exponent ?? 0) * n);

    /// <summary>From the smallest size to the largest: a fit is drawn nowhere else.</summary>
    private static IEnumerable<double> Sizes(ScalingCurve curve)
    {
        const int steps = 24;
        var (least, most) = (curve.Points.Min(p => p.NumVariables), curve.Points.Max(p => p.NumVariables));
        return least == most
            ? []
            : Enumerable.Range(0, steps + 1).Select(k => least + (double)k * (most - least) / steps);
    }

    private static string Exponent(ScalingFit? fit) =>
        fit is null
            ? "needs three sizes"
            : $"{Shown.Number(fit.Exponent)} [{Shown.Number(fit.Low)}, {Shown.Number(fit.High)}]";
}

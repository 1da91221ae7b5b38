using System.Globalization;
using QuantumAiWorkflows.Problems.Drawings;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Drawings;

/// <summary>
/// A bar per candidate: its validated score with the interval, the naive score as an open mark, and chance as a line. Without a validation
/// the bars are objectives, and the title says that these are no evidence.
/// </summary>
internal static class SubsetChart
{
    private const int Left = 60;
    private const int Top = 44;
    private const int Row = 40;
    private const int Width = 640;
    private const int Right = 90;

    /// <summary>More would be no picture.</summary>
    private const int Most = 30;

    public static string Draw(IReadOnlyList<ShownSubset> subsets, ValidationReport? report)
    {
        var shown = subsets.Take(Most).ToList();
        var metric = report?.Protocol.Metric;
        var title = metric is null
            ? "Candidate subsets by objective alone: no evidence of a model's quality"
            : $"Candidate subsets by validated {metric}";
        var chance = metric is null ? null : report!.Chance.GetValueOrDefault(metric)?.Mean;
        var scale = Scale.Of(shown, chance);
        var bottom = Top + Row * shown.Count;
        var svg = new SvgDocument(Left + Width + Right, bottom + 56, title);
        svg.Label(8, 16, title, "strong");
        Axis(svg, scale, bottom);
        for (var i = 0; i < shown.Count; i++)
            Bar(svg, scale, shown[i], Top + i * Row);
        if (chance is { } level)
        {
            var x = scale.X(level);
            svg.Add($"<path d=\"M{x} {Top - 6}V{bottom}\" stroke=\"{Palette.Bad}\" stroke-dasharray=\"5 3\"/>");
            svg.Label(scale.X(level), Top - 10, $"chance {Text(level)}", "small", "middle");
        }
        svg.Label(
            8,
            bottom + 44,
            metric is null
                ? "bar: objective of the subset"
                : "bar: validated score, selection inside the folds; line: 95% interval; circle: naive score of the same features, optimistic",
            "small"
        );
        if (subsets.Count > Most)
            svg.Label(8, bottom + 30, $"the first {Most} of {subsets.Count}", "small");
        return svg.ToString();
    }

    private static void Axis(SvgDocument svg, Scale scale, int bottom)
    {
        var step = Step(scale.High / 5 - scale.Low / 5);
        for (var tick = Math.Ceiling(scale.Low / step); tick <= Math.Floor(scale.High / step); tick++)
        {
            var x = scale.X(tick * step);
            svg.Add($"<path d=\"M{x} {Top}V{bottom}\" stroke=\"{Palette.Faint}\"/>");
            svg.Label(x, bottom + 14, Text(tick * step), "small", "middle");
        }
    }

    /// <summary>The next 1, 2 or 5 times a power of ten, so that ticks have short names; they are three to six.</summary>
    private static double Step(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * ((double[])[1, 2, 5, 10]).First(f => f * power >= atLeast || f == 10);
    }

    private static void Bar(SvgDocument svg, Scale scale, ShownSubset subset, int y)
    {
        var score = subset.Report?.Validation.Score;
        svg.Label(8, y + 16, FormattableString.Invariant($"{subset.Rank}."), "strong");
        svg.Label(Left, y + 34, SvgDocument.Short(string.Join(", ", subset.Features), 110), "small");
        if ((subset.Report is null ? subset.Objective : score?.Mean) is not { } value)
        {
            svg.Label(Left, y + 16, "no score: the selection found no subset for this place in the folds");
            return;
        }
        var (from, to) = (scale.X(scale.Origin), scale.X(value));
        svg.Add(
            $"<rect x=\"{Math.Min(from, to)}\" y=\"{y + 6}\" width=\"{Math.Abs(to - from)}\" height=\"12\" fill=\"{Palette.Of(0)}\"/>"
        );
        if (score is { Low: { } low, High: { } high })
            svg.Add(
                $"<path d=\"M{scale.X(low)} {y + 12}H{scale.X(high)}\" stroke=\"{Palette.Ink}\" stroke-width=\"1.5\"/>"
            );
        if (subset.Report?.Validation.Naive.Mean is { } naive)
            svg.Add(
                $"<circle cx=\"{scale.X(naive)}\" cy=\"{y + 12}\" r=\"4\" fill=\"none\" stroke=\"{Palette.Ink}\"/>"
            );
        svg.Label(Left + Width + 8, y + 16, Text(value));
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <param name="Origin">Where bars begin: 0 where it is on the scale, else its nearer end.</param>
    private sealed record Scale(double Low, double High, double Origin)
    {
        /// <summary>Over all that is drawn, and 0. An interval is cut where it would push the bars together.</summary>
        public static Scale Of(IReadOnlyList<ShownSubset> subsets, double? chance)
        {
            List<double> values = [0];
            if (chance is { } level)
                values.Add(level);
            foreach (var subset in subsets)
                if (subset.Report is not { } report)
                    values.Add(subset.Objective);
                else
                    foreach (
                        var value in (double?[])
                            [
                                report.Validation.Score.Mean,
                                report.Validation.Naive.Mean,
                                report.Validation.Score.Low is { } l ? Math.Max(l, -1.5) : null,
                                report.Validation.Score.High is { } h ? Math.Min(h, 1.5) : null,
                            ]
                    )
                        if (value is { } known)
                            values.Add(known);
            var (low, high) = (values.Min(), values.Max());
            // Halves first: the difference of two huge objectives may not be a number.
            if (!(high / 2 - low / 2 > 0))
                (low, high) = (low - 1, high + 1);
            return new(low, high, 0);
        }

        public double X(double value) => Left + Width * Math.Clamp((value / 2 - Low / 2) / (High / 2 - Low / 2), 0, 1);
    }
}

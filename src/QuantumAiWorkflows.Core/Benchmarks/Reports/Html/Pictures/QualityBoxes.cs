using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>Tukey's boxes over the gaps of every run with an answer.</summary>
internal static class QualityBoxes
{
    private const string Id = "quality";
    private const string Title = "Quality: gap over all runs";

    private const string Says =
        "One box per solver over the gaps of its runs, all instances and seeds together. The line is the median, the box holds "
        + "the middle half, whiskers reach the furthest run within 1.5 box lengths, dots are runs beyond. Lower is better; 0 is the reference.";

    /// <summary>Dots per box; where there are more, they are thinned over their whole range.</summary>
    private const int MaxOutliers = 60;

    public static Picture Of(BenchmarkSummary summary)
    {
        var answered = summary.Figures.Runs.Where(r => r.GapPercent is not null).ToLookup(r => r.Entrant);
        var planned = summary.Figures.Runs.ToLookup(r => r.Entrant);
        var boxes = summary
            .Entrants.Where(e => answered[e.Name].Any())
            .Select(e => Box.Of(e.Name, [.. answered[e.Name].Select(r => r.GapPercent!.Value).Order()]))
            .ToArray();
        if (boxes.Length == 0)
            return Picture.Nothing(Id, Title, Says, "no run has a feasible result.");
        var silent = summary.Entrants.Where(e => !answered[e.Name].Any()).Select(e => e.Name).ToArray();
        var thinned = boxes.Where(b => b.Outliers.Count > MaxOutliers).Select(b => b.Entrant).ToArray();
        return Picture.Of(
            Id,
            Title,
            Says,
            new() { ["boxes"] = new JsonArray([.. boxes.Select(Data)]) },
            new(
                [
                    "solver",
                    "runs",
                    "with an answer",
                    "least, %",
                    "quarter, %",
                    "median, %",
                    "three quarters, %",
                    "most, %",
                ],
                [
                    .. boxes.Select(b =>
                        (IReadOnlyList<string>)
                            [
                                b.Entrant,
                                Shown.Count(planned[b.Entrant].Count()),
                                Shown.Count(b.Count),
                                Shown.Number(b.Least),
                                Shown.Number(b.Quarter),
                                Shown.Number(b.Median),
                                Shown.Number(b.ThreeQuarters),
                                Shown.Number(b.Most),
                            ]
                    ),
                ]
            ),
            "Runs without an answer have no gap and are not in a box; the column \"with an answer\" of the table counts the others.",
            silent.Length == 0 ? null : $"Without any answer, so without a box: {string.Join(", ", silent)}.",
            thinned.Length == 0
                ? null
                : $"Dots beyond the whiskers are thinned to {MaxOutliers}, over their whole range, for {string.Join(", ", thinned)}."
        ) with
        {
            IsWide = boxes.Length > DrawnEntrants.Max,
        };
    }

    private static JsonNode Data(Box box) =>
        new JsonObject
        {
            ["entrant"] = box.Entrant,
            ["box"] = Numbers([box.Low, box.Quarter, box.Median, box.ThreeQuarters, box.High]),
            ["dots"] = Numbers(Spaced.Evenly(box.Outliers, MaxOutliers)),
        };

    private static JsonArray Numbers(IEnumerable<double> values) =>
        new([.. values.Select(v => (JsonNode)Shown.Drawn(v))]);

    private sealed record Box(
        string Entrant,
        int Count,
        double Least,
        double Low,
        double Quarter,
        double Median,
        double ThreeQuarters,
        double High,
        double Most,
        IReadOnlyList<double> Outliers
    )
    {
        public static Box Of(string entrant, double[] sorted)
        {
            var (quarter, threeQuarters) = (Descriptive.Quantile(sorted, 0.25), Descriptive.Quantile(sorted, 0.75));
            var reach = 1.5 * (threeQuarters - quarter);
            var inside = sorted.Where(v => v >= quarter - reach && v <= threeQuarters + reach).ToArray();
            // A quartile lies between two runs, so the furthest run inside may lie within the box.
            var (low, high) = (Math.Min(inside[0], quarter), Math.Max(inside[^1], threeQuarters));
            return new(
                entrant,
                sorted.Length,
                sorted[0],
                low,
                quarter,
                Descriptive.Median(sorted),
                threeQuarters,
                high,
                sorted[^1],
                [.. sorted.Where(v => v < low || v > high)]
            );
        }
    }
}

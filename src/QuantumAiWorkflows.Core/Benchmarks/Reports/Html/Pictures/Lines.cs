using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>Performance profiles and anytime curves: one line per entrant.</summary>
internal static class Lines
{
    /// <summary>Points of one line; a screen shows no more.</summary>
    private const int MaxPoints = 300;

    public static Picture Profiles(BenchmarkSummary summary)
    {
        const string id = "profiles";
        const string title = "Performance profiles";
        const string says =
            "For each solver the share of instances that it takes at most so many times the best solver's time to target. "
            + "At 1 stands how often it was the fastest, at the right end how many instances it solved at all. Higher is better.";
        var profiles = summary.Figures.Profiles.Where(p => p.Points.Count > 0).ToArray();
        if (profiles.Length == 0)
            return Picture.Nothing(id, title, says, "no instance was solved to the target by any solver.");
        var drawn = DrawnEntrants.Of(summary);
        var lines = profiles.Where(p => drawn.Names.Contains(p.Entrant)).ToArray();
        return Picture.Of(
            id,
            title,
            says,
            Data(
                lines.Select(p =>
                    (p.Entrant, Spaced.Evenly(p.Points, MaxPoints).Select(x => ((double)x.Ratio, (double?)x.Share)))
                )
            ),
            new(
                ["solver", "best, % of instances", "within twice the best", "within ten times", "ever solved"],
                [
                    .. profiles.Select(p =>
                        (IReadOnlyList<string>)
                            [p.Entrant, ShareAt(p, 1), ShareAt(p, 2), ShareAt(p, 10), ShareAt(p, double.MaxValue)]
                    ),
                ]
            ),
            profiles.Length > 2
                ? $"Read with care: there are {profiles.Length} solvers, and with more than two the order below the best one can change when a solver is left out (Gould and Scott 2016). Only the verdict's pairwise comparisons are tests."
                : "Two solvers: the order holds. With more than two the order below the best one could change when a solver is left out (Gould and Scott 2016).",
            drawn.Note,
            Thinned(lines.Max(p => p.Points.Count))
        );
    }

    public static Picture Anytime(BenchmarkSummary summary)
    {
        const string id = "anytime";
        const string title = "Anytime: gap over time";
        const string says =
            "Mean gap of the best answer so far, over instances and those runs that have one by then. Lower and further left is better.";
        var curves = summary.Figures.Anytime.Where(c => c.Points.Any(p => p.MeanGapPercent is not null)).ToArray();
        if (curves.Length == 0)
            return Picture.Nothing(id, title, says, "no run recorded when it found its answers.");
        var drawn = DrawnEntrants.Of(summary);
        var lines = curves.Where(c => drawn.Names.Contains(c.Entrant)).ToArray();
        return Picture.Of(
            id,
            title,
            says,
            Data(
                lines.Select(c =>
                    (c.Entrant, Spaced.Evenly(c.Points, MaxPoints).Select(p => (p.Seconds, p.MeanGapPercent)))
                )
            ),
            new(
                ["solver", "time, s", "mean gap, %", "runs with an answer, %"],
                [
                    .. curves.SelectMany(c =>
                        Spaced
                            .Evenly(c.Points, 12)
                            .Select(p =>
                                (IReadOnlyList<string>)
                                    [
                                        c.Entrant,
                                        Shown.Number(p.Seconds),
                                        Shown.Number(p.MeanGapPercent),
                                        Shown.Percent(p.ShareWithAnswer),
                                    ]
                            )
                    ),
                ]
            ),
            "A curve can rise: a run that gets its first answer late joins the mean with it. The table says how many runs had one.",
            drawn.Note,
            Thinned(lines.Max(c => c.Points.Count)),
            curves.Any(c => c.Points.Count > 12)
                ? "The table shows twelve points of each curve, first and last included."
                : null
        );
    }

    private static string ShareAt(PerformanceProfile profile, double ratio) =>
        Shown.Percent(profile.Points.Where(p => p.Ratio <= ratio).Select(p => p.Share).DefaultIfEmpty(0).Max());

    private static string? Thinned(int points) =>
        points > MaxPoints ? $"Lines of up to {points} points are thinned to {MaxPoints}." : null;

    private static JsonObject Data(IEnumerable<(string Entrant, IEnumerable<(double X, double? Y)> Points)> lines) =>
        new()
        {
            ["lines"] = new JsonArray([
                .. lines.Select(line => new JsonObject
                {
                    ["entrant"] = line.Entrant,
                    ["points"] = new JsonArray([
                        .. line.Points.Select(p => new JsonArray(
                            Shown.Drawn(p.X),
                            p.Y is { } y ? JsonValue.Create(Shown.Drawn(y)) : null
                        )),
                    ]),
                }),
            ]),
        };
}

using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>How much each solver's answer depends on the seed.</summary>
internal static class SeedSpreads
{
    private const string Id = "spread";
    private const string Title = "Seed spread";

    private const string Says =
        "One dot per instance: the standard deviation of the gap over seeds, in percentage points; the bar is the median of the dots. "
        + "Lower is steadier, and 0 means that every seed gave the same objective.";

    /// <summary>Dots per solver.</summary>
    private const int MaxDots = 100;

    public static Picture Of(BenchmarkSummary summary)
    {
        var spreads = summary
            .Entrants.Select(e =>
                (
                    Entrant: e.Name,
                    Values: summary
                        .Instances.Select(i => i.Entrants[e.Name]["seedSpread"].Value)
                        .OfType<double>()
                        .Order()
                        .ToArray()
                )
            )
            .Where(s => s.Values.Length > 0)
            .ToArray();
        if (spreads.Length == 0)
            return Picture.Nothing(Id, Title, Says, "no solver has two runs with an answer on any instance.");
        return Picture.Of(
            Id,
            Title,
            Says,
            new()
            {
                ["spreads"] = new JsonArray([
                    .. spreads.Select(s => new JsonObject
                    {
                        ["entrant"] = s.Entrant,
                        ["median"] = Shown.Drawn(Descriptive.Median(s.Values)),
                        ["dots"] = new JsonArray([
                            .. Spaced.Evenly(s.Values, MaxDots).Select(v => (JsonNode)Shown.Drawn(v)),
                        ]),
                    }),
                ]),
            },
            new(
                ["solver", "instances", "median, points", "most, points"],
                [
                    .. spreads.Select(s =>
                        (IReadOnlyList<string>)
                            [
                                s.Entrant,
                                Shown.Count(s.Values.Length),
                                Shown.Number(Descriptive.Median(s.Values)),
                                Shown.Number(s.Values[^1]),
                            ]
                    ),
                ]
            ),
            summary.Seeds.Count < 10 ? $"{summary.Seeds.Count} seeds: below ten a spread says little." : null,
            spreads.Any(s => s.Values.Length > MaxDots)
                ? $"Of each solver {MaxDots} dots are drawn, over their whole range; median and table use all."
                : null
        ) with
        {
            IsWide = spreads.Length > DrawnEntrants.Max,
        };
    }
}

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>What a run costs against how good it is; the front joins those that nobody beats in both.</summary>
internal static class CostAgainstQuality
{
    private const string Id = "pareto";
    private const string Title = "Cost against quality";

    /// <summary>More names would lie on top of each other.</summary>
    private const int MaxNames = 12;

    public static Picture Of(BenchmarkSummary summary)
    {
        var says =
            $"One dot per solver: mean cost of a run, in {summary.Currency}, and mean gap. Lower left is better. The line joins the Pareto front: "
            + "solvers that no other beats in both.";
        var points = summary
            .Entrants.Where(e => e is { Cost: not null, MeanGapPercent: not null })
            .Select(e => new Point(e, e.Cost!.Value, e.MeanGapPercent!.Value))
            .ToArray();
        if (points.Length == 0)
            return Picture.Nothing(Id, Title, says, "no solver has both a cost and a gap.");
        var front = Front([.. points.Where(p => p.IsWhole)]);
        var partial = points.Where(p => !p.IsWhole).Select(p => p.Entrant.Name).ToArray();
        var absent = summary.Entrants.Select(e => e.Name).Except(points.Select(p => p.Entrant.Name)).ToArray();
        return Picture.Of(
            Id,
            Title,
            says,
            new()
            {
                ["currency"] = summary.Currency,
                ["points"] = new JsonArray([
                    .. points.Select(p => new JsonObject
                    {
                        ["entrant"] = p.Entrant.Name,
                        ["cost"] = Shown.Drawn(p.Cost),
                        ["gap"] = Shown.Drawn(p.Gap),
                        ["whole"] = p.IsWhole,
                        ["named"] =
                            points.Length <= MaxNames || front.Contains(p) || p.Entrant.Role == EntrantRole.Candidate,
                    }),
                ]),
                ["front"] = new JsonArray([
                    .. front.Select(p => new JsonArray(Shown.Drawn(p.Cost), Shown.Drawn(p.Gap))),
                ]),
            },
            new(
                [
                    "solver",
                    $"cost of a run, {summary.Currency}",
                    "mean gap, %",
                    "runs with an answer, %",
                    "on the front",
                ],
                [
                    .. points.Select(p =>
                        (IReadOnlyList<string>)
                            [
                                p.Entrant.Name,
                                Shown.Number(p.Cost),
                                Shown.Number(p.Gap),
                                Shown.Percent(p.Entrant.FeasibilityRate.Value),
                                front.Contains(p) ? "yes" : "no",
                            ]
                    ),
                ]
            ),
            partial.Length == 0
                ? null
                : $"Hollow and never on the front, because some of their runs have no answer and their gap leaves those out: {string.Join(", ", partial)}.",
            points.Length > MaxNames
                ? "Only candidates and solvers on the front are named; the table has all, and the pointer names any dot."
                : null,
            absent.Length == 0
                ? null
                : $"Without a dot, for want of a cost or of any answer: {string.Join(", ", absent)}."
        );
    }

    /// <summary>By cost; nobody else is at least as good in both and better in one.</summary>
    private static List<Point> Front(IReadOnlyList<Point> points) =>
        [.. points.Where(p => !points.Any(q => q.Beats(p))).OrderBy(p => p.Cost).ThenBy(p => p.Gap)];

    private sealed record Point(EntrantSummary Entrant, double Cost, double Gap)
    {
        /// <summary>A solver that leaves out the hard instances looks better than it is.</summary>
        public bool IsWhole => Entrant.FeasibilityRate.Value == 1 && Entrant.Coverage >= 1;

        public bool Beats(Point other) =>
            Cost <= other.Cost && Gap <= other.Gap && (Cost < other.Cost || Gap < other.Gap);
    }
}

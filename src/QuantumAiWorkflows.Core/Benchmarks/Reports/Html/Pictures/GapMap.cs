using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks.Metrics;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html.Pictures;

/// <summary>Every instance with every solver: where a mean hides something, it shows here.</summary>
internal static class GapMap
{
    private const string Id = "map";
    private const string Title = "Instance by instance";

    private const string Says =
        "Rows are instances, smallest at the top, columns are solvers; colour, and number where there is room, is the mean gap over seeds in percent: from blue, near the reference, to red, far from it. "
        + "Grey cells have no answer at all.";

    /// <summary>Rows of the picture.</summary>
    private const int MaxInstances = 60;

    public static Picture Of(BenchmarkSummary summary)
    {
        if (summary.Instances.Count == 0 || summary.Entrants.Count == 0)
            return Picture.Nothing(Id, Title, Says, "the suite has no instances or no solvers.");
        var bySize = summary.Instances.OrderBy(i => i.NumVariables).ToArray();
        var rows = Spaced.Evenly(bySize, MaxInstances);
        string[] columns = [.. summary.Entrants.Select(e => e.Name)];
        return Picture.Of(
            Id,
            Title,
            Says,
            new()
            {
                ["entrants"] = new JsonArray([.. columns.Select(c => (JsonNode)c)]),
                ["instances"] = new JsonArray([.. rows.Select(i => (JsonNode)$"{i.Name} ({i.NumVariables})")]),
                ["gaps"] = new JsonArray([
                    .. rows.Select(i => new JsonArray([
                        .. columns.Select(c => Gap(i, c).Value is { } gap ? JsonValue.Create(Shown.Drawn(gap)) : null),
                    ])),
                ]),
            },
            new(
                ["instance", "variables", .. columns.Select(c => $"{c}, %")],
                [
                    .. bySize.Select(i =>
                        (IReadOnlyList<string>)
                            [
                                i.Name,
                                Shown.Count(i.NumVariables),
                                .. columns.Select(c => Gap(i, c).Value is { } gap ? Shown.Number(gap) : "no answer"),
                            ]
                    ),
                ]
            ),
            rows.Count < bySize.Length
                ? $"{rows.Count} of {bySize.Length} instances are drawn, evenly spaced by size."
                : null
        ) with
        {
            IsWide = true,
        };
    }

    private static Measurement Gap(InstanceSummary instance, string entrant) =>
        instance.Entrants[entrant]["gapToReference"];
}

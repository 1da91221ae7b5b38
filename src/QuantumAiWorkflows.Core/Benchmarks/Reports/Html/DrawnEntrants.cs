namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>The entrants that a picture of lines shows: more than a dozen lines cannot be told apart.</summary>
internal sealed record DrawnEntrants(IReadOnlySet<string> Names, string? Note)
{
    /// <summary>As many as the palette has colours.</summary>
    public const int Max = 12;

    /// <summary>Candidates first, then the smallest gap: those that the verdict turns on.</summary>
    public static DrawnEntrants Of(BenchmarkSummary summary)
    {
        var all = summary.Entrants;
        var chosen = all.OrderByDescending(e => e.Role == EntrantRole.Candidate)
            .ThenBy(e => e.MeanGapPercent ?? double.PositiveInfinity)
            .Take(Max)
            .Select(e => e.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new(
            chosen,
            all.Count > Max
                ? $"{Max} of {all.Count} entrants are drawn: candidates first, then those with the smallest mean gap. The table has all of them."
                : null
        );
    }
}

/// <summary>A sample of a long list, first and last included, in its order.</summary>
internal static class Spaced
{
    public static IReadOnlyList<T> Evenly<T>(IReadOnlyList<T> all, int count) =>
        all.Count <= count
            ? all
            : [.. Enumerable.Range(0, count).Select(k => all[(int)((long)k * (all.Count - 1) / (count - 1))])];
}

namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>
/// Holm's step-down correction for "at least one of these" (Scandinavian Journal of Statistics 6, 1979). Tests whose
/// smallest possible p exceeds alpha cannot reject, so they do not count (Tarone, Biometrics 46, 1990).
/// </summary>
public static class Holm
{
    /// <summary>Adjusted p by name; names left out could not have been significant.</summary>
    public static IReadOnlyDictionary<string, double> Adjust(
        IEnumerable<(string Name, double P, double SmallestP)> tests,
        double alpha
    )
    {
        var live = tests
            .Where(t => t.SmallestP <= alpha)
            .OrderBy(t => t.P)
            .ThenBy(t => t.Name, StringComparer.Ordinal)
            .ToArray();
        var adjusted = new Dictionary<string, double>(StringComparer.Ordinal);
        var highest = 0.0;
        for (var k = 0; k < live.Length; k++)
            adjusted[live[k].Name] = highest = Math.Max(highest, Math.Min(1, live[k].P * (live.Length - k)));
        return adjusted;
    }
}

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>The script that draws the pictures; it is inlined, so that the page needs no network.</summary>
/// <param name="Script">ECharts as one minified file; null when the build did not have it.</param>
/// <param name="Absence">Why there is no script, as a sentence for the reader; null when there is one.</param>
public sealed record ChartLibrary(string? Script, string? Absence)
{
    public static ChartLibrary Of(string script) =>
        // Either would end the script element early, whatever the browser makes of the rest.
        script.Contains("</script", StringComparison.OrdinalIgnoreCase)
        || script.Contains("<!--", StringComparison.Ordinal)
            ? new(null, "The chart library holds text that would end its script element, so it was left out.")
            : new(script, null);

    public static ChartLibrary Missing(string why) => new(null, why);
}

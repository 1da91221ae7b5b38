using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>Under which conditions the numbers were made, and what they mean.</summary>
internal static class HtmlConditions
{
    private static readonly JsonSerializerOptions WithoutNulls = new(StrictJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One line under the title.</summary>
    public static string Facts(BenchmarkSummary summary) =>
        $"{summary.Instances.Count} instances, {summary.Entrants.Count} solvers, {summary.Seeds.Count} seeds, "
        + $"{summary.Figures.Runs.Count} runs; purpose {JsonNames.Of(summary.Purpose)}; {summary.Id}";

    public static Markup Of(BenchmarkSummary summary) =>
        $"""
            <section aria-labelledby="conditions"><h2 id="conditions">Conditions</h2>
            <dl>
              <dt>Suite hash</dt><dd><code>{summary.SuiteHash}</code></dd>
              <dt>Budget of every run</dt><dd><code>{JsonSerializer.Serialize(summary.Budget, WithoutNulls)}</code></dd>
              <dt>Seeds</dt><dd>{string.Join(", ", summary.Seeds)}</dd>
              <dt>Target</dt><dd>a gap of at most {Shown.Number(
                summary.Comparison.TargetGapPercent
            )} %; cost mode {JsonNames.Of(summary.Comparison.CostMode)}</dd>
              <dt>Prices</dt><dd>{summary.PriceList.Id} {summary.PriceList.Version}, in {summary.Currency} (<code>{summary.PriceList.Hash}</code>)</dd>
              {summary.Environments.Select(e =>
                (Markup)
                    $"<dt>Machine</dt><dd>{e.CpuModel}, {e.Cores} cores, {Shown.Number(e.MemoryBytes / 1e9)} GB, {e.Os}, {e.DotNet}, {e.Simd}, build {e.Build}{(e.GitCommit is { } commit ? $", commit {commit}" : "")}</dd>"
            )}
              {summary.Entrants.Select(e =>
                (Markup)
                    $"<dt>{e.Name}</dt><dd>solver {e.Solver} {string.Join(", ", e.Versions)}{(e.OptionsText is { } options ? (Markup)$", options <code>{options}</code>" : Markup.Nothing)}</dd>"
            )}
            </dl>
            {Metrics(summary).Folded("What the metrics mean", "Metrics of the JSON and CSV reports")}
            </section>
            """;

    private static PictureTable Metrics(BenchmarkSummary summary) =>
        new(
            ["metric", "unit", "definition", "source"],
            [.. summary.Metrics.Select(m => (IReadOnlyList<string>)[m.Id, m.Unit, m.Definition, m.Source])]
        );
}

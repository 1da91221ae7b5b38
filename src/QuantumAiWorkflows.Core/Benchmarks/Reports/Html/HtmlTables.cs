using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>The numbers behind verdict and pictures: entrants, runs without a result, the gate, every run.</summary>
internal static class HtmlTables
{
    public static Markup Of(BenchmarkSummary summary) =>
        $"""
            <section aria-labelledby="entrants"><h2 id="entrants">Solvers</h2>
            {Entrants(summary).ToMarkup("Every solver over all instances")}
            {Uncovered(summary)}
            {Gate(summary.Gate)}
            {Runs(summary).Folded(
                $"Every run ({summary.Figures.Runs.Count})",
                "Every counted run; ids resolve at /v1/runs/{id}"
            )}
            </section>
            """;

    private static PictureTable Entrants(BenchmarkSummary summary) =>
        new(
            [
                "solver",
                "role",
                "paradigm",
                "runs",
                "mean gap, %",
                "success, % [95 %]",
                "feasible, %",
                "wall, s",
                "CPU, s",
                "peak memory, MB",
                $"cost of a run, {summary.Currency}",
                $"TTS99, s (shift {Shown.Number(EntrantSummary.Tts99Shift)} s)",
                "coverage, %",
            ],
            [
                .. summary.Entrants.Select(e =>
                    (IReadOnlyList<string>)
                        [
                            e.Name,
                            JsonNames.Of(e.Role),
                            JsonNames.Of(e.Paradigm),
                            Shown.Count(e.Runs),
                            Shown.Number(e.MeanGapPercent),
                            Shown.Share(e.SuccessRate),
                            Shown.Percent(e.FeasibilityRate.Value),
                            Shown.Number(e.WallSeconds),
                            Shown.Number(e.CpuSeconds),
                            Shown.Number(e.PeakMemoryBytes / 1e6),
                            Shown.Number(e.Cost),
                            e.Tts99Seconds is null
                                ? $"not reached ({e.InstancesSolved} of {summary.Instances.Count} solved)"
                                : Shown.Number(e.Tts99Seconds),
                            Shown.Percent(e.Coverage),
                        ]
                ),
            ]
        );

    private static Markup Uncovered(BenchmarkSummary summary)
    {
        var rows = summary.Entrants.SelectMany(e => e.Uncovered.Select(u => (Entrant: e.Name, Why: u))).ToArray();
        return rows.Length == 0
            ? Markup.Nothing
            : new PictureTable(
                ["solver", "runs", "state", "reason", "needed", "limit"],
                [
                    .. rows.Select(r =>
                        (IReadOnlyList<string>)
                            [
                                r.Entrant,
                                Shown.Count(r.Why.Runs),
                                r.Why.State is { } state ? JsonNames.Of(state) : "missing",
                                r.Why.Reason,
                                WithUnit(r.Why.Needed, r.Why.Unit),
                                WithUnit(r.Why.Limit, r.Why.Unit),
                            ]
                    ),
                ]
            ).ToMarkup("Runs without a result");
    }

    private static Markup Gate(GateResult gate) =>
        gate.Checks.Count == 0
            ? Markup.Nothing
            : new PictureTable(
                ["check", "entrant", "limit", "observed", "result", "note"],
                [
                    .. gate.Checks.Select(c =>
                        (IReadOnlyList<string>)
                            [
                                c.Name,
                                c.Entrant ?? "",
                                c.Limit?.ToString() ?? "",
                                c.Observed?.ToString() ?? "",
                                Passed(c.Passed),
                                c.Note ?? "",
                            ]
                    ),
                ]
            ).ToMarkup($"Gate: {Passed(gate.Passed)}");

    private static PictureTable Runs(BenchmarkSummary summary) =>
        new(
            [
                "run",
                "instance",
                "solver",
                "seed",
                "state",
                "objective",
                "gap, %",
                "hit",
                "wall, s",
                "CPU, s",
                "cost",
                "machine",
            ],
            [
                .. summary.Figures.Runs.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            r.Id.ToString(),
                            r.Instance,
                            r.Entrant,
                            r.Seed.ToString(CultureInfo.InvariantCulture),
                            JsonNames.Of(r.State),
                            r.Objective?.ToString("R", CultureInfo.InvariantCulture) ?? Shown.None,
                            Shown.Number(r.GapPercent),
                            r.Hit ? "yes" : "no",
                            Shown.Number(r.WallSeconds),
                            Shown.Number(r.CpuSeconds),
                            Shown.Number(r.Cost),
                            r.Busy ? "busy" : "",
                        ]
                ),
            ]
        );

    private static string WithUnit(double? value, string? unit) =>
        value is null ? Shown.None : $"{Shown.Number(value)} {unit}";

    private static string Passed(bool? passed) =>
        passed is null ? "open"
        : passed.Value ? "passed"
        : "failed";
}

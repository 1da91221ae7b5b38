using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>The report for people: the answer first, then what it rests on, and what it does not cover.</summary>
public static class MarkdownReport
{
    public static string Of(BenchmarkSummary summary)
    {
        var text = new StringBuilder();
        Line(text, $"# Benchmark {Cell(summary.Name)}");
        Line(text, "");
        foreach (var verdict in summary.Verdicts)
            AppendVerdict(text, verdict);
        AppendEntrants(text, summary);
        AppendUncovered(text, summary);
        AppendInstances(text, summary);
        foreach (var verdict in summary.Verdicts)
            AppendDimensions(text, verdict);
        EvidenceReport.Append(text, summary);
        EconomicsReport.Append(text, summary);
        AppendGate(text, summary.Gate);
        Section(text, "Limitations");
        foreach (var limitation in summary.Limitations)
            Line(text, $"- {Cell(limitation)}");
        Line(text, "");
        AppendConditions(text, summary);
        return text.ToString();
    }

    private static void AppendVerdict(StringBuilder text, Verdict verdict)
    {
        Line(
            text,
            $"**{JsonNames.Of(verdict.Outcome)}** ({Cell(verdict.Candidate)}{Evidence(verdict)}): {Cell(verdict.Summary)}"
        );
        Line(text, "");
        if (verdict.Conditions.Count > 0)
            Line(
                text,
                $"Against {Cell(verdict.StrongestBaseline!)}: {string.Join(", ", verdict.Conditions.Select(c => $"{c.Name} {JsonNames.Of(c.State)}{(c.InstancesNeeded is { } n ? $" (about {n} instances would settle it)" : "")}"))}."
            );
        if (verdict.Missing.Count > 0)
            Line(text, $"Missing for adopt: {string.Join(", ", verdict.Missing.Select(m => JsonNames.Of(m)))}.");
        Line(
            text,
            $"Rigour {verdict.Rigour.Score} of 100{(verdict.Rigour.Needs.Count == 0 ? "" : $"; short of {string.Join(", ", verdict.Rigour.Needs.Select(n => $"{n.Name} ({n.Have} of {n.Need})"))}")}."
        );
        Line(text, "");
    }

    private static void AppendEntrants(StringBuilder text, BenchmarkSummary summary)
    {
        Section(text, "Entrants");
        Row(
            text,
            "entrant",
            "role",
            "paradigm",
            "mean gap, %",
            "success, % [95 %]",
            "feasible, %",
            "wall, s",
            "CPU, s",
            "peak memory, MB",
            $"cost per run, {summary.Currency}",
            $"TTS99, s (shift {Number(EntrantSummary.Tts99Shift)} s)",
            "coverage, %"
        );
        Row(text, [.. Enumerable.Repeat("---", 12)]);
        foreach (var e in summary.Entrants)
            Row(
                text,
                e.Name,
                JsonNames.Of(e.Role),
                JsonNames.Of(e.Paradigm),
                Number(e.MeanGapPercent),
                Percent(e.SuccessRate),
                Percent(e.FeasibilityRate.Value),
                Number(e.WallSeconds),
                Number(e.CpuSeconds),
                Number(e.PeakMemoryBytes / 1e6),
                Number(e.Cost),
                e.Tts99Seconds is null
                    ? $"not reached ({e.InstancesSolved} of {summary.Instances.Count} solved)"
                    : Number(e.Tts99Seconds),
                Percent(e.Coverage)
            );
        Line(text, "");
    }

    private static void AppendUncovered(StringBuilder text, BenchmarkSummary summary)
    {
        var all = summary.Entrants.SelectMany(e => e.Uncovered.Select(u => (Entrant: e.Name, Why: u))).ToArray();
        if (all.Length == 0)
            return;
        Section(text, "Runs without a result");
        Row(text, "entrant", "runs", "state", "reason", "needed", "limit");
        Row(text, [.. Enumerable.Repeat("---", 6)]);
        foreach (var (entrant, why) in all)
            Row(
                text,
                entrant,
                Integer(why.Runs),
                why.State is { } state ? JsonNames.Of(state) : "missing",
                why.Reason,
                WithUnit(why.Needed, why.Unit),
                WithUnit(why.Limit, why.Unit)
            );
        Line(text, "");
    }

    private static void AppendInstances(StringBuilder text, BenchmarkSummary summary)
    {
        Section(text, "Instances: mean gap in % (success in %)");
        Row(text, ["instance", "variables", "reference", .. summary.Entrants.Select(e => e.Name)]);
        Row(text, [.. Enumerable.Repeat("---", 3 + summary.Entrants.Count)]);
        foreach (var instance in summary.Instances)
            Row(
                text,
                [
                    instance.Name,
                    Integer(instance.NumVariables),
                    instance.Reference is { } r
                        ? $"{r.Objective.ToString("R", CultureInfo.InvariantCulture)} ({r.Source})"
                        : "none",
                    .. summary.Entrants.Select(e => Gap(instance.Entrants[e.Name])),
                ]
            );
        Line(text, "");
    }

    private static string Gap(IReadOnlyDictionary<string, Measurement> metrics) =>
        metrics["gapToReference"].Value is { } gap
            ? $"{Number(gap)} ({Percent(metrics["successRate"].Value)})"
            : "no answer";

    private static void AppendDimensions(StringBuilder text, Verdict verdict)
    {
        Section(text, $"{verdict.Candidate} against every classical entrant (alpha {Number(verdict.Alpha)})");
        Row(
            text,
            "baseline",
            "strength",
            "outcome",
            "dimension",
            "result",
            $"effect [{Number(verdict.ConfidencePercent)} %]",
            "total",
            "n",
            "p",
            "p (Holm)"
        );
        Row(text, [.. Enumerable.Repeat("---", 10)]);
        foreach (var against in verdict.Against)
        foreach (var d in against.Dimensions)
            Row(
                text,
                against.Baseline,
                JsonNames.Of(against.Strength),
                JsonNames.Of(against.Outcome),
                d.Title,
                JsonNames.Of(d.Outcome),
                $"{Number(d.Effect)} [{Number(d.Low)}, {Number(d.High)}]",
                Number(d.Total),
                Integer(d.N),
                Number(d.P),
                Number(d.PHolm)
            );
        Line(text, "");
        Line(
            text,
            "Ratios are baseline over candidate, points candidate's advantage: above 1, or above 0, the candidate is better."
        );
        Line(text, "");
    }

    private static void AppendGate(StringBuilder text, GateResult gate)
    {
        if (gate.Checks.Count == 0)
            return;
        Section(text, $"Gate: {Passed(gate.Passed)}");
        Row(text, "check", "entrant", "limit", "observed", "result", "note");
        Row(text, [.. Enumerable.Repeat("---", 6)]);
        foreach (var check in gate.Checks)
            Row(
                text,
                check.Name,
                check.Entrant ?? "",
                check.Limit?.ToString() ?? "",
                check.Observed?.ToString() ?? "",
                Passed(check.Passed),
                check.Note ?? ""
            );
        Line(text, "");
    }

    private static void AppendConditions(StringBuilder text, BenchmarkSummary summary)
    {
        Section(text, "Conditions");
        Line(
            text,
            $"- Suite hash `{summary.SuiteHash}`, benchmark `{summary.Id}`, purpose {JsonNames.Of(summary.Purpose)}."
        );
        Line(text, $"- Budget of every run: `{JsonSerializer.Serialize(summary.Budget, StrictJson.Options)}`.");
        Line(text, $"- Seeds: {string.Join(", ", summary.Seeds)}.");
        Line(
            text,
            $"- Target gap {Number(summary.Comparison.TargetGapPercent)} %, cost mode {JsonNames.Of(summary.Comparison.CostMode)}."
        );
        Line(
            text,
            $"- Prices: {Cell(summary.PriceList.Id)} {Cell(summary.PriceList.Version)} (`{summary.PriceList.Hash}`), in {Cell(summary.Currency)}."
        );
        foreach (var e in summary.Environments)
            Line(
                text,
                $"- Machine: {Cell(e.CpuModel)}, {e.Cores} cores, {Number(e.MemoryBytes / 1e9)} GB, {Cell(e.Os)}, {Cell(e.DotNet)}, {Cell(e.Simd)}, build {Cell(e.Build)}{(e.GitCommit is { } commit ? $", commit {Cell(commit)}" : "")}."
            );
        foreach (var e in summary.Entrants)
            Line(
                text,
                $"- {Cell(e.Name)}: solver {Cell(e.Solver)} {Cell(string.Join(", ", e.Versions))}{(e.OptionsText is { } options ? $", options {Cell(options)}" : "")}, {e.Runs} runs."
            );
    }

    internal static void Section(StringBuilder text, string title) => Line(text, $"## {Cell(title)}\n");

    internal static void Row(StringBuilder text, params string[] cells) =>
        Line(text, $"| {string.Join(" | ", cells.Select(Cell))} |");

    internal static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    /// <summary>Names come from clients: nothing in them may end a cell, a line, or start HTML or a link.</summary>
    internal static string Cell(string text) =>
        VisibleText
            .Of(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("](", "]\\(", StringComparison.Ordinal)
            .Replace("\r", " ", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);

    private static string Evidence(Verdict verdict) =>
        verdict.Scope.EvidenceLevel is { } level ? $", evidence level {JsonNames.Of(level)}" : "";

    private static string Passed(bool? passed) =>
        passed is null ? "open"
        : passed.Value ? "passed"
        : "failed";

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "-";

    private static string WithUnit(double? value, string? unit) => value is null ? "-" : $"{Number(value)} {unit}";

    private static string Percent(double? value) => Number(100 * value);

    private static string Percent(Measurement share)
    {
        var wilson = share.Intervals.FirstOrDefault(i => i.Method == "wilson");
        return wilson is null ? "-" : $"{Percent(share.Value)} [{Percent(wilson.Low)}, {Percent(wilson.High)}]";
    }
}

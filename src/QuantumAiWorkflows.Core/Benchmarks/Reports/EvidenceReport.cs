using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Input;
using static QuantumAiWorkflows.Benchmarks.Reports.MarkdownReport;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>What a verdict leans on besides its own runs, in Markdown: how strong the baselines are, and what a replay reproduced.</summary>
internal static class EvidenceReport
{
    public static void Append(StringBuilder text, BenchmarkSummary summary)
    {
        if (summary.Strength is { } strength)
            AppendStrength(text, strength);
        if (summary.Replay is { } replay)
            AppendReplay(text, replay);
    }

    private static void AppendStrength(StringBuilder text, StrengthGate strength)
    {
        Section(text, "Strength of the baselines, on calibration instances");
        Row(text, "baseline", "strength", "instances", "within 1 %", "proved", "mean gap, %");
        Row(text, [.. Enumerable.Repeat("---", 6)]);
        foreach (var r in strength.Ratings)
            Row(
                text,
                r.Entrant,
                JsonNames.Of(r.Strength),
                Count(r.Instances),
                Count(r.Within),
                Count(r.Proved),
                Number(r.MeanGapPercent)
            );
        Line(text, "");
        Line(
            text,
            "Gaps are to the best of all classical solvers at ten times the budget; strong is 80 % of the instances within 1 %, or proved. "
                + (
                    strength.Discriminates
                        ? "An annealer of one sweep does not pass."
                        : "An annealer of one sweep passes, or could not run, so only proofs count."
                )
        );
        Line(text, "");
    }

    private static void AppendReplay(StringBuilder text, ReplaySummary replay)
    {
        Section(text, "Replay");
        var rate = replay.ReproducibilityRate;
        var wilson = rate.Intervals.Count == 0 ? null : rate.Intervals[0];
        Line(
            text,
            $"Of {replay.Runs} runs of benchmark `{replay.Of}`, {Number(100 * rate.Value)} % [{Number(100 * wilson?.Low)}, {Number(100 * wilson?.High)}] came out the same. {Cell(rate.Note ?? "")}"
        );
        Line(text, "");
        foreach (var change in replay.Verdicts.Where(v => v.Before is not null))
            Line(
                text,
                $"- {Cell(change.Candidate)}: {JsonNames.Of(change.Before!.Value)} then, {JsonNames.Of(change.Now)} now{(change.Flipped ? ": **the verdict flipped**" : "")}."
            );
        foreach (var d in replay.Differences)
            Line(
                text,
                $"- {Cell(d.Instance)}, {Cell(d.Entrant)}, seed {d.Seed.ToString(CultureInfo.InvariantCulture)}: {Cell(d.Difference)}{(d.EndedByClock ? " (ended by the clock)" : "")}; runs `{d.Stored}` and `{d.Rerun}`."
            );
        Line(text, "");
    }

    private static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);
}

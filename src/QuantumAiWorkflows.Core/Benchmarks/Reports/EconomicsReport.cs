using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using static QuantumAiWorkflows.Benchmarks.Reports.MarkdownReport;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>Money in reports beyond the cost of a run: as on hardware, business value, ownership, and what would change the verdict.</summary>
internal static class EconomicsReport
{
    public static void Append(StringBuilder text, BenchmarkSummary summary)
    {
        AppendHardware(text, summary);
        foreach (var verdict in summary.Verdicts)
        {
            AppendBusinessValue(text, verdict);
            AppendThresholds(text, verdict);
        }
        if (summary.Tco is { } tco)
            AppendTco(text, tco);
        if (summary.FutureRelevance is not { } future)
            return;
        Section(text, "Future relevance (not part of the verdict)");
        Line(text, Cell(future));
        Line(text, "");
    }

    /// <summary>Rows of the CSV report: benchmark, instance, entrant, metric, value, unit, low, high, interval, note.</summary>
    public static void AppendRows(BenchmarkSummary summary, Action<string[]> row)
    {
        if (summary.AsHardware is { } model)
            foreach (var e in summary.Entrants.Where(e => e.CostAsHardware is not null))
                Add(
                    e.Name,
                    "costAsHardware",
                    e.CostAsHardware,
                    model.Currency,
                    note: $"modelled for {model.Profile}: {model.Model}"
                );
        foreach (var verdict in summary.Verdicts)
        {
            if (verdict.BusinessValue is { } value)
                Add(
                    verdict.Candidate,
                    "businessValue",
                    value.Amount,
                    $"{value.Currency} per {value.Period}",
                    value.Low,
                    value.High,
                    "signedRank",
                    value.Note ?? $"against {value.Baseline}"
                );
            foreach (var change in verdict.WhatWouldChange)
                Add(
                    verdict.Candidate,
                    $"whatWouldChange.{change.Parameter}",
                    change.Threshold,
                    change.Unit,
                    note: change.Note
                );
        }
        foreach (var c in summary.Tco?.Comparisons ?? [])
            Add(
                c.Option,
                "netPresentValueDifference",
                c.NetPresentValueDifference,
                summary.Tco!.Currency,
                c.Low,
                c.High,
                c.Low is null ? "" : "businessValue",
                $"against {c.Reference}; break-even {c.BreakEven}"
            );

        void Add(
            string entrant,
            string metric,
            double? value,
            string unit,
            double? low = null,
            double? high = null,
            string interval = "",
            string note = ""
        ) => row([summary.Name, "", entrant, metric, Exact(value), unit, Exact(low), Exact(high), interval, note]);
    }

    private static void AppendHardware(StringBuilder text, BenchmarkSummary summary)
    {
        if (summary.AsHardware is not { } model)
            return;
        Section(text, "Cost of a run as simulated and as on hardware");
        Row(text, "entrant", $"as it ran, {summary.Currency}", $"modelled for a processor, {model.Currency}");
        Row(text, "---", "---", "---");
        foreach (var e in summary.Entrants.Where(e => e.CostAsHardware is not null))
            Row(text, e.Name, Number(e.Cost), Number(e.CostAsHardware));
        Line(text, "");
        Line(
            text,
            $"An estimate, nothing of it measured: hardware profile {Cell(model.Profile)} {Cell(model.ProfileVersion)}, price list {Cell(model.PriceList.Id)} {Cell(model.PriceList.Version)}; {Cell(model.Model)}. Error mitigation, qubit routing and the classical loop are left out."
        );
        Line(text, "");
    }

    private static void AppendBusinessValue(StringBuilder text, Verdict verdict)
    {
        if (verdict.BusinessValue is not { } value)
            return;
        Section(text, $"Business value of {verdict.Candidate}");
        Line(
            text,
            value.Amount is { } amount
                ? $"{Number(amount)} [{Number(value.Low)}, {Number(value.High)}] {Cell(value.Currency)} per {Cell(value.Period)} more than {Cell(value.Baseline)} ({Number(100 * value.Confidence)} % interval, {value.Instances} instances)."
                : $"Not shown. {Cell(value.Note ?? "")}"
        );
        Line(text, "");
    }

    private static void AppendThresholds(StringBuilder text, Verdict verdict)
    {
        if (verdict.WhatWouldChange.Count == 0)
            return;
        Section(text, $"What would change the verdict of {verdict.Candidate}");
        foreach (var change in verdict.WhatWouldChange)
            Line(text, $"- **{Cell(change.Parameter)}**: {Cell(change.Note)}");
        Line(text, "");
    }

    private static void AppendTco(StringBuilder text, TcoResult tco)
    {
        Section(text, $"Cost of ownership over {tco.HorizonMonths} months, {tco.Currency}");
        Row(text, ["present value", .. tco.Options.Select(o => o.Name)]);
        Row(text, [.. Enumerable.Repeat("---", 1 + tco.Options.Count)]);
        foreach (var item in Enum.GetValues<TcoItem>().Select(i => JsonNames.Of(i)))
            Row(text, [item, .. tco.Options.Select(o => Number(Present(o, item)))]);
        Row(text, ["cost", .. tco.Options.Select(o => Number(o.PresentCost))]);
        Row(text, ["benefit", .. tco.Options.Select(o => Number(o.PresentBenefit))]);
        Row(text, ["net present value", .. tco.Options.Select(o => Number(o.NetPresentValue))]);
        Line(text, "");
        foreach (var c in tco.Comparisons)
        {
            var range = c.Low is null ? "" : $" [{Number(c.Low)}, {Number(c.High)}]";
            var widest = c.Sensitivity.Count == 0 ? null : c.Sensitivity[0];
            Line(
                text,
                $"- {Cell(c.Option)} against {Cell(c.Reference)}: net present value {Number(c.NetPresentValueDifference)}{range} {Cell(tco.Currency)}, break-even {c.BreakEven}"
                    + (
                        widest is null
                            ? "."
                            : $"; it hangs most on {Cell(widest.Input)}: {Number(widest.AtLower)} to {Number(widest.AtHigher)} for -{Number(widest.Percent)} % to +{Number(widest.Percent)} %."
                    )
            );
        }
        foreach (
            var unknown in tco.Options.SelectMany(o =>
                o.Costs.Where(c => c.Amount is null).Select(c => (o.Name, Cost: c))
            )
        )
            Line(text, $"- {Cell(unknown.Name)}, {Cell(unknown.Cost.Item)}: {Cell(unknown.Cost.Formula)}");
        Line(text, "");
    }

    private static double? Present(TcoOptionResult option, string item)
    {
        var lines = option.Costs.Where(c => c.Item == item).ToArray();
        return lines.Any(l => l.PresentValue is null) ? null : lines.Sum(l => l.PresentValue);
    }

    private static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

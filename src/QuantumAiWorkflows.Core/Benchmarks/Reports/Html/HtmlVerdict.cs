using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>The answer, on top of the page: outcome, sentence, what is missing, how rigorous, what is open, what it does not cover.</summary>
internal static class HtmlVerdict
{
    public static Markup Of(BenchmarkSummary summary) =>
        $"""
            {(summary.Verdicts.Count == 0 ? NoVerdict : Markup.Join(summary.Verdicts.Select(Card)))}
            <section aria-labelledby="limitations"><h2 id="limitations">Limitations</h2>
            <ul class="limitations">{summary.Limitations.Select(l => (Markup)$"<li>{l}</li>")}</ul></section>
            """;

    private static Markup NoVerdict { get; } =
        $"""<section class="verdict none"><p class="outcome">no verdict</p><p class="sentence">No entrant is a candidate, so nothing was judged.</p></section>""";

    private static Markup Card(Verdict verdict) =>
        $"""
            <section class="verdict {JsonNames.Of(verdict.Outcome)}" aria-label="Verdict on {verdict.Candidate}">
              <p class="outcome"><strong>{Words(verdict.Outcome)}</strong> <span>{verdict.Candidate}{Evidence(verdict)}{Against(
                verdict
            )}</span></p>
              <p class="sentence">{verdict.Summary}</p>
              {Missing(verdict)}
              {RigourOf(verdict.Rigour)}
              <div class="columns">
              <div><h3>Conditions for adopt</h3>{Conditions(verdict)}</div>
              <div><h3>Dimensions</h3>{Dimensions(
                verdict,
                verdict.Dimensions,
                $"{verdict.Candidate} against {verdict.StrongestBaseline ?? "nobody"}"
            )}</div>
              </div>
              {EveryBaseline(verdict)}
              {Families(verdict)}
            </section>
            """;

    private static string Words(VerdictOutcome outcome) =>
        outcome switch
        {
            VerdictOutcome.Adopt => "adopt",
            VerdictOutcome.KeepClassical => "keep classical",
            _ => "inconclusive",
        };

    private static string Evidence(Verdict verdict) =>
        verdict.Scope.EvidenceLevel is { } level ? $" (evidence level {JsonNames.Of(level)})" : "";

    private static string Against(Verdict verdict) =>
        verdict.StrongestBaseline is { } baseline
            ? $" against {baseline}, the baseline with the worst outcome for it"
            : "";

    private static Markup Missing(Verdict verdict) =>
        verdict.Missing.Count == 0
            ? (Markup)$"""<p class="missing">No evidence is missing.</p>"""
            : $"""<p class="missing">Missing for adopt: {verdict.Missing.Select(m => (Markup)$"<code>{JsonNames.Of(m)}</code> ")}</p>""";

    private static Markup RigourOf(Rigour rigour)
    {
        var needs = rigour.Needs.Select(n => $"{n.Name} {n.Have} of {n.Need}").ToArray();
        return $"""
            <p class="rigour"><label>Rigour <meter min="0" max="100" low="60" high="99" optimum="100" value="{rigour.Score}">{rigour.Score}</meter>
            {rigour.Score} of 100</label>{(
                needs.Length == 0 ? "; nothing is short." : $"; short of {string.Join(", ", needs)}."
            )}</p>
            """;
    }

    private static Markup Conditions(Verdict verdict) =>
        verdict.Conditions.Count == 0
            ? $"""<p class="absent">There is nobody to compare with.</p>"""
            : new PictureTable(
                ["condition", "state", "instances that would settle it"],
                [
                    .. verdict.Conditions.Select(c =>
                        (IReadOnlyList<string>)
                            [
                                c.Name,
                                JsonNames.Of(c.State),
                                c.InstancesNeeded is { } needed ? Shown.Count(needed)
                                : c.State == ConditionState.Open ? "cannot be told"
                                : "",
                            ]
                    ),
                ]
            ).ToMarkup("Conditions against the strongest baseline");

    private static Markup Dimensions(Verdict verdict, IReadOnlyList<VerdictDimension> dimensions, string caption) =>
        new PictureTable(
            [
                "dimension",
                "result",
                $"effect [{Shown.Number(verdict.ConfidencePercent)} %]",
                "total",
                "n",
                "p",
                "p (Holm)",
            ],
            [
                .. dimensions.Select(d =>
                    (IReadOnlyList<string>)
                        [
                            d.Title,
                            JsonNames.Of(d.Outcome),
                            $"{Shown.Number(d.Effect)} [{Shown.Number(d.Low)}, {Shown.Number(d.High)}]",
                            Shown.Number(d.Total),
                            Shown.Count(d.N),
                            Shown.Number(d.P),
                            Shown.Number(d.PHolm),
                        ]
                ),
            ]
        ).ToMarkup(caption);

    private static Markup EveryBaseline(Verdict verdict) =>
        verdict.Against.Count == 0
            ? Markup.Nothing
            : $"""
                <details><summary>Against every classical entrant ({verdict.Against.Count}), alpha {Shown.Number(
                    verdict.Alpha
                )}</summary>
                <p class="says">Ratios are baseline over candidate, points the candidate's advantage: above 1, or above 0, the candidate is better.</p>
                {verdict.Against.Select(a =>
                    Dimensions(verdict, a.Dimensions, $"Against {a.Baseline} ({JsonNames.Of(a.Strength)}): {Words(a.Outcome)}")
                )}
                </details>
                """;

    private static Markup Families(Verdict verdict) =>
        verdict.ByFamily is not { Count: > 0 } families
            ? Markup.Nothing
            : $"""
                <h3>By family</h3>
                <ul>{families.Select(f =>
                    (Markup)
                        $"<li>{string.Join(", ", f.Scope.Families)}: <strong>{Words(f.Outcome)}</strong>. {f.Summary}</li>"
                )}</ul>
                """;
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>The suite's gate, evaluated: what a continuous-integration job exits on.</summary>
/// <param name="Passed">False when any check failed; null when none did but some could not be told, or there is no gate.</param>
public sealed record GateResult(bool? Passed, IReadOnlyList<GateCheck> Checks)
{
    /// <param name="verdicts">Of the finished benchmark; null while it runs, which leaves everything open.</param>
    /// <param name="earlier">The benchmark that <c>compareWith</c> names; null when there is none.</param>
    public static GateResult Of(Results results, IReadOnlyList<Verdict>? verdicts, Results? earlier = null)
    {
        if (results.Benchmark.Suite.Gate is not { } gate || verdicts is null)
            return new(null, []);
        var checks = new List<GateCheck>();
        if (gate.MaxGapPercent is { } limit)
            checks.AddRange(Gated(results.Benchmark).Select(e => MaxGap(results, e, limit)));
        if (gate.RequireVerdict is { } required)
            checks.AddRange(verdicts.Select(v => Outcome(v, required)));
        if (gate.CompareWith is not null || gate.Baseline is not null)
            checks.AddRange(
                RegressionGate.Checks(
                    results,
                    gate.Baseline ?? (earlier is null ? null : RegressionBaseline.Of(earlier)),
                    gate.MaxRegressionPercent
                )
            );
        checks.AddRange(Milestones.Checks(results, gate.Milestones));
        checks.AddRange(ScoringRules.Checks(results, gate.Rules));
        return new(
            checks.Any(c => c.Passed == false) ? false
                : checks.Count == 0 || checks.Any(c => c.Passed is null) ? null
                : true,
            checks
        );
    }

    /// <summary>The candidates; everybody when there is none.</summary>
    private static IEnumerable<Entrant> Gated(Benchmark benchmark)
    {
        var candidates = benchmark.Entrants.Where(e => e.Role == EntrantRole.Candidate).ToArray();
        return candidates.Length > 0 ? candidates : benchmark.Entrants;
    }

    private static GateCheck MaxGap(Results results, Entrant entrant, double limit)
    {
        var gap = new GapToReference();
        var cells = results.Benchmark.Instances.Select(i => results[i, entrant]).ToArray();
        // A run without an answer has no gap; letting it drop out of the mean would reward failing on the hard ones.
        var isWhole = cells.All(c => c.Runs.Count == c.PlannedSeeds && c.Feasible.Count() == c.Runs.Count);
        double? observed = isWhole ? ExactSum.Mean([.. cells.Select(c => gap.Measure(c).Value!.Value)]) : null;
        return new("maxGapPercent", limit, observed, observed <= limit)
        {
            Entrant = entrant.Name,
            Note = isWhole ? null : "Some runs have no feasible result, so there is no mean gap.",
        };
    }

    private static GateCheck Outcome(Verdict verdict, VerdictOutcome required) =>
        new("requireVerdict", JsonNames.Of(required), JsonNames.Of(verdict.Outcome), verdict.Outcome == required)
        {
            Entrant = verdict.Candidate,
        };
}

/// <param name="Limit">What the gate asks for: a number, or an outcome.</param>
/// <param name="Observed">Null when there is nothing to observe.</param>
/// <param name="Passed">Null when it cannot be told.</param>
public sealed record GateCheck(string Name, JsonNode? Limit, JsonNode? Observed, bool? Passed)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entrant { get; init; }

    /// <summary>Why a rule that is not kept, or not known to be, counts as passed; null where nothing was waived.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Waived { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

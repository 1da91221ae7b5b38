using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>A limit that every candidate has to keep before anybody uses it: model risk, cost, operation (D-04).</summary>
public sealed record ScoringRule
{
    [Description("Shown with the result, such as \"model risk: feasible in nearly all runs\".")]
    [Length(1, 200)]
    public required string Name { get; init; }

    [Description("Id of a metric, in its own unit: the report lists them.")]
    [Length(1, 100)]
    public required string Metric { get; init; }

    [Description("The mean over instances must be at least this.")]
    [Range(-1e150, 1e150)]
    public double? Min { get; init; }

    [Description("The mean over instances must be at most this.")]
    [Range(-1e150, 1e150)]
    public double? Max { get; init; }

    [Description("Why the rule is not applied; its result is then waived, and shown with this reason.")]
    [Length(1, 1000)]
    public string? Waiver { get; init; }
}

internal static class ScoringRules
{
    public static IEnumerable<GateCheck> Checks(Results results, IReadOnlyList<ScoringRule> rules) =>
        results
            .Benchmark.Entrants.Where(e => e.Role == EntrantRole.Candidate)
            .SelectMany(candidate => rules.Select(rule => Check(results, candidate, rule)));

    private static GateCheck Check(Results results, Entrant candidate, ScoringRule rule)
    {
        var metric = BenchmarkMetrics.Find(rule.Metric);
        var values = results.Benchmark.Instances.Select(i => metric.Measure(results[i, candidate]).Value).ToArray();
        // An instance without a value is not left out: whatever kept it from having one may be the risk.
        double? observed =
            values.Length > 0 && values.All(v => v is not null) ? ExactSum.Mean([.. values.OfType<double>()]) : null;
        var kept = observed is { } mean ? mean >= (rule.Min ?? mean) && mean <= (rule.Max ?? mean) : (bool?)null;
        return new($"rule.{rule.Metric}", Limit(rule), observed, rule.Waiver is null ? kept : true)
        {
            Entrant = candidate.Name,
            Waived = rule.Waiver,
            Note =
                (
                    observed is null
                        ? $"{rule.Name}: {values.Count(v => v is null)} of {values.Length} instances have no value"
                        : $"{rule.Name}{(kept == true ? "" : ": not kept")}"
                ) + (rule.Waiver is { } reason && kept != true ? $". Waived: {reason}" : "."),
        };
    }

    private static string Limit(ScoringRule rule) =>
        string.Join(
            " and ",
            new[]
            {
                rule.Min is { } min ? FormattableString.Invariant($"at least {min}") : null,
                rule.Max is { } max ? FormattableString.Invariant($"at most {max}") : null,
            }.OfType<string>()
        );
}

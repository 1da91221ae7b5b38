using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What a gate's schema cannot say. All faults are 422.</summary>
internal static class GateFaults
{
    public static void Check(Suite suite, string at, FaultList faults)
    {
        if (suite.Gate is not { } gate)
            return;
        if (gate is { CompareWith: not null, Baseline: not null })
            faults.Add(FaultCode.Conflict, at, "Expected at most one of compareWith and baseline, got both.");
        if (gate.Baseline is { } baseline)
            RegressionBaselineRules.Check(baseline, $"{at}/baseline", faults);
        for (var i = 0; i < gate.Rules.Count; i++)
            CheckRule(gate.Rules[i], $"{at}/rules/{i}", faults);
        for (var i = 0; i < gate.Milestones.Count; i++)
            if (gate.Milestones[i] is { Kind: MilestoneKind.RuntimeReduction, AtLeast: >= 100 and var percent })
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{at}/milestones/{i}/atLeast",
                    $"Expected a reduction below 100 percent, got {percent:R}.",
                    percent,
                    100
                );
        if (suite.Solvers.Any(s => s.Role == EntrantRole.Candidate))
            return;
        foreach (
            var (name, isGiven) in new[]
            {
                ("requireVerdict", gate.RequireVerdict is not null),
                ("milestones", gate.Milestones.Count > 0),
                ("rules", gate.Rules.Count > 0),
            }
        )
            if (isGiven)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/{name}",
                    $"\"{name}\" is about a candidate, and no solver has that role."
                );
    }

    private static void CheckRule(ScoringRule rule, string at, FaultList faults)
    {
        if (BenchmarkMetrics.All.All(m => m.Id != rule.Metric))
            faults.Add(
                FaultCode.OutOfRange,
                $"{at}/metric",
                $"No metric \"{rule.Metric}\"; known are {string.Join(", ", BenchmarkMetrics.All.Select(m => m.Id))}."
            );
        if (rule is { Min: null, Max: null })
            faults.Add(FaultCode.Empty, $"{at}/min", "Give \"min\", \"max\" or both.");
        else if (rule.Min > rule.Max)
            faults.Add(
                FaultCode.Conflict,
                $"{at}/max",
                $"Expected max at least min ({rule.Min:R}), got {rule.Max:R}.",
                rule.Max,
                rule.Min
            );
    }
}

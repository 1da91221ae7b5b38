using System.Text.Json.Serialization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>Is this candidate worth it, on these instances, against these baselines? Ordered by caution.</summary>
public enum VerdictOutcome
{
    KeepClassical,
    Inconclusive,
    Adopt,
}

/// <summary>The answer with everything it rests on; docs/verdict.md tells how to read it.</summary>
public sealed record Verdict
{
    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Raised when the same runs could get another answer.</summary>
    public string Procedure { get; init; } = VerdictProcedure.Id;

    /// <summary>One plain sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>Codes of what stands between this evidence and <c>adopt</c>, whatever the statistics say.</summary>
    public required IReadOnlyList<MissingEvidence> Missing { get; init; }

    /// <summary>What the answer does not cover; never empty.</summary>
    public required IReadOnlyList<string> Limitations { get; init; }

    /// <summary>Ids of the runs it was computed from.</summary>
    public required IReadOnlyList<Guid> Evidence { get; init; }

    public required VerdictScope Scope { get; init; }

    public required string Candidate { get; init; }

    /// <summary>The baseline with the worst outcome for the candidate; null when there was none.</summary>
    public required string? StrongestBaseline { get; init; }

    public required double Alpha { get; init; }

    public required int CandidatesTried { get; init; }

    public required CostMode CostMode { get; init; }

    public required double TargetGapPercent { get; init; }

    public required Rigour Rigour { get; init; }

    /// <summary>Confidence of every interval of an effect, in percent: 90 at alpha 0.05.</summary>
    [JsonIgnore]
    public double ConfidencePercent => 100 * (1 - 2 * Alpha);

    /// <summary>Against <see cref="StrongestBaseline"/>.</summary>
    public required IReadOnlyList<VerdictCondition> Conditions { get; init; }

    /// <summary>Against <see cref="StrongestBaseline"/>.</summary>
    public required IReadOnlyList<VerdictDimension> Dimensions { get; init; }

    public required IReadOnlyList<VerdictAgainst> Against { get; init; }

    /// <summary>What the candidate's answers are worth more than the strongest baseline's; null without a business value.</summary>
    public BusinessValueEstimate? BusinessValue { get; init; }

    /// <summary>The suite's cost sheet worked out; null without one.</summary>
    public TcoResult? Tco { get; init; }

    /// <summary>How far price, speed and quality are from another statistical outcome; worked out for finished benchmarks.</summary>
    public IReadOnlyList<ChangeThreshold> WhatWouldChange { get; init; } = [];

    /// <summary>One verdict per family when there is more than one; the whole is then the most cautious of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Verdict>? ByFamily { get; init; }
}

/// <summary>Why a verdict cannot be <c>adopt</c>.</summary>
public enum MissingEvidence
{
    SuiteTooWeak,
    WeakBaseline,

    /// <summary>A one-sweep annealer is as good on the calibration set as the baselines, and too few of those prove.</summary>
    CalibrationNotDiscriminating,

    /// <summary>A calibration instance is one of the suite's.</summary>
    CalibrationOverlap,
    IncompleteDesign,
    DriftingMachine,
    NoAblation,
    ClaimExceedsEvidence,
    CostEstimated,
    ResearchClass,
    AssessmentIncomplete,

    /// <summary>By the suite's cost sheet, having the candidate is worth no more than having the classical option.</summary>
    TcoNegative,
}

/// <param name="SizeRange">Fewest and most variables.</param>
/// <param name="EvidenceLevel">The weakest of the candidate's runs; null for a classical candidate.</param>
public sealed record VerdictScope(
    int Instances,
    IReadOnlyList<string> Families,
    IReadOnlyList<int> SizeRange,
    EvidenceLevel? EvidenceLevel,
    Claim Claim
);

/// <param name="Score">0 to 100: mean of what there is of what is needed.</param>
/// <param name="Needs">What is short; empty when nothing is.</param>
public sealed record Rigour(int Score, IReadOnlyList<RigourNeed> Needs);

public sealed record RigourNeed(string Name, int Have, int Need);

public enum ConditionState
{
    Met,
    Failed,
    Open,
}

/// <param name="InstancesNeeded">For an open one: instances that would settle it; absent when that cannot be told.</param>
public sealed record VerdictCondition(
    string Name,
    ConditionState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? InstancesNeeded = null
);

/// <summary>A dimension as it is shown: ratios are baseline over candidate, so above 1 (or 0) the candidate is better.</summary>
public sealed record VerdictDimension
{
    public required string Name { get; init; }
    public required DimensionOutcome Outcome { get; init; }
    public required double? Effect { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required string Unit { get; init; }
    public required double? Total { get; init; }
    public string Test { get; init; } = "exactSignedRank";
    public required int N { get; init; }
    public required int Ties { get; init; }
    public required int Uninformative { get; init; }
    public required double? P { get; init; }
    public required double? PHolm { get; init; }
    public required double Margin { get; init; }

    /// <summary>Null where only a win counts.</summary>
    public required double? BadMargin { get; init; }
    public required bool Equivalent { get; init; }
    public required bool NotWorse { get; init; }
    public required bool NotBad { get; init; }
    public required bool Bad { get; init; }

    /// <summary>As tables name it, with its unit.</summary>
    [JsonIgnore]
    public string Title => $"{Name}, {(Unit == "percentagePoints" ? "points" : Unit)}";

    /// <summary>The sample itself, by name, in <see cref="Unit"/>; its runs are those of both entrants on that instance.</summary>
    public IReadOnlyList<InstanceDifference> PerInstance { get; init; } = [];

    public static VerdictDimension Of(UnsampledDimension unsampled) =>
        new()
        {
            Name = unsampled.Name,
            Outcome = unsampled.IsLoss || unsampled.IsBad ? DimensionOutcome.Loss : DimensionOutcome.Tie,
            Effect = unsampled.Difference,
            Low = null,
            High = null,
            Unit = unsampled.Unit,
            Total = unsampled.Candidate,
            Test = unsampled.Test,
            N = unsampled.Count,
            Ties = 0,
            Uninformative = 0,
            P = null,
            PHolm = null,
            Margin = unsampled.Match,
            BadMargin = unsampled.BadLoss,
            Equivalent = false,
            NotWorse = !unsampled.IsLoss && !unsampled.IsBad,
            NotBad = !unsampled.IsBad,
            Bad = unsampled.IsBad,
        };

    public static VerdictDimension Of(DimensionTest test)
    {
        var dimension = test.Dimension;
        return new()
        {
            Name = dimension.Name,
            Outcome = test.Outcome,
            Effect = Shown(test.Effect),
            Low = Shown(test.Low),
            High = Shown(test.High),
            Unit = dimension.Unit,
            Total = Shown(test.Differences.Total),
            N = test.Count,
            Ties = test.Differences.Ties,
            Uninformative = test.Differences.Uninformative,
            P = test.P,
            PHolm = test.PHolm,
            Margin = Math.Round(dimension.Shown(dimension.Match), 12),
            BadMargin = dimension.HasBadLoss ? Math.Round(dimension.Shown(dimension.Bad), 12) : null,
            Equivalent = test.Equivalent,
            NotWorse = test.NotWorse,
            NotBad = test.NotBad,
            Bad = test.Bad,
            PerInstance =
            [
                .. test
                    .Differences.Instances.Zip(
                        test.Differences.Values,
                        (instance, value) => new InstanceDifference(instance.Name, dimension.Shown(value))
                    )
                    .OrderBy(d => d.Instance, StringComparer.Ordinal)
                    .ThenBy(d => d.Value),
            ],
        };

        double? Shown(double? value) => value is { } v ? dimension.Shown(v) : null;
    }
}

/// <param name="Value">Percentage points, or a ratio of baseline over candidate.</param>
public sealed record InstanceDifference(string Instance, double Value);

public sealed record VerdictAgainst(
    string Baseline,
    BaselineStrength Strength,
    VerdictOutcome Outcome,
    IReadOnlyList<VerdictCondition> Conditions,
    IReadOnlyList<VerdictDimension> Dimensions
);

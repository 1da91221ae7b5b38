using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What a continuous-integration job wants to hold; absent conditions are not checked.</summary>
public sealed record Gate
{
    [Description(
        "Mean gap over instances and seeds, in percent: of every candidate, or of all entrants when there is none."
    )]
    [Range(0, 1e6)]
    public double? MaxGapPercent { get; init; }

    [Description("The outcome that every candidate's verdict must have.")]
    public VerdictOutcome? RequireVerdict { get; init; }

    [Description("Id of an earlier benchmark of the same suite: no entrant may be shown to have become worse.")]
    public Guid? CompareWith { get; init; }

    [Description(
        "The same from a file (report?format=baseline of a benchmark), instead of an id; not part of the suite's hash."
    )]
    public RegressionBaseline? Baseline { get; init; }

    [Description(
        "How much longer the expected time to target, or under a count budget the time of a run, may be than before, in percent."
    )]
    [Range(0, 1000)]
    public double MaxRegressionPercent { get; init; } = 5;

    [Description("Goals for every candidate, each shown, missed or open.")]
    [Length(0, 20)]
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    [Description("Limits that every candidate has to keep, each passed, failed or waived with a reason.")]
    [Length(0, 20)]
    public IReadOnlyList<ScoringRule> Rules { get; init; } = [];
}

/// <summary>The question, in words, before there is an answer.</summary>
public sealed record Experiment
{
    [Description("The one narrow step whose replacement is considered.")]
    [Length(1, 2000)]
    public string? Bottleneck { get; init; }

    [Description("What solves it today.")]
    [Length(1, 2000)]
    public string? CurrentSolver { get; init; }

    [Description("What is minimized or maximized.")]
    [Length(1, 2000)]
    public string? Objective { get; init; }

    [Description("What would count as success.")]
    [Length(1, 2000)]
    public string? SuccessMetric { get; init; }

    [Description("Where the data is, with its version or hash.")]
    [Length(1, 2000)]
    public string? DataReference { get; init; }
}

/// <summary>What adopting would take besides the score.</summary>
public sealed record Assessment
{
    [Length(1, 2000)]
    public string? IntegrationCost { get; init; }

    [Length(1, 2000)]
    public string? DataMovement { get; init; }

    [Length(1, 2000)]
    public string? Security { get; init; }

    [Length(1, 2000)]
    public string? VendorMaturity { get; init; }
}

public enum Claim
{
    /// <summary>This program on this machine: all that a simulator can show.</summary>
    Software,

    /// <summary>Quantum hardware; needs runs on it.</summary>
    Hardware,
}

public sealed record BusinessValue
{
    [Description("Money for each unit that the objective is better by, in the currency below.")]
    [Range(-1e12, 1e12)]
    public required double PerObjectiveUnit { get; init; }

    [Description("ISO 4217.")]
    [Length(3, 3)]
    public required string Currency { get; init; }

    [Description("What one solve stands for, such as \"day\".")]
    [Length(1, 50)]
    public required string Period { get; init; }
}

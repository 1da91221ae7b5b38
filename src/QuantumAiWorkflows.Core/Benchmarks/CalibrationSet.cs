using System.Text.Json;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// What runs before a decision to tell how strong its baselines are: problems of the suite's own size and density, made
/// for this and no part of it, with options that were fixed when the suite was submitted.
/// </summary>
public sealed record CalibrationSet
{
    public const int InstanceCount = 10;

    public const int Seeds = 5;

    /// <summary>Every classical solver gets this many times the suite's budget to find the reference.</summary>
    public const double ReferenceBudgetFactor = 10;

    public required IReadOnlyList<BenchmarkInstance> Instances { get; init; }

    public required IReadOnlyList<CalibrationEntrant> Entrants { get; init; }
}

/// <param name="Name">Unique in the calibration: what the entrant is there for, and who it is.</param>
public sealed record CalibrationEntrant(
    string Name,
    CalibrationRole Role,
    string SolverId,
    JsonElement? Options,
    int Seeds,
    double BudgetFactor
)
{
    /// <summary>Of a baseline that takes the problems only as QUBOs; null for the default one.</summary>
    public EncodingRequest? Encoding { get; init; }

    /// <summary>The suite's name of a baseline; null for the others.</summary>
    public string? Baseline { get; init; }
}

public enum CalibrationRole
{
    /// <summary>One of the suite's own, whose strength is asked for.</summary>
    Baseline,

    /// <summary>Finds references, at ten times the budget.</summary>
    Reference,

    /// <summary>An annealer of one sweep: instances that even it solves tell nothing.</summary>
    Discriminator,
}

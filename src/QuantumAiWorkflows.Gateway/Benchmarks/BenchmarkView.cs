using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>A benchmark as it is sent.</summary>
public sealed record BenchmarkView
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>running, succeeded, failed or cancelled.</summary>
    public required string State { get; init; }
    public required BenchmarkProgress Progress { get; init; }

    /// <summary><c>{passed, checks}</c>; null while it runs.</summary>
    public JsonNode? Gate { get; init; }

    /// <summary>The verdicts' sentences, one per candidate; null while it runs.</summary>
    public IReadOnlyList<string>? Verdicts { get; init; }

    /// <summary>Why a failed benchmark has no comparison.</summary>
    public string? Conflict { get; init; }
    public required string SuiteHash { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public required string TraceId { get; init; }
    public Suite? Suite { get; init; }

    /// <summary>Entrants that the recorder added to the suite's own, and why; null in a list.</summary>
    public IReadOnlyList<AddedEntrant>? Added { get; init; }

    /// <summary>Runs on calibration instances, in front of the comparison; they are part of <see cref="Progress"/>.</summary>
    public int? CalibrationRuns { get; init; }

    /// <summary>The benchmark whose runs this one runs again; null for a first one.</summary>
    public string? ReplayOf { get; init; }
    public required BenchmarkLinks Links { get; init; }
}

public sealed record BenchmarkProgress(int Done, int Total);

public sealed record BenchmarkLinks(string Self, string Events, string Runs, string Verdict, string Report);

public sealed record AddedEntrant(string Name, string Solver, EntrantRole Role, string Reason);

using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Benchmarks;

/// <summary>What this program reads of <c>GET /v1/benchmarks/{id}</c>.</summary>
/// <param name="State">running, succeeded, failed or cancelled.</param>
/// <param name="Gate">Null while it runs.</param>
/// <param name="Conflict">Why a failed benchmark has no comparison.</param>
internal sealed record BenchmarkView(
    string Id,
    string Name,
    string State,
    BenchmarkProgress Progress,
    GateView? Gate,
    string? Conflict
);

internal sealed record BenchmarkProgress(int Done, int Total);

/// <param name="Passed">Null: some check could not be told, or there is none.</param>
internal sealed record GateView(bool? Passed, IReadOnlyList<GateCheckView> Checks);

internal sealed record GateCheckView(
    string Name,
    string? Entrant,
    JsonNode? Limit,
    JsonNode? Observed,
    bool? Passed,
    string? Note
);

/// <summary>What this program shows of the JSON report. Null where nothing was measured.</summary>
internal sealed record BenchmarkReport(
    string Name,
    IReadOnlyList<long> Seeds,
    BudgetView Budget,
    ComparisonView Comparison,
    string Currency,
    IReadOnlyList<InstanceView> Instances,
    IReadOnlyList<EntrantView> Entrants,
    IReadOnlyList<VerdictView> Verdicts
);

internal sealed record BudgetView(double? CpuSeconds, double? TimeSeconds, long? Evaluations, long? Shots);

internal sealed record ComparisonView(double TargetGapPercent);

internal sealed record InstanceView(string Name, int NumVariables);

/// <param name="ReplayRate">Of the runs that were run again: how many came out the same. Null when none was.</param>
internal sealed record EntrantView(
    string Name,
    string Role,
    double? MeanGapPercent,
    RateView SuccessRate,
    double? Tts99Seconds,
    double? WallSeconds,
    double? CpuSeconds,
    long? PeakMemoryBytes,
    double? Cost,
    IReadOnlyList<UncoveredView> Uncovered,
    RateView? ReplayRate = null
);

internal sealed record RateView(double? Value, IReadOnlyList<IntervalView>? Intervals);

internal sealed record IntervalView(string Method, double Low, double High);

/// <param name="State">Null: the runs have no record at all.</param>
internal sealed record UncoveredView(string? State, string Reason, int Runs);

internal sealed record VerdictView(string Outcome, string Candidate, string Summary);

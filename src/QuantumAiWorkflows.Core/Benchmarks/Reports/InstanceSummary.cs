using QuantumAiWorkflows.Benchmarks.Metrics;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>One instance with every entrant's metrics.</summary>
public sealed record InstanceSummary
{
    public required string Name { get; init; }
    public required string ProblemId { get; init; }
    public required string Family { get; init; }
    public required int NumVariables { get; init; }
    public required KnownBest? Reference { get; init; }

    /// <summary>Entrant, then metric id.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, Measurement>> Entrants { get; init; }

    /// <summary>By entrant, of those that have runs here without a result.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<UncoveredRuns>> Uncovered { get; init; }

    public static InstanceSummary Of(Results results, BenchmarkInstance instance) =>
        new()
        {
            Name = instance.Name,
            ProblemId = instance.ProblemId,
            Family = instance.Family,
            NumVariables = instance.NumVariables,
            Reference = results.Benchmark.Entrants.Select(e => results[instance, e].Reference).FirstOrDefault(),
            Entrants = results.Benchmark.Entrants.ToDictionary(
                e => e.Name,
                e =>
                    (IReadOnlyDictionary<string, Measurement>)
                        BenchmarkMetrics.All.ToDictionary(m => m.Id, m => m.Measure(results[instance, e]))
            ),
            Uncovered = results
                .Benchmark.Entrants.Select(e => (e.Name, Runs: UncoveredRuns.Of([results[instance, e]])))
                .Where(e => e.Runs.Count > 0)
                .ToDictionary(e => e.Name, e => e.Runs),
        };
}

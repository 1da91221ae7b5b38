using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>What running a benchmark again showed: which runs came out the same, and whether a verdict did.</summary>
/// <param name="Of">The benchmark that was run again.</param>
/// <param name="Runs">Pairs compared: runs that started then.</param>
/// <param name="ReproducibilityRate">Share of them with the same state, status, objective and solution.</param>
/// <param name="Differences">The first ones, each with both runs; at most <see cref="MaxDifferences"/>.</param>
/// <param name="Verdicts">One per candidate, then and now.</param>
public sealed record ReplaySummary(
    Guid Of,
    int Runs,
    Measurement ReproducibilityRate,
    IReadOnlyList<ReplayDifference> Differences,
    IReadOnlyList<VerdictChange> Verdicts
)
{
    public const int MaxDifferences = 50;

    /// <summary>Null for a benchmark that is no replay.</summary>
    public static ReplaySummary? From(Benchmark benchmark, IReadOnlyList<Verdict> verdicts) =>
        benchmark.ReplayOf is not { } first
            ? null
            : new(
                first.Id,
                benchmark.Replays.Count,
                ReplayRate.Of(benchmark.Replays),
                [
                    .. benchmark
                        .Replays.Select(p => (Pair: p, Replay: Replay.Of(p)))
                        .Where(r => !r.Replay.IsReproduced)
                        // Those that no clock explains first: they are the ones to look into.
                        .OrderBy(r => r.Replay.EndedByClock)
                        .ThenBy(r => r.Pair.Stored.Id)
                        .Take(MaxDifferences)
                        .Select(r => new ReplayDifference(
                            r.Pair.Stored.Id,
                            r.Pair.Rerun.Id,
                            r.Pair.Stored.Cell!.Instance,
                            r.Pair.Stored.Cell.Entrant,
                            r.Pair.Stored.Seed,
                            r.Replay.Difference!,
                            r.Replay.EndedByClock
                        )),
                ],
                [
                    .. verdicts.Select(v =>
                        first.Outcomes.TryGetValue(v.Candidate, out var before)
                            ? new VerdictChange(v.Candidate, before, v.Outcome, before != v.Outcome)
                            : new VerdictChange(v.Candidate, null, v.Outcome, false)
                    ),
                ]
            );
}

/// <param name="EndedByClock">A CPU or wall budget ended one of them: then a difference is no defect of the solver.</param>
public sealed record ReplayDifference(
    Guid Stored,
    Guid Rerun,
    string Instance,
    string Entrant,
    long Seed,
    string Difference,
    bool EndedByClock
);

/// <param name="Before">Null when the first benchmark had no verdict about it.</param>
public sealed record VerdictChange(string Candidate, VerdictOutcome? Before, VerdictOutcome Now, bool Flipped);

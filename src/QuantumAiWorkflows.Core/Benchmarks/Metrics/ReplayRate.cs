using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How many stored runs come out the same when they are run again.</summary>
public sealed class ReplayRate : IMetric
{
    public string Id => "replayRate";

    public string Unit => "fraction";

    public string Definition =>
        "Share of the replayed runs with the same state, status, objective (within 1e-9) and solution; times never matter. A "
        + "run that a CPU or wall budget ended may come out otherwise without a defect of its solver: give a count to test that.";

    public string Source => "Interval: Wilson 1927.";

    public Measurement Measure(EntrantRuns runs) => Of(runs.Replays);

    /// <summary>Of any pairs, such as all of an entrant.</summary>
    public static Measurement Of(IEnumerable<ReplayPair> pairs)
    {
        var replays = pairs.OrderBy(p => p.Stored.Id).ThenBy(p => p.Rerun.Id).Select(Replay.Of).ToArray();
        if (replays.Length == 0)
            return Measurement.None("No run was replayed.");
        var reproduced = replays.Count(r => r.IsReproduced);
        var (low, high) = Proportion.Wilson(reproduced, replays.Length);
        return new((double)reproduced / replays.Length, [new("wilson", low, high)], Note(replays));
    }

    private static string? Note(IReadOnlyCollection<Replay> replays)
    {
        var other = replays.Where(r => !r.IsReproduced).ToArray();
        if (other.Length == 0)
            return null;
        var byClock = other.Count(r => r.EndedByClock);
        var clock =
            byClock == 0
                ? ""
                : $" {byClock} of {other.Length} differing runs were ended by the clock, where a difference is no defect of the solver.";
        return $"First difference: {other[0].Difference}.{clock}";
    }
}

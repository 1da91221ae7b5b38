using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// The part of a run's trace that a later gate may ask for. Around the suite's target gap every improvement stays, so that
/// a better reference, or half or twice the target, still finds its exact first hit; elsewhere the first point within each
/// of a few usual targets, and the last.
/// </summary>
internal static class RegressionTrace
{
    public const int MaxPoints = 64;

    /// <summary>The traces are complete from a quarter of the target gap to four times of it.</summary>
    private const double Around = 4;

    /// <summary>Percent.</summary>
    private static readonly double[] UsualTargets = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

    public static IReadOnlyList<double[]> Of(EntrantRuns side, RunRecord run)
    {
        var steps = Improvements(side, run);
        if (steps.Count == 0)
            return [];
        var target = side.TargetGapPercent;
        var kept = new SortedSet<int> { steps.Count - 1 };
        foreach (var usual in UsualTargets.Append(target))
            if (steps.FindIndex(s => s.Gap <= usual) is >= 0 and var first)
                kept.Add(first);
        // Nearest to the target first: should there be too many, those far from it go.
        foreach (
            var near in Enumerable
                .Range(0, steps.Count)
                .Where(i => steps[i].Gap <= Around * target && (i == 0 || steps[i].Gap >= target / Around))
                .OrderBy(i => Math.Abs(steps[i].Gap - target))
                .Take(MaxPoints - UsualTargets.Length - 2)
        )
            kept.Add(near);
        return
        [
            .. kept.Select(i =>
                new[] { steps[i].Point.ElapsedSeconds, steps[i].Point.CpuSeconds, steps[i].Point.Objective }
            ),
        ];
    }

    /// <summary>Whether first hits of a target are exact in a trace that was kept around another reference or target.</summary>
    /// <param name="threshold">The objective that a hit needs now.</param>
    /// <param name="kept">The reference then.</param>
    /// <param name="target">The target gap then, percent.</param>
    public static bool IsExact(BenchmarkInstance instance, double threshold, KnownBest kept, double target)
    {
        var gap = kept.GapPercent(instance, threshold);
        return (gap >= target / Around && gap <= Around * target)
            || UsualTargets.Append(target).Any(t => Math.Abs(gap - t) <= 1e-9);
    }

    private static List<(TracePoint Point, double Gap)> Improvements(EntrantRuns side, RunRecord run)
    {
        var steps = new List<(TracePoint, double)>();
        var best = double.PositiveInfinity;
        foreach (var point in run.Trace.Where(p => p.Feasible).OrderBy(p => p.ElapsedSeconds))
            if (side.GapPercent(point.Objective) is var gap && gap < best)
            {
                best = gap;
                steps.Add((point, gap));
            }
        return steps;
    }
}

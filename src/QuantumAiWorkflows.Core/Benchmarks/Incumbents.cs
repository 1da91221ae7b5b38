using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <param name="Seconds">On the benchmark's clock, when the referee's incumbent was found; at least 1 ms.</param>
/// <param name="GapPercent">Of that incumbent, less than every earlier one's.</param>
public sealed record Incumbent(double Seconds, double GapPercent);

public static class Incumbents
{
    /// <summary>
    /// The run's refereed feasible answers, each better than the one before, the result last. None for a run without a
    /// feasible result: a late or refuted one had answers on the way, but they count nowhere else either.
    /// </summary>
    public static IReadOnlyList<Incumbent> IncumbentsOf(this EntrantRuns cell, RunRecord run)
    {
        if (!run.IsFeasibleResult())
            return [];
        var steps = new List<Incumbent>();
        foreach (var point in run.Trace.Where(p => p.Feasible).OrderBy(p => cell.Clock.At(run, p)))
            Add(cell.Clock.At(run, point), point.Objective);
        // A solver may report nothing on the way: then the answer is there at the end.
        Add(cell.Clock.Spent(run), run.Objective!.Value);
        return steps;

        void Add(double seconds, double objective)
        {
            var gap = cell.GapPercent(objective);
            if (steps.Count == 0 || gap < steps[^1].GapPercent)
                steps.Add(new(seconds, gap));
        }
    }
}

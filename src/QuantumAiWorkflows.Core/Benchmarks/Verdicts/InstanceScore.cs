using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>One entrant on one instance, seeds averaged: the unit of analysis is the instance, not the run.</summary>
/// <param name="Gap">Mean gap in percent; null when nobody of the compared pair found a feasible answer.</param>
/// <param name="ExpectedTime">Seconds that one hit of the target takes, failures included (ERT).</param>
/// <param name="ExpectedCost">What one hit costs, failures included (ECT); null without prices.</param>
/// <param name="CostPerRun">Mean cost of a run; null without prices.</param>
/// <param name="Hits">Runs that met the target.</param>
/// <param name="FeasiblePercent">Share of the runs.</param>
public sealed record InstanceScore(
    double? Gap,
    double ExpectedTime,
    double? ExpectedCost,
    double? CostPerRun,
    int Hits,
    double FeasiblePercent
)
{
    /// <summary>Runs that were scored; 0 where that was not kept.</summary>
    public int Runs { get; init; }

    /// <summary>Per run, up to its first hit or to its end.</summary>
    public double MeanSeconds { get; init; }

    /// <inheritdoc cref="MeanSeconds"/>
    public double? MeanSpent { get; init; }

    /// <summary>
    /// What one success takes (Auger and Hansen, "Performance evaluation of an advanced local search evolutionary
    /// algorithm", 2005). Without any hit: as if every run had restarted until the budget and half a run had succeeded;
    /// what was spent alone would make a solver that gives up at once, and never succeeds, the fastest of all.
    /// </summary>
    /// <param name="spent">Per run: up to the first hit, or all that was spent. Seconds, or money.</param>
    /// <param name="perBudget">Restarts that fill the budget: 1 or more.</param>
    /// <param name="seeds">Seeds of the suite; a solver that ignores them may have fewer runs, the floor must be common.</param>
    public static double PerHit(IReadOnlyCollection<double> spent, int hits, double perBudget, int seeds)
    {
        var mean = ExactSum.Mean(spent);
        return hits > 0 ? mean * spent.Count / hits : 2 * seeds * mean * Math.Max(1, perBudget);
    }

    /// <summary>ERT and ECT together, from times and costs per run.</summary>
    public static (double Time, double? Cost) ExpectedToTarget(
        IReadOnlyCollection<double> times,
        IReadOnlyCollection<double>? costs,
        int hits,
        double budgetSeconds,
        int seeds
    )
    {
        var restarts = budgetSeconds / ExactSum.Mean(times);
        return (PerHit(times, hits, restarts, seeds), costs is null ? null : PerHit(costs, hits, restarts, seeds));
    }
}

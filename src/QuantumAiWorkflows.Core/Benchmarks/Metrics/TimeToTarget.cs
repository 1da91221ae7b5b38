namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How soon a run usually meets the target, failures included: a median has no need to guess what they would take.</summary>
public sealed class TimeToTarget : IMetric
{
    public string Id => "timeToTarget";

    public string Unit => "seconds";

    public string Definition =>
        "Median over all runs of the benchmark's clock when the incumbent first was within targetGapPercent of the reference; "
        + "a run that missed is endless, so the median is not reached where half of them or more did.";

    public string Source => "H. H. Hoos, T. Stützle, Evaluating Las Vegas algorithms, UAI 1998.";

    public Measurement Measure(EntrantRuns runs)
    {
        if (runs.Runs.Count == 0)
            return Measurement.None("There are no runs.");
        var times = runs
            .Runs.Select(r => runs.IsHit(r) ? runs.Clock.At(r, runs.FirstHit(r)) : double.PositiveInfinity)
            .Order()
            .ToArray();
        // Of an even number the mean of the two in the middle, which one miss among them makes endless.
        var median = (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
        return double.IsPositiveInfinity(median) ? Measurement.None("Not reached.") : Measurement.Of(median);
    }
}

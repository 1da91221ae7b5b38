namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>The most memory that any run needed.</summary>
public sealed class PeakMemory : IMetric
{
    public string Id => "peakMemory";

    public string Unit => "bytes";

    public string Definition =>
        "Largest resident size of the child over all runs, what it had before the run included.";

    public string Source => "The system's high-water mark of the process, reset before each run where it can be.";

    public Measurement Measure(EntrantRuns runs)
    {
        var bytes = runs
            .Runs.Where(r => r.HasStarted())
            .Select(r => r.Metrics.PeakMemoryBytes)
            .OfType<long>()
            .ToArray();
        return bytes.Length == 0 ? Measurement.None("No run has a reading.") : Measurement.Of(bytes.Max());
    }
}

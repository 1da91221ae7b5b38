using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How long a run waited for a worker.</summary>
public sealed class QueueSeconds : IMetric
{
    public string Id => "queueSeconds";

    public string Unit => "seconds";

    public string Definition =>
        "Mean wall seconds from the submission of the job to its start, of runs that started. Part of no other time: it tells "
        + "how busy the service was, not how fast the solver is.";

    public string Source => "The gateway's clock.";

    public Measurement Measure(EntrantRuns runs)
    {
        var seconds = runs.Runs.Where(r => r.HasStarted()).Select(r => r.Metrics.QueueSeconds).ToArray();
        return seconds.Length == 0 ? Measurement.None("No run started.") : Measurement.Of(ExactSum.Mean(seconds));
    }
}

using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>How much of the plan the entrant could run at all.</summary>
public sealed class Coverage : IMetric
{
    public string Id => "coverage";

    public string Unit => "fraction";

    public string Definition =>
        "Share of the planned runs that came to an end: not unsupported, failed, lost, cancelled or without a record.";

    public string Source => "Hooker 1995: what a method cannot run must not vanish from the table.";

    public Measurement Measure(EntrantRuns runs)
    {
        var refused = runs.Runs.FirstOrDefault(r => r.State == RunState.Unsupported)?.Error?.Message;
        return new((double)runs.Runs.Count(r => r.State == RunState.Succeeded) / runs.PlannedSeeds, [], refused);
    }
}

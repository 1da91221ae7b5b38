using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>What a run may have drawn from the wall.</summary>
public sealed class Energy(EnergyModel model) : IMetric
{
    public string Id => "energy";

    public string Unit => "joules";

    public string Definition =>
        FormattableString.Invariant(
            $"Mean over runs of CPU seconds x {model.WattsPerBusyCore.Watts} W per busy core + GiB-seconds of memory x {model.WattsPerGib.Watts} W per GiB: an estimate from usage, not a measurement."
        );

    public string Source =>
        FormattableString.Invariant(
            $"Core: {model.WattsPerBusyCore.Source} ({model.WattsPerBusyCore.Date:yyyy-MM-dd}) Memory: {model.WattsPerGib.Source} ({model.WattsPerGib.Date:yyyy-MM-dd})."
        );

    public Measurement Measure(EntrantRuns runs)
    {
        var joules = runs
            .Runs.Where(r => r.HasStarted())
            .Select(r => model.Joules(r.Usage.CpuSecond, r.Usage.MemoryGibSecond))
            .OfType<double>()
            .ToArray();
        return joules.Length == 0
            ? Measurement.None("No run has a reading of CPU seconds.")
            : new(ExactSum.Mean(joules), [], "Estimate.");
    }
}

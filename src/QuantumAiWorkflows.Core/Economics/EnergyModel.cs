namespace QuantumAiWorkflows.Economics;

/// <summary>
/// What a run's CPU time and memory draw at the wall, from usage: an estimate. No counter is read, so it ranks runs by
/// what they used and says nothing of this machine's own efficiency.
/// </summary>
/// <param name="WattsPerBusyCore">While the core works, in watts; an idle core is charged to nobody.</param>
/// <param name="WattsPerGib">Of memory held, in watts per GiB.</param>
public sealed record EnergyModel(EnergyRate WattsPerBusyCore, EnergyRate WattsPerGib)
{
    /// <summary>The figures that the built-in price list has for its electricity, and a published one for memory.</summary>
    public static EnergyModel Local { get; } =
        new(
            new(20, "Assumption of the price list local: a busy server core with its cooling.", new(2026, 11, 1)),
            new(
                0.42,
                "0.392 W per GB, the mean of two memory makers' calculators in the methodology of Cloud Carbon Footprint; per GiB.",
                new(2026, 11, 27)
            )
        );

    /// <summary>Joules; null without a reading of CPU seconds, since memory alone would be no estimate of a run.</summary>
    public double? Joules(double? cpuSeconds, double? memoryGibSeconds) =>
        cpuSeconds * WattsPerBusyCore.Watts + (memoryGibSeconds ?? 0) * WattsPerGib.Watts;
}

/// <param name="Source">Where the figure is from, or what it assumes.</param>
public sealed record EnergyRate(double Watts, string Source, DateOnly Date);

using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.Economics;

/// <summary>Under which assumptions a benchmark's costs as on hardware were modelled.</summary>
public sealed record HardwareModel(
    string Profile,
    string ProfileVersion,
    PriceListRef PriceList,
    string Currency,
    string Model
)
{
    /// <summary>Null when no run of the benchmark has a modelled cost.</summary>
    public static HardwareModel? Of(Benchmark benchmark)
    {
        var cost = benchmark
            .Runs.Select(r => Prices.AsHardware(r, benchmark.Prices))
            .FirstOrDefault(c => c is not null);
        return cost is null
            ? null
            : new(
                cost.Profile,
                HardwareProfile.Find(cost.Profile)!.Version,
                cost.PriceList,
                cost.Currency,
                HardwareUsage.Model
            );
    }
}

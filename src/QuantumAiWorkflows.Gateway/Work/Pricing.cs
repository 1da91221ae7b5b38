using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Costs at the configured price list. Records hold usage; money is worked out when someone looks.</summary>
internal sealed class Pricing(IOptions<QaiwOptions> options)
{
    private const double BytesPerGib = 1L << 30;

    public static IReadOnlyList<PriceList> Lists { get; } = [PriceList.Local];

    /// <summary>The list of <c>Qaiw:PriceList</c>, which was checked at the start.</summary>
    public PriceList Default { get; } = Find(options.Value.PriceList)!;

    public static PriceList? Find(string id) => Lists.FirstOrDefault(l => l.Id == id);

    /// <summary>
    /// Tells from CPU seconds, wall seconds and resident bytes whether <paramref name="maxCost"/> is spent; null without
    /// a cost budget.
    /// </summary>
    public Func<double, double, long, bool>? CostLimit(double? maxCost) =>
        maxCost is not { } limit
            ? null
            : (cpu, wall, bytes) =>
                Prices.Cost(new Usage { CpuSecond = cpu, MemoryGibSecond = bytes / BytesPerGib * wall }, Default).Total
                >= limit;
}

using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Economics;

/// <summary>Money as a view over a run's usage: never stored, recomputed with any price list.</summary>
/// <param name="Estimated">True when any part rests on modelled usage or on an estimated price.</param>
public sealed record Cost(
    string Currency,
    double Total,
    bool Estimated,
    PriceListRef PriceList,
    IReadOnlyList<CostItem> Items
);

public sealed record PriceListRef(string Id, string Version, string Hash);

/// <param name="Consumed">In the unit that <paramref name="Dimension"/> names.</param>
/// <param name="Cost">In the currency of the whole.</param>
public sealed record CostItem(string Dimension, UsageBasis Basis, double UnitPrice, double Consumed, double Cost);

public static class Prices
{
    /// <summary>Everything a run can consume, by the name that price lists use.</summary>
    private static readonly (string Dimension, Func<Usage, double?> Of)[] Dimensions =
    [
        ("cpuSecond", u => u.CpuSecond),
        ("memoryGibSecond", u => u.MemoryGibSecond),
        ("shot", u => u.Shot),
        ("qpuSecond", u => u.QpuSecond),
    ];

    /// <summary>An item for each thing consumed that the list has a price for; the rest of the usage costs nothing.</summary>
    public static Cost Cost(Usage usage, PriceList list)
    {
        var items = new List<CostItem>();
        var estimated = false;
        foreach (var (dimension, of) in Dimensions)
        {
            if (
                of(usage) is not { } consumed
                || list.Items.FirstOrDefault(i => i.Dimension == dimension) is not { } price
            )
                continue;
            items.Add(new(dimension, price.Basis, price.UnitPrice, consumed, price.UnitPrice * consumed));
            estimated |= price.Basis == UsageBasis.Modelled || price.Kind == PriceKind.Estimate;
        }
        return new(list.Currency, items.Sum(i => i.Cost), estimated, new(list.Id, list.Version, list.Hash), items);
    }

    /// <summary>True for what is paid by time, so that a run stopped earlier would have cost less.</summary>
    public static bool IsPerSecond(string dimension) => dimension.EndsWith("Second", StringComparison.Ordinal);
}

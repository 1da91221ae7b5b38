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
        var charged = Charge(usage, list).ToArray();
        return new(
            list.Currency,
            charged.Sum(c => c.Item.Cost),
            charged.Any(c => c.Estimated),
            new(list.Id, list.Version, list.Hash),
            [.. charged.Select(c => c.Item)]
        );
    }

    /// <summary>Only the total of <see cref="Cost"/>, for comparisons of many runs.</summary>
    public static double Total(Usage usage, PriceList list) => Charge(usage, list).Sum(c => c.Item.Cost);

    /// <summary>True when any part of what this usage is charged is an estimate.</summary>
    public static bool IsEstimated(Usage usage, PriceList list) => Charge(usage, list).Any(c => c.Estimated);

    private static IEnumerable<(CostItem Item, bool Estimated)> Charge(Usage usage, PriceList list)
    {
        foreach (var (dimension, of) in Dimensions)
            if (of(usage) is { } consumed && list.Items.FirstOrDefault(i => i.Dimension == dimension) is { } price)
                yield return (
                    new(dimension, price.Basis, price.UnitPrice, consumed, price.UnitPrice * consumed),
                    price.Basis == UsageBasis.Modelled || price.Kind == PriceKind.Estimate
                );
    }
}

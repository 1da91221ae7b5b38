using System.Text.Json.Serialization;
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
)
{
    /// <summary>What the same quantum run would have cost on a processor; absent for a run without a simulated circuit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HardwareCost? AsHardware { get; init; }
}

/// <summary>A modelled cost: nothing of it was measured.</summary>
/// <param name="PriceList">The run's own where it prices a QPU, else <see cref="Economics.PriceList.DefaultQpu"/>.</param>
public sealed record HardwareCost(
    string Currency,
    double Total,
    string Profile,
    PriceListRef PriceList,
    Usage Usage,
    IReadOnlyList<CostItem> Items
)
{
    public bool Estimated => true;

    public string Model => HardwareUsage.Model;
}

public sealed record PriceListRef(string Id, string Version, string Hash);

/// <param name="Consumed">In the unit that <paramref name="Dimension"/> names.</param>
/// <param name="Cost">In the currency of the whole.</param>
public sealed record CostItem(string Dimension, UsageBasis Basis, double UnitPrice, double Consumed, double Cost);

public static class Prices
{
    /// <summary>An item for each thing consumed that the list has a price for; the rest of the usage costs nothing.</summary>
    public static Cost Cost(Usage usage, PriceList list)
    {
        var charged = Charge(usage, list).ToArray();
        return new(
            list.Currency,
            charged.Sum(c => c.Item.Cost),
            charged.Any(c => c.Estimated),
            list.Ref,
            [.. charged.Select(c => c.Item)]
        );
    }

    /// <summary>What a run cost as it ran and, for a simulated circuit, what it would have cost on a processor.</summary>
    public static Cost OfRun(RunRecord run, PriceList list) =>
        Cost(Billed(run), list) with
        {
            AsHardware = AsHardware(run, list),
        };

    /// <summary>
    /// The usage that somebody pays for: the shots of a simulator are CPU seconds, and no QPU was asked. Shots, tasks and
    /// QPU seconds are billed only to what ran on hardware.
    /// </summary>
    public static Usage Billed(RunRecord run) =>
        // No level: a classical run, such as an ablation that draws as many shots, or one that ended before it could say.
        run.Solver.EvidenceLevel >= EvidenceLevel.SmallHardware
            ? run.Usage
            : run.Usage with
            {
                Shot = null,
                QpuTask = null,
                QpuSecond = null,
            };

    /// <summary>Null for a run without a simulated circuit; see <see cref="HardwareUsage"/>.</summary>
    public static HardwareCost? AsHardware(RunRecord run, PriceList list)
    {
        if (!(run.Solver.EvidenceLevel < EvidenceLevel.SmallHardware))
            return null;
        var priced = list.PricesQpu ? list : PriceList.DefaultQpu;
        // An annealer runs no circuit, so nothing of it can be said of one.
        if (
            HardwareProfile.Find(priced.HardwareProfile ?? PriceList.DefaultQpu.HardwareProfile!)
            is not { RunsCircuits: true } profile
        )
            return null;
        if (HardwareUsage.Of(run, profile) is not { } usage)
            return null;
        var items = Charge(usage, priced).Select(c => c.Item with { Basis = UsageBasis.Modelled }).ToArray();
        return new(priced.Currency, items.Sum(i => i.Cost), profile.Id, priced.Ref, usage, items);
    }

    /// <summary>Only the total of <see cref="Cost(Usage, PriceList)"/>, for comparisons of many runs.</summary>
    public static double Total(Usage usage, PriceList list) => Charge(usage, list).Sum(c => c.Item.Cost);

    /// <summary>Only the total of what a run cost as it ran.</summary>
    public static double TotalOfRun(RunRecord run, PriceList list) => Total(Billed(run), list);

    /// <summary>True when any part of what this usage is charged is an estimate.</summary>
    public static bool IsEstimated(Usage usage, PriceList list) => Charge(usage, list).Any(c => c.Estimated);

    private static IEnumerable<(CostItem Item, bool Estimated)> Charge(Usage usage, PriceList list)
    {
        foreach (var dimension in UsageDimension.All)
            if (
                dimension.Of(usage) is { } consumed
                && list.Items.FirstOrDefault(i => i.Dimension == dimension.Name) is { } price
            )
                yield return (
                    new(dimension.Name, price.Basis, price.UnitPrice, consumed, price.UnitPrice * consumed),
                    price.Basis == UsageBasis.Modelled || price.Kind == PriceKind.Estimate
                );
    }
}

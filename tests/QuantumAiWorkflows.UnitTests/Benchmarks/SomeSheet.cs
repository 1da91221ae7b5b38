using QuantumAiWorkflows.Economics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

/// <summary>Cost sheets for suites whose candidate is "qaoa" and whose classical option is "tabu".</summary>
public static class SomeSheet
{
    /// <summary>12 months, undiscounted, 50 solves a month; the only costs besides the runs.</summary>
    public static CostOfOwnership Of(
        double classicalPerMonth = 0,
        double quantumPerMonth = 0,
        IReadOnlyList<SizeShare>? sizeMix = null,
        bool asHardware = false
    ) =>
        new()
        {
            Currency = "EUR",
            HorizonMonths = 12,
            DiscountRatePerYear = 0,
            Workload = new() { SolvesPerMonth = 50, SizeMix = sizeMix },
            Options =
            [
                Option("ours", TcoKind.Classical, "tabu", classicalPerMonth, false),
                Option("quantum", TcoKind.Quantum, "qaoa", quantumPerMonth, asHardware),
            ],
        };

    private static TcoOption Option(string name, TcoKind kind, string entrant, double perMonth, bool asHardware)
    {
        var fromRuns = asHardware ? TcoItem.CloudUsage : TcoItem.SimulatorRuntime;
        return new()
        {
            Name = name,
            Kind = kind,
            Entrant = entrant,
            AsHardware = asHardware,
            Lines =
            [
                .. Enum.GetValues<TcoItem>()
                    .Where(i => i != fromRuns)
                    .Select(i => new TcoLine
                    {
                        Item = i,
                        UnitPrice = i == TcoItem.Governance ? perMonth : 0,
                        Source = "made up",
                    }),
            ],
        };
    }
}

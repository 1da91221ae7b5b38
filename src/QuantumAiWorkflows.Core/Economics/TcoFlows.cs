using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Economics;

/// <summary>All that an option costs and brings.</summary>
internal sealed record TcoFlows(TcoOption Option, IReadOnlyList<TcoFlow> Flows)
{
    /// <summary>What a benchmark says its answers are worth; null without a business value.</summary>
    public TcoRecordedBenefit? Recorded { get; private init; }

    public static TcoFlows Of(CostOfOwnership sheet, TcoOption option, TcoRecorded? recorded)
    {
        var flows = new List<TcoFlow>();
        foreach (var line in option.Lines)
            flows.Add(
                new(
                    TcoFlowKind.Cost,
                    $"{option.Name}: {JsonNames.Of(line.Item)}",
                    JsonNames.Of(line.Item),
                    line.Per,
                    -line.Quantity * line.UnitPrice,
                    Formula(sheet, line.Quantity, line.Unit, line.UnitPrice, line.Per),
                    line.Source
                )
            );
        if (option.RecordedItem is { } item)
            flows.Add(
                new(
                    TcoFlowKind.Cost,
                    $"{option.Name}: {JsonNames.Of(item)}",
                    JsonNames.Of(item),
                    TcoTiming.Solve,
                    -recorded?.CostPerSolve,
                    recorded?.CostFormula ?? "There are no runs.",
                    recorded?.CostSource ?? ""
                )
            );
        foreach (var benefit in option.Benefits)
            flows.Add(
                new(
                    TcoFlowKind.Benefit,
                    $"{option.Name}: benefit {benefit.Name}",
                    benefit.Name,
                    benefit.Per,
                    benefit.Quantity * benefit.UnitPrice,
                    Formula(sheet, benefit.Quantity, benefit.Unit, benefit.UnitPrice, benefit.Per),
                    benefit.Source
                )
            );
        if (recorded?.Benefit is { } value)
            flows.Add(
                new(
                    TcoFlowKind.BusinessValue,
                    $"{option.Name}: business value",
                    "businessValue",
                    TcoTiming.Solve,
                    value.PerSolve ?? 0,
                    value.Formula,
                    value.Source
                )
            );
        return new(option, flows) { Recorded = recorded?.Benefit };
    }

    /// <summary>Benefit less cost up to a month; null when a cost is unknown.</summary>
    public double? Value(TcoTerms terms, int month) => Sum(Flows, terms, month);

    public TcoFlows Scaled(string input, double factor) =>
        this with
        {
            Flows = [.. Flows.Select(f => f.Input == input ? f with { Amount = f.Amount * factor } : f)],
        };

    /// <summary>With another business value of a solve, such as an end of its interval.</summary>
    public TcoFlows WithBusinessValue(double perSolve) =>
        this with
        {
            Flows = [.. Flows.Select(f => f.Kind == TcoFlowKind.BusinessValue ? f with { Amount = perSolve } : f)],
        };

    public TcoOptionResult Result(TcoTerms terms)
    {
        var costs = Flows.Where(f => f.Kind == TcoFlowKind.Cost).ToArray();
        var benefits = Flows.Where(f => f.Kind != TcoFlowKind.Cost).ToArray();
        return new()
        {
            Name = Option.Name,
            Kind = Option.Kind,
            Entrant = Option.Entrant,
            Costs = [.. costs.Select(f => f.Shown(terms))],
            Benefits = [.. benefits.Select(f => f.Shown(terms))],
            PresentCost = -Sum(costs, terms, terms.Months),
            PresentBenefit = Sum(benefits, terms, terms.Months)!.Value,
            NetPresentValue = Value(terms, terms.Months),
        };
    }

    private static double? Sum(IReadOnlyList<TcoFlow> flows, TcoTerms terms, int month) =>
        flows.Aggregate((double?)0.0, (sum, f) => sum + terms.Value(f, month));

    private static string Formula(CostOfOwnership sheet, double quantity, string? unit, double price, TcoTiming per)
    {
        var each = $"{Number(quantity)} {(unit is null ? "" : $"{unit} ")}x {Number(price)} {sheet.Currency}";
        return per switch
        {
            TcoTiming.Once => $"{each}, once at the start",
            TcoTiming.Month => $"{each} each month",
            TcoTiming.Solve => $"{each} per solve x {Number(sheet.Workload.SolvesPerMonth)} solves each month",
            _ => $"{each}, once at the end",
        };
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

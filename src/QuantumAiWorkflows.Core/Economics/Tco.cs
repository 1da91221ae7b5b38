namespace QuantumAiWorkflows.Economics;

/// <summary>What a benchmark says of an option: the cost of one solve and what its answers are worth more.</summary>
/// <param name="CostPerSolve">Null when it cannot be told; <paramref name="CostFormula"/> then says why.</param>
/// <param name="Benefit">Null for the option that the others are compared with, and without a business value.</param>
public sealed record TcoRecorded(
    double? CostPerSolve,
    string CostFormula,
    string CostSource,
    TcoRecordedBenefit? Benefit
);

/// <param name="PerSolve">Null when it was not shown: then nothing is credited.</param>
/// <param name="Low">End of an interval, as <paramref name="High"/>.</param>
public sealed record TcoRecordedBenefit(double? PerSolve, double? Low, double? High, string Formula, string Source);

/// <summary>
/// Cost of ownership: present values of everything that an option costs and brings, months discounted at
/// (1 + rate)^(1/12), and every option against the first classical one. Pure: the same sheet gives the same result.
/// </summary>
public static class Tco
{
    /// <param name="recorded">By option; null for one without an entrant.</param>
    public static TcoResult Of(CostOfOwnership sheet, Func<TcoOption, TcoRecorded?>? recorded = null)
    {
        var options = sheet.Options.Select(o => TcoFlows.Of(sheet, o, recorded?.Invoke(o))).ToArray();
        var reference = options.First(o => o.Option.Kind == TcoKind.Classical);
        var terms = TcoTerms.Of(sheet);
        return new()
        {
            Currency = sheet.Currency,
            HorizonMonths = sheet.HorizonMonths,
            DiscountRatePerYear = sheet.DiscountRatePerYear,
            Workload = sheet.Workload,
            Reference = reference.Option.Name,
            Options = [.. options.Select(o => o.Result(terms))],
            Comparisons =
            [
                .. options.Where(o => o != reference).Select(o => TcoComparison.Of(o, reference, sheet, terms)),
            ],
        };
    }
}

/// <summary>The options side by side, and each against the first classical one.</summary>
public sealed record TcoResult
{
    public required string Currency { get; init; }
    public required int HorizonMonths { get; init; }
    public required double DiscountRatePerYear { get; init; }
    public required TcoWorkload Workload { get; init; }

    /// <summary>Name of the option that the others are compared with.</summary>
    public required string Reference { get; init; }
    public required IReadOnlyList<TcoOptionResult> Options { get; init; }
    public required IReadOnlyList<TcoComparison> Comparisons { get; init; }
}

/// <summary>One option. Money is null where something that it is made of cannot be told; a line's formula says why.</summary>
public sealed record TcoOptionResult
{
    public required string Name { get; init; }
    public required TcoKind Kind { get; init; }
    public required string? Entrant { get; init; }
    public required IReadOnlyList<TcoAmount> Costs { get; init; }
    public required IReadOnlyList<TcoAmount> Benefits { get; init; }
    public required double? PresentCost { get; init; }
    public required double PresentBenefit { get; init; }

    /// <summary>Benefit less cost.</summary>
    public required double? NetPresentValue { get; init; }
}

/// <param name="Item">One of the nine, or the name of a benefit.</param>
/// <param name="Per">once, month or end: a cost per solve is shown per month.</param>
/// <param name="Amount">Each time it falls due; null when it cannot be told.</param>
/// <param name="PresentValue">Of all its payments over the horizon.</param>
public sealed record TcoAmount(
    string Item,
    TcoTiming Per,
    double? Amount,
    double? PresentValue,
    string Formula,
    string Source
);

/// <summary>When money flows and what it is worth today.</summary>
/// <param name="MonthlyRate">(1 + yearly)^(1/12) - 1.</param>
internal sealed record TcoTerms(int Months, double MonthlyRate, double SolvesPerMonth)
{
    public static TcoTerms Of(CostOfOwnership sheet) =>
        Of(sheet.HorizonMonths, sheet.DiscountRatePerYear, sheet.Workload.SolvesPerMonth);

    public static TcoTerms Of(int months, double ratePerYear, double solvesPerMonth) =>
        new(months, Math.Pow(1 + ratePerYear, 1.0 / 12) - 1, solvesPerMonth);

    /// <summary>What 1 in each of the first months is worth today.</summary>
    public double Annuity(int months) =>
        MonthlyRate == 0 ? months : (1 - Math.Pow(1 + MonthlyRate, -months)) / MonthlyRate;

    /// <summary>Present value of all payments due by the end of a month.</summary>
    public double? Value(TcoFlow flow, int month) =>
        flow.Per switch
        {
            TcoTiming.Once => flow.Amount,
            TcoTiming.Month => flow.Amount * Annuity(month),
            TcoTiming.Solve => flow.Amount * SolvesPerMonth * Annuity(month),
            _ => month < Months ? 0 : flow.Amount * Math.Pow(1 + MonthlyRate, -Months),
        };
}

/// <summary>One payment or its repetition, with what is shown of it.</summary>
/// <param name="Input">Its name among the inputs that are varied.</param>
/// <param name="Amount">Above 0 for a benefit, below for a cost; null when it cannot be told.</param>
internal sealed record TcoFlow(
    TcoFlowKind Kind,
    string Input,
    string Item,
    TcoTiming Per,
    double? Amount,
    string Formula,
    string Source
)
{
    /// <summary>A cost per solve is shown per month; costs are shown above 0.</summary>
    public TcoAmount Shown(TcoTerms terms)
    {
        var sign = Kind == TcoFlowKind.Cost ? -1 : 1;
        var isPerSolve = Per == TcoTiming.Solve;
        return new(
            Item,
            isPerSolve ? TcoTiming.Month : Per,
            sign * Amount * (isPerSolve ? terms.SolvesPerMonth : 1),
            sign * terms.Value(this, terms.Months),
            Formula,
            Source
        );
    }
}

internal enum TcoFlowKind
{
    Cost,
    Benefit,

    /// <summary>A benefit that a benchmark measured.</summary>
    BusinessValue,
}

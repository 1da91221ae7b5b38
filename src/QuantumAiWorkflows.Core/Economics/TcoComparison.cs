using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Economics;

/// <summary>One option less the classical one. Above 0 the option is worth more over the horizon.</summary>
public sealed record TcoComparison
{
    public required string Option { get; init; }
    public required string Reference { get; init; }

    /// <summary>Present cost of each item on both sides.</summary>
    public required IReadOnlyList<TcoDifference> Items { get; init; }
    public required double? CostDifference { get; init; }
    public required double BenefitDifference { get; init; }

    /// <summary>Benefit difference less cost difference; null when a cost is unknown.</summary>
    public required double? NetPresentValueDifference { get; init; }

    /// <summary>Shown to be worth more, beyond what rounding of the sums leaves.</summary>
    [JsonIgnore]
    public bool IsAhead => IsAheadBy(NetPresentValueDifference, Items, BenefitDifference);

    /// <summary>At the ends of the business value's interval; null without one.</summary>
    public required double? Low { get; init; }

    /// <inheritdoc cref="Low"/>
    public required double? High { get; init; }

    /// <summary>The month from which the option is ahead and stays so to the end; null when there is none.</summary>
    public required int? BreakEvenMonth { get; init; }

    /// <summary>The month in words; "none within the horizon" and how long that is where there is none.</summary>
    public required string BreakEven { get; init; }

    /// <summary>What the difference becomes when one input changes; the widest swing first.</summary>
    public required IReadOnlyList<TcoSensitivity> Sensitivity { get; init; }

    internal static TcoComparison Of(TcoFlows option, TcoFlows reference, CostOfOwnership sheet, TcoTerms terms)
    {
        var (a, b) = (option.Result(terms), reference.Result(terms));
        var difference = a.NetPresentValue - b.NetPresentValue;
        var benefit = a.PresentBenefit - b.PresentBenefit;
        TcoDifference[] items =
        [
            .. Enum.GetValues<TcoItem>()
                .Select(i => JsonNames.Of(i))
                .Select(i => new TcoDifference(i, Present(a, i), Present(b, i), Present(a, i) - Present(b, i))),
        ];
        var month = IsAheadBy(difference, items, benefit) ? BreakEvenOf(option, reference, terms) : null;
        return new()
        {
            Option = a.Name,
            Reference = b.Name,
            Items = items,
            CostDifference = a.PresentCost - b.PresentCost,
            BenefitDifference = benefit,
            NetPresentValueDifference = difference,
            Low = AtValue(option.Recorded?.Low),
            High = AtValue(option.Recorded?.High),
            BreakEvenMonth = month,
            BreakEven = month switch
            {
                null => $"none within the horizon of {terms.Months} months",
                0 => "from the start",
                _ => $"month {month}",
            },
            Sensitivity = difference is null ? [] : SensitivityOf(option, reference, sheet, terms),
        };

        double? AtValue(double? perSolve) =>
            perSolve is { } value
                ? option.WithBusinessValue(value).Value(terms, terms.Months) - reference.Value(terms, terms.Months)
                : null;
    }

    private static bool IsAheadBy(double? difference, IReadOnlyList<TcoDifference> items, double benefit) =>
        difference > 1e-9 * (Math.Abs(benefit) + items.Sum(i => (i.Option ?? 0) + (i.Reference ?? 0)));

    /// <summary>Null when a line of the item is unknown.</summary>
    private static double? Present(TcoOptionResult option, string item)
    {
        var lines = option.Costs.Where(c => c.Item == item).ToArray();
        return lines.Any(l => l.PresentValue is null) ? null : lines.Sum(l => l.PresentValue);
    }

    private static int? BreakEvenOf(TcoFlows option, TcoFlows reference, TcoTerms terms)
    {
        int? first = null;
        for (var month = terms.Months; month >= 0; month--)
        {
            if (option.Value(terms, month) - reference.Value(terms, month) < 0)
                break;
            first = month;
        }
        return first;
    }

    private static TcoSensitivity[] SensitivityOf(
        TcoFlows option,
        TcoFlows reference,
        CostOfOwnership sheet,
        TcoTerms terms
    )
    {
        var share = sheet.SensitivityPercent / 100;
        var (solves, rate) = (sheet.Workload.SolvesPerMonth, sheet.DiscountRatePerYear);
        List<(string Input, Func<double, double> At)> inputs =
        [
            ("solvesPerMonth", f => Difference(option, reference, terms with { SolvesPerMonth = f * solves })),
            ("discountRatePerYear", f => Difference(option, reference, TcoTerms.Of(terms.Months, f * rate, solves))),
            (
                "horizonMonths",
                f =>
                    Difference(
                        option,
                        reference,
                        terms with
                        {
                            Months = Math.Max(1, (int)Math.Round(f * terms.Months)),
                        }
                    )
            ),
        ];
        foreach (var input in option.Flows.Where(f => f.Amount != 0).Select(f => f.Input).Distinct())
            inputs.Add((input, f => Difference(option.Scaled(input, f), reference, terms)));
        foreach (var input in reference.Flows.Where(f => f.Amount != 0).Select(f => f.Input).Distinct())
            inputs.Add((input, f => Difference(option, reference.Scaled(input, f), terms)));
        return
        [
            .. inputs
                .Select(i => new TcoSensitivity(i.Input, sheet.SensitivityPercent, i.At(1 - share), i.At(1 + share)))
                .OrderByDescending(s => Math.Abs(s.AtHigher - s.AtLower))
                .ThenBy(s => s.Input, StringComparer.Ordinal),
        ];
    }

    private static double Difference(TcoFlows option, TcoFlows reference, TcoTerms terms) =>
        option.Value(terms, terms.Months)!.Value - reference.Value(terms, terms.Months)!.Value;
}

/// <summary>Present cost of one of the nine items.</summary>
public sealed record TcoDifference(string Item, double? Option, double? Reference, double? Difference);

/// <param name="Input">An input of the sheet, or option and item: all lines of the item change together.</param>
/// <param name="AtLower">The difference of net present values with the input that many percent lower.</param>
/// <param name="AtHigher">With the input as much higher.</param>
public sealed record TcoSensitivity(string Input, double Percent, double AtLower, double AtHigher);

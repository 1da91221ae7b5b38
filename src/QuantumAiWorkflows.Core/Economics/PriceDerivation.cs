namespace QuantumAiWorkflows.Economics;

/// <summary>
/// The figures that a price per second was worked out from, so that anybody can put in their own and check the result.
/// Either bought: (purchasePrice x (1 + overheadShare)) / (units x years x utilisation) for the seconds of a year, plus
/// watts x pricePerKwh; or rented: pricePerHour / units.
/// </summary>
public sealed record PriceDerivation
{
    /// <summary>365.25 days.</summary>
    public const double SecondsPerYear = 31_557_600;

    private const double SecondsPerHour = 3600;

    private const double WattsPerKilowatt = 1000;

    /// <summary>Of everything that <see cref="Units"/> counts, in the list's currency; null when it is rented.</summary>
    public double? PurchasePrice { get; init; }

    /// <summary>Rent for an hour of all <see cref="Units"/>; null when it is bought.</summary>
    public double? PricePerHour { get; init; }

    /// <summary>Cores, GiB or devices that the price is for.</summary>
    public double Units { get; init; } = 1;

    /// <summary>Room, care and repairs over the whole life, as a share of the purchase.</summary>
    public double OverheadShare { get; init; }

    /// <summary>Until it is written off.</summary>
    public double? Years { get; init; }

    /// <summary>Share of the time that somebody uses it; idle time is paid by the used time.</summary>
    public double? Utilisation { get; init; }

    /// <summary>Of one unit in use, cooling included.</summary>
    public double Watts { get; init; }

    public double PricePerKwh { get; init; }

    /// <summary>For one second of one unit.</summary>
    /// <exception cref="InvalidOperationException">Neither bought nor rented, or both.</exception>
    public double UnitPrice() =>
        this switch
        {
            { PurchasePrice: null, PricePerHour: { } rent } => rent / Units / SecondsPerHour,
            { PurchasePrice: { } purchase, PricePerHour: null, Years: { } years, Utilisation: { } share } => purchase
                * (1 + OverheadShare)
                / (Units * years * SecondsPerYear * share)
                + Watts / WattsPerKilowatt * PricePerKwh / SecondsPerHour,
            _ => throw new InvalidOperationException(
                "A price is derived from purchasePrice, years and utilisation, or from pricePerHour."
            ),
        };
}

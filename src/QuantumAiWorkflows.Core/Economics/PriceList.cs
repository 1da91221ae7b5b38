using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Economics;

/// <summary>What a unit of each resource costs, with where the figure comes from. Immutable; a change is a new version.</summary>
public sealed record PriceList
{
    private static readonly Lazy<IReadOnlyList<PriceList>> Embedded = new(() =>
        [
            .. EmbeddedJson
                .All<PriceList>("PriceLists")
                .OrderBy(l => l.Id != "local")
                .ThenBy(l => l.Id, StringComparer.Ordinal),
        ]
    );

    /// <summary>The lists that come with the product, the local one first.</summary>
    public static IReadOnlyList<PriceList> BuiltIn => Embedded.Value;

    /// <summary>The built-in list for runs on one's own machine: an estimate, with its assumptions.</summary>
    public static PriceList Local => BuiltIn[0];

    /// <summary>What a quantum run is priced with as on hardware where its own list has no price of a QPU.</summary>
    public static PriceList DefaultQpu => BuiltIn.First(l => l.Id == "qpu-shots-superconducting");

    [Length(1, 100)]
    public required string Id { get; init; }

    [Length(1, 100)]
    public required string Version { get; init; }

    /// <summary>ISO 4217. Costs compare within one currency only.</summary>
    [Length(3, 3)]
    public required string Currency { get; init; }

    [Length(0, 500)]
    public string? Description { get; init; }

    /// <summary>Which <see cref="Economics.HardwareProfile"/> usage is modelled for; null when it prices no QPU.</summary>
    [Length(1, 100)]
    public string? HardwareProfile { get; init; }

    [Length(1, 50)]
    public required IReadOnlyList<PriceItem> Items { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits over the list's canonical JSON.</summary>
    [JsonIgnore]
    public string Hash =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Value(JsonSerializer.SerializeToElement(this, StrictJson.Options)))))}";

    [JsonIgnore]
    public PriceListRef Ref => new(Id, Version, Hash);

    /// <summary>Whether it has a price of anything that only a QPU consumes.</summary>
    [JsonIgnore]
    public bool PricesQpu => Items.Any(i => UsageDimension.IsQpu(i.Dimension));

    /// <summary>Reads a list of the operator's own, with every fault of it.</summary>
    public static PriceList? Read(JsonElement element, FaultList faults)
    {
        if (StrictJson.Read<PriceList>(element, "", faults) is not { } list)
            return null;
        var before = faults.Count;
        if (list.HardwareProfile is { } profile && Economics.HardwareProfile.Find(profile) is null)
            faults.Add(
                FaultCode.UnknownValue,
                "/hardwareProfile",
                $"No hardware profile \"{profile}\"; known are {string.Join(", ", Economics.HardwareProfile.BuiltIn.Select(p => p.Id))}."
            );
        for (var i = 0; i < list.Items.Count; i++)
            Check(list, i, faults);
        return faults.Count == before ? list : null;
    }

    private static void Check(PriceList list, int index, FaultList faults)
    {
        var (item, at) = (list.Items[index], $"/items/{index}");
        if (!UsageDimension.Names.Contains(item.Dimension, StringComparer.Ordinal))
            faults.Add(
                FaultCode.UnknownValue,
                $"{at}/dimension",
                $"Nothing is used by the name \"{item.Dimension}\"; known are {string.Join(", ", UsageDimension.Names)}."
            );
        if (list.Items.Take(index).Any(i => i.Dimension == item.Dimension))
            faults.Add(FaultCode.DuplicateEntry, $"{at}/dimension", $"\"{item.Dimension}\" has two prices.");
        if (item.Derivation is not { } derivation)
            return;
        // What is shown as the arithmetic must give the price that is charged.
        double derived;
        try
        {
            derived = derivation.UnitPrice();
        }
        catch (InvalidOperationException e)
        {
            faults.Add(FaultCode.Conflict, $"{at}/derivation", e.Message);
            return;
        }
        if (!(Math.Abs(derived - item.UnitPrice) <= 1e-6 * item.UnitPrice))
            faults.Add(
                FaultCode.Conflict,
                $"{at}/unitPrice",
                $"The derivation gives {derived:R}, unitPrice is {item.UnitPrice:R}."
            );
    }
}

/// <param name="Dimension">A member of <see cref="Runs.Usage"/>, in camelCase: <c>cpuSecond</c>, <c>shot</c>.</param>
/// <param name="UnitPrice">In the list's currency; 0 or more.</param>
/// <param name="Source">Where the price is from, or the assumptions it was worked out under.</param>
public sealed record PriceItem(
    string Dimension,
    [property: Range(0, 1e9)] double UnitPrice,
    UsageBasis Basis,
    PriceKind Kind,
    [property: Length(1, 1000)] string Source,
    DateOnly Date
)
{
    /// <summary>The arithmetic behind the price; null for a published one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PriceDerivation? Derivation { get; init; }
}

/// <summary>Whether the amount consumed was read from a clock or worked out for a machine that did not run it.</summary>
public enum UsageBasis
{
    Measured,
    Modelled,
}

public enum PriceKind
{
    /// <summary>Somebody's published price.</summary>
    Tariff,

    /// <summary>Our own figure.</summary>
    Estimate,
}

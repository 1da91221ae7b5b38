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
    private static readonly Lazy<PriceList> EmbeddedLocal = new(() => Embedded("local"));

    /// <summary>The built-in list for runs on one's own machine: an estimate, with its assumptions.</summary>
    public static PriceList Local => EmbeddedLocal.Value;

    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>ISO 4217. Costs compare within one currency only.</summary>
    public required string Currency { get; init; }

    public required IReadOnlyList<PriceItem> Items { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits over the list's canonical JSON.</summary>
    [JsonIgnore]
    public string Hash =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Value(JsonSerializer.SerializeToElement(this, StrictJson.Options)))))}";

    private static PriceList Embedded(string name)
    {
        using var stream =
            typeof(PriceList).Assembly.GetManifestResourceStream($"PriceLists/{name}.json")
            ?? throw new InvalidOperationException($"The price list {name} is not embedded.");
        return JsonSerializer.Deserialize<PriceList>(stream, StrictJson.Options)!;
    }
}

/// <param name="Dimension">A member of <see cref="Runs.Usage"/>, in camelCase: <c>cpuSecond</c>, <c>shot</c>.</param>
/// <param name="UnitPrice">In the list's currency; 0 or more.</param>
/// <param name="Source">Where the price is from, or the assumptions it was worked out under.</param>
public sealed record PriceItem(
    string Dimension,
    double UnitPrice,
    UsageBasis Basis,
    PriceKind Kind,
    string Source,
    DateOnly Date
);

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

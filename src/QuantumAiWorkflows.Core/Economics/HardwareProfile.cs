namespace QuantumAiWorkflows.Economics;

/// <summary>How long a kind of quantum processor takes for a circuit; with source and date, as every figure of money has.</summary>
public sealed record HardwareProfile
{
    private static readonly Lazy<IReadOnlyList<HardwareProfile>> Embedded = new(() =>
        [.. EmbeddedJson.All<HardwareProfile>("HardwareProfiles")]
    );

    public static IReadOnlyList<HardwareProfile> BuiltIn => Embedded.Value;

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Description { get; init; }

    /// <summary>Every layer of a circuit, as if it held a two-qubit gate.</summary>
    public required double SecondsPerLayer { get; init; }

    public required double SecondsPerReadout { get; init; }

    /// <summary>Reset or cooling before the next shot.</summary>
    public required double SecondsBetweenShots { get; init; }

    /// <summary>Of the processor's time, once per submitted circuit: loading and set-up.</summary>
    public required double SecondsPerTask { get; init; }

    public required string Source { get; init; }

    public required DateOnly Date { get; init; }

    public static HardwareProfile? Find(string id) => BuiltIn.FirstOrDefault(p => p.Id == id);
}

using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Economics;

/// <summary>
/// A kind of quantum processor: what it holds, how its qubits are coupled, how long it takes and how often it errs. With
/// source and date, as every figure of money has; null where no figure is known. No profile is best: <see cref="TradeOffs"/>.
/// </summary>
public sealed record HardwareProfile
{
    private static readonly Lazy<IReadOnlyList<HardwareProfile>> Embedded = new(() =>
        [.. EmbeddedJson.All<HardwareProfile>("HardwareProfiles")]
    );

    public static IReadOnlyList<HardwareProfile> BuiltIn => Embedded.Value;

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required HardwareModality Modality { get; init; }

    public required string Description { get; init; }

    /// <summary>What it is good and bad at, beside the others.</summary>
    public IReadOnlyList<string> TradeOffs { get; init; } = [];

    /// <summary>Null: no limit of its own.</summary>
    public int? Qubits { get; init; }

    public required HardwareConnectivity Connectivity { get; init; }

    public IReadOnlyList<string> NativeGates { get; init; } = [];

    /// <summary>True when a rotation about ZZ by any angle is one native gate; false when it takes two CZ.</summary>
    public bool HasNativeRzz { get; init; }

    /// <summary>True when rotations about Z are changes of phase in the control, without time or error.</summary>
    public bool HasVirtualZ { get; init; }

    /// <summary>True when two-qubit gates run one after the other, as on one chain of ions; false when disjoint pairs run at once.</summary>
    public bool RunsPairsOneByOne { get; init; }

    /// <summary>Layers of two-qubit gates that still give an answer; null where no limit is stated.</summary>
    public int? DepthLimit { get; init; }

    public double? SecondsPerOneQubitGate { get; init; }

    public double? SecondsPerTwoQubitGate { get; init; }

    /// <summary>Every layer of a circuit, as if it held a two-qubit gate; on an annealer the anneal.</summary>
    public required double SecondsPerLayer { get; init; }

    public required double SecondsPerReadout { get; init; }

    /// <summary>Reset or cooling before the next shot.</summary>
    public required double SecondsBetweenShots { get; init; }

    /// <summary>Of the processor's time, once per submitted circuit: loading and set-up.</summary>
    public required double SecondsPerTask { get; init; }

    /// <summary>Average infidelity of a one-qubit gate, as randomized benchmarking gives it.</summary>
    public double? OneQubitError { get; init; }

    /// <summary>Average infidelity of a two-qubit gate.</summary>
    public double? TwoQubitError { get; init; }

    /// <summary>Probability that one bit is read wrongly, preparation included where only both together are known.</summary>
    public double? ReadoutError { get; init; }

    /// <summary>Time constant of relaxation.</summary>
    public double? T1Seconds { get; init; }

    /// <summary>Time constant of dephasing.</summary>
    public double? T2Seconds { get; init; }

    /// <summary>Probability that a qubit is lost at a gate, for each gate and qubit.</summary>
    public double? LossPerGate { get; init; }

    /// <summary>Probability that a qubit is lost on its way through the machine, once a shot.</summary>
    public double? LossPerShot { get; init; }

    /// <summary>Probability that a two-qubit gate comes off at all; null where it always does.</summary>
    public double? TwoQubitGateSuccess { get; init; }

    /// <summary>The built-in price lists that price it.</summary>
    public IReadOnlyList<string> PriceLists =>
        [.. PriceList.BuiltIn.Where(l => l.HardwareProfile == Id).Select(l => l.Id)];

    /// <summary>Where each figure is from.</summary>
    public IReadOnlyList<HardwareSource> Sources { get; init; } = [];

    /// <summary>The sources in short.</summary>
    public required string Source { get; init; }

    public required DateOnly Date { get; init; }

    public static HardwareProfile? Find(string id) => BuiltIn.FirstOrDefault(p => p.Id == id);

    /// <summary>Whether it runs circuits of gates, with two-qubit gates of a known time and error.</summary>
    [JsonIgnore]
    public bool RunsCircuits => Modality is not (HardwareModality.Annealer or HardwareModality.Simulator);
}

public enum HardwareModality
{
    Superconducting,
    TrappedIon,
    NeutralAtom,
    Photonic,
    Annealer,
    Simulator,
}

/// <param name="Kind">The graph of coupled qubits.</param>
/// <param name="Degree">Most neighbours of one qubit; null where every qubit reaches every other.</param>
public sealed record HardwareConnectivity(ConnectivityKind Kind, int? Degree, string? Note = null);

public enum ConnectivityKind
{
    AllToAll,

    /// <summary>Hexagons with a qubit on every corner and every edge.</summary>
    HeavyHex,

    SquareGrid,

    /// <summary>D-Wave's graph of degree 15.</summary>
    Pegasus,

    /// <summary>D-Wave's graph of degree 20.</summary>
    Zephyr,
}

/// <param name="Members">The members of the profile whose figures it speaks of, in camelCase.</param>
/// <param name="Source">Where they are from, or what they assume.</param>
public sealed record HardwareSource(IReadOnlyList<string> Members, FigureBasis Basis, string Source, DateOnly Date);

public enum FigureBasis
{
    /// <summary>A maker's page or a paper, named.</summary>
    Published,

    /// <summary>Remembered from such pages, not looked up again.</summary>
    Memory,

    /// <summary>Our own choice.</summary>
    Assumption,
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>The member <c>noise</c> of a circuit's options. Rates that are given replace those of the profile.</summary>
public sealed record NoiseOptions
{
    [Description(
        "Id of a hardware profile (GET /v1/hardware-profiles): its error rates, and its T1, T2 and gate times for idle qubits. null: only the rates given here."
    )]
    [Length(1, 100)]
    public string? Profile { get; init; }

    [Description(
        "Probability that a one-qubit gate is followed by X, Y or Z, each as likely; 0.75 leaves nothing of the qubit's state."
    )]
    [Range(0, 0.75)]
    public double? OneQubitError { get; init; }

    [Description(
        "Probability that a two-qubit gate is followed by one of the 15 pairs of Paulis other than II, each as likely; 0.9375 leaves nothing of their state."
    )]
    [Range(0, 0.9375)]
    public double? TwoQubitError { get; init; }

    [Description("Probability that a measured bit is read the wrong way round.")]
    [Range(0, 0.5)]
    public double? ReadoutError { get; init; }

    [Description(
        "The noise of Q#'s own simulator: after every gate on each of its qubits, and before each measurement. The only rates, with loss, that executionPath qsharp-simulator takes."
    )]
    public PauliRates? Pauli { get; init; }

    [Description(
        "Probability that a qubit is lost at a gate, for each gate and qubit and at the measurement. A shot that lost one is thrown away, as machines that notice it do; it counts as a shot."
    )]
    [Range(0, 0.5)]
    public double? Loss { get; init; }

    [Description(
        "Random sets of errors that the noisy state is averaged over, on qsharp-qir. null: 256 up to 14 qubits, then half as many for each qubit more, at least 16."
    )]
    [Range(1, 100_000)]
    public int? Trajectories { get; init; }
}

/// <summary>Probabilities of the three errors on one qubit; 0.25 each leaves nothing of its state.</summary>
public sealed record PauliRates
{
    [Range(0, 0.25)]
    public double X { get; init; }

    [Range(0, 0.25)]
    public double Y { get; init; }

    [Range(0, 0.25)]
    public double Z { get; init; }
}

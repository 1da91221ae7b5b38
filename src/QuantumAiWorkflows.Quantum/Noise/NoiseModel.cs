using QuantumAiWorkflows.Economics;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>The rates of one run, worked out from <see cref="NoiseOptions"/>. Probabilities are those of an error, not infidelities.</summary>
internal sealed record NoiseModel
{
    /// <summary>Of a depolarizing error after a one-qubit gate.</summary>
    public double OneQubit { get; init; }

    /// <summary>Of a depolarizing error after a two-qubit gate.</summary>
    public double TwoQubit { get; init; }

    public double Readout { get; init; }

    /// <summary>After every gate on each of its qubits and before each measurement.</summary>
    public PauliRates Pauli { get; init; } = new();

    /// <summary>Of a qubit, at each gate that it takes part in and at its measurement.</summary>
    public double Loss { get; init; }

    /// <summary>Of a qubit, once a shot.</summary>
    public double LossPerShot { get; init; }

    /// <summary>Of a two-qubit gate of chance, to come off; a shot in which one does not is lost, too.</summary>
    public double TwoQubitGateSuccess { get; init; } = 1;

    /// <summary>Rotations about Z are changes of phase in the control: they take no time and make no errors.</summary>
    public bool HasVirtualZ { get; init; }

    /// <summary>How qubits decay while they wait; null when they do not.</summary>
    public Decay? Idle { get; init; }

    /// <summary>The id of the profile that rates were taken from; null when all were given.</summary>
    public string? Profile { get; init; }

    /// <summary>
    /// A profile has average gate infidelities r, which is what randomized benchmarking measures; a depolarizing channel
    /// with that infidelity has an error with probability r·(d + 1)/d, where d = 2 for one qubit and 4 for two (Nielsen,
    /// "A simple formula for the average gate fidelity of a quantum dynamical operation", 2002).
    /// </summary>
    public static NoiseModel Of(NoiseOptions options)
    {
        var profile = options.Profile is { } id ? HardwareProfile.Find(id) : null;
        return new()
        {
            Profile = options.Profile,
            OneQubit = options.OneQubitError ?? Math.Min(1.5 * (profile?.OneQubitError ?? 0), 0.75),
            TwoQubit = options.TwoQubitError ?? Math.Min(1.25 * (profile?.TwoQubitError ?? 0), 0.9375),
            Readout = options.ReadoutError ?? profile?.ReadoutError ?? 0,
            Pauli = options.Pauli ?? new(),
            Loss = options.Loss ?? profile?.LossPerGate ?? 0,
            LossPerShot = profile?.LossPerShot ?? 0,
            TwoQubitGateSuccess = profile?.TwoQubitGateSuccess ?? 1,
            HasVirtualZ = profile?.HasVirtualZ ?? false,
            Idle = profile is { T1Seconds: { } t1, T2Seconds: { } t2 }
                ? new(
                    t1,
                    t2,
                    profile.SecondsPerOneQubitGate ?? 0,
                    profile.SecondsPerTwoQubitGate ?? 0,
                    profile.RunsPairsOneByOne
                )
                : null,
        };
    }
}

/// <summary>
/// Relaxation and dephasing of a waiting qubit as Pauli errors (twirled; Geller and Zhou, "Efficient error models for
/// fault-tolerant architectures and the Pauli twirling approximation", 2013). What decays during a gate is in the gate's
/// own error rate.
/// </summary>
/// <param name="PairsOneByOne">Two-qubit gates wait for each other, wherever they are.</param>
internal sealed record Decay(
    double T1Seconds,
    double T2Seconds,
    double SecondsPerOneQubitGate,
    double SecondsPerTwoQubitGate,
    bool PairsOneByOne = false
)
{
    /// <summary>Errors of a qubit that waits for so many seconds.</summary>
    public PauliRates After(double seconds)
    {
        var relaxed = -double.ExpM1(-seconds / T1Seconds);
        var dephased = -double.ExpM1(-seconds / T2Seconds);
        // T2 is at most 2 T1; a profile's rounded figures may be a little beyond.
        return new()
        {
            X = relaxed / 4,
            Y = relaxed / 4,
            Z = Math.Max(0, dephased / 2 - relaxed / 4),
        };
    }
}

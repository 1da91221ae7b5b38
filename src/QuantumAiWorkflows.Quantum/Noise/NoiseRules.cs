using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>What can be said of a noise model before anything runs.</summary>
internal static class NoiseRules
{
    /// <summary>Adds a fault for a profile that has no errors to give, and for rates that Q#'s simulator does not know.</summary>
    public static void Check(NoiseOptions noise, bool isOnQSharp, string pointer, FaultList faults)
    {
        if (noise.Profile is { } id)
        {
            var known = HardwareProfile.BuiltIn.Where(p => p.RunsCircuits).Select(p => p.Id).ToList();
            if (!known.Contains(id, StringComparer.Ordinal))
                faults.Add(
                    FaultCode.UnknownValue,
                    $"{pointer}/profile",
                    $"No hardware profile \"{id}\" with the errors of gates; there are {string.Join(", ", known)}."
                );
        }
        if (!isOnQSharp)
            return;
        (string Name, bool IsGiven)[] unknown =
        [
            ("profile", noise.Profile is not null),
            ("oneQubitError", noise.OneQubitError is not null),
            ("twoQubitError", noise.TwoQubitError is not null),
            ("readoutError", noise.ReadoutError is not null),
            ("trajectories", noise.Trajectories is not null),
        ];
        foreach (var (name, isGiven) in unknown)
            if (isGiven)
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{pointer}/{name}",
                    $"Q#'s own simulator takes pauli and loss only; \"{name}\" needs executionPath qsharp-qir."
                );
    }

    /// <summary>Why the machine of a profile does not take such a circuit, with the numbers; null when it does.</summary>
    /// <param name="hasPairs">Whether each layer has a gate on two qubits.</param>
    public static Applicability.Unsupported? Misfit(string profile, int qubits, int layers, bool hasPairs)
    {
        if (HardwareProfile.Find(profile) is not { } machine)
            return null;
        if (qubits > machine.Qubits)
            return new(
                $"The circuit needs {qubits} qubits; the hardware profile {profile} has {machine.Qubits}.",
                qubits,
                machine.Qubits,
                "qubits"
            );
        // One rotation of one pair at the least, which without a native gate is two CZ; POST /v1/estimates counts them.
        var least =
            !hasPairs ? 0
            : machine.HasNativeRzz ? layers
            : 2 * layers;
        return least > machine.DepthLimit
            ? new(
                $"A circuit of {layers} layers is at least {least} layers of two-qubit gates deep; the hardware profile {profile} allows {machine.DepthLimit}.",
                least,
                machine.DepthLimit,
                "layers"
            )
            : null;
    }
}

namespace QuantumAiWorkflows.Quantum.Qir;

/// <summary>One gate of a flat circuit.</summary>
/// <param name="Angle">Radians, as QIR's rotations define it: rx(θ) = exp(-iθX/2). 0 for gates without one.</param>
/// <param name="First">The qubit.</param>
/// <param name="Second">The other qubit of rzz, the result of a measurement; -1 for the rest.</param>
internal readonly record struct QirGate(QirGateKind Kind, double Angle, int First, int Second);

/// <summary>The gates that our Q# programs compile to. Anything else is refused.</summary>
internal enum QirGateKind
{
    H,
    Rx,
    Rz,
    Rzz,
    M,
}

/// <summary>QIR that our engine does not take: another gate, or control flow.</summary>
public sealed class QirException(string message) : Exception(message);

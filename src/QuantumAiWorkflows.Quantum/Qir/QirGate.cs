namespace QuantumAiWorkflows.Quantum.Qir;

/// <summary>One gate of a flat circuit.</summary>
/// <param name="Angle">Radians, as QIR's rotations define it: rx(θ) = exp(-iθX/2). 0 for gates without one.</param>
/// <param name="First">The qubit; the control of cx.</param>
/// <param name="Second">The other qubit of a gate on two, the result of a measurement; -1 for the rest.</param>
internal readonly record struct QirGate(QirGateKind Kind, double Angle, int First, int Second)
{
    public bool IsOnOneQubit => Kind <= QirGateKind.Rz;

    public bool IsOnTwoQubits => Kind is >= QirGateKind.Cx and <= QirGateKind.Rzz;

    public bool HasAngle =>
        Kind
            is QirGateKind.Rx
                or QirGateKind.Ry
                or QirGateKind.Rz
                or QirGateKind.Rxx
                or QirGateKind.Ryy
                or QirGateKind.Rzz;

    public bool IsDiagonal => Kind is QirGateKind.Rz or QirGateKind.Rzz or QirGateKind.Cz;

    /// <summary>QIR's and OpenQASM's name of it.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();
}

/// <summary>The gates that our Q# programs compile to: on one qubit, on two, measurement. Anything else is refused.</summary>
internal enum QirGateKind
{
    H,
    X,
    Rx,
    Ry,
    Rz,
    Cx,
    Cz,
    Rxx,
    Ryy,
    Rzz,
    M,
}

/// <summary>QIR that our engine does not take: another gate, or control flow.</summary>
public sealed class QirException(string message) : Exception(message);

using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Runs;

/// <summary>The circuit of a run at the angles of its sampled state, gate by gate.</summary>
public sealed record CircuitDocument
{
    /// <summary>standard, xyRing, warmStart or multiAngle.</summary>
    public required string Variant { get; init; }

    public required int Layers { get; init; }

    public required int Qubits { get; init; }

    /// <summary>Time steps when every gate starts as soon as its qubits are free; measurements included.</summary>
    public required int Depth { get; init; }

    public required int TwoQubitGates { get; init; }

    /// <summary>Gates by name, measurements included.</summary>
    public required IReadOnlyDictionary<string, int> GateCounts { get; init; }

    public required IReadOnlyList<double> Gammas { get; init; }

    public required IReadOnlyList<double> Betas { get; init; }

    /// <summary>Start angles of a warm start, one per qubit; null for other circuits.</summary>
    public IReadOnlyList<double>? Starts { get; init; }

    /// <summary>In program order.</summary>
    public required IReadOnlyList<CircuitGate> Gates { get; init; }
}

/// <param name="Gate">h, x, rx, ry, rz, cx, cz, rxx, ryy, rzz or m; rotations as OpenQASM defines them: rx(θ) = exp(-iθX/2).</param>
/// <param name="Qubits">One, or two with the control of cx first.</param>
/// <param name="Part">start, cost, mixer or measurement.</param>
public sealed record CircuitGate(string Gate, IReadOnlyList<int> Qubits, string Part)
{
    /// <summary>From 0; absent outside layers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Layer { get; init; }

    /// <summary>Radians; absent for gates without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Angle { get; init; }

    /// <summary>Which angle of the run the gate's own is a multiple of, such as gammas[0]; absent for the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ScaledBy { get; init; }
}

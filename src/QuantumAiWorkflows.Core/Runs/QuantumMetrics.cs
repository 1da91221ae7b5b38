namespace QuantumAiWorkflows.Runs;

/// <summary>What a quantum run reports beside the metrics of every run.</summary>
public sealed record QuantumMetrics
{
    /// <summary><c>qsharp-simulator</c>: the whole run in Q#'s simulator. <c>qsharp-qir</c>: Q# compiled to QIR, run on our engine.</summary>
    public required string ExecutionPath { get; init; }

    /// <summary>Which circuit: standard, xyRing, warmStart or multiAngle.</summary>
    public string Variant { get; init; } = "standard";

    /// <summary>Angle of the first rotation about y of each qubit in a warm start; null for other circuits.</summary>
    public IReadOnlyList<double>? StartAngles { get; init; }

    public required EvidenceLevel EvidenceLevel { get; init; }

    public required int Qubits { get; init; }

    public required int CircuitDepth { get; init; }

    public required int TwoQubitGates { get; init; }

    /// <summary>Gates by name, measurements included.</summary>
    public required IReadOnlyDictionary<string, int> GateCounts { get; init; }

    /// <summary>Mean objective over the sampled state, in the problem's own sense, offset included.</summary>
    public required double Expectation { get; init; }

    /// <summary>Of the sampled state: the best one, or the first of the search when a clock left time for its shots only.</summary>
    public required LayerAngles Angles { get; init; }

    /// <summary>Probability that the sampled state gives the best sample's bit string.</summary>
    public required double BestSampleProbability { get; init; }

    /// <summary>
    /// (worst - expectation) / (worst - best) over all 2^n points, of an xyRing circuit over those that satisfy its groups;
    /// null where they were not enumerated.
    /// </summary>
    public double? ApproximationRatio { get; init; }

    /// <summary>Probability of all optimal bit strings in the sampled state; null where 2^n points were not enumerated.</summary>
    public double? GroundStateProbability { get; init; }

    /// <summary>|⟨our state|Q#'s own state⟩| at the final angles; null beyond the size where Q# can dump its state.</summary>
    public double? OverlapWithQSharp { get; init; }

    /// <summary>Share of the shots that have the best sample's objective.</summary>
    public required double HitRate { get; init; }

    /// <summary>
    /// Share of all 2^n assignments, of an xyRing circuit of those that satisfy its groups, that have it: what uniform
    /// random sampling would score. Null: not enumerated.
    /// </summary>
    public double? RandomHitRate { get; init; }

    /// <summary>True when the compiled circuit came from a cache.</summary>
    public required bool CompileCached { get; init; }
}

/// <summary>
/// One gamma (phase) and one beta (mixer) per layer, in radians; docs/conventions.md has the signs. A multiAngle circuit
/// has one gamma per term and one beta per variable in each layer, layer by layer; docs/qaoa.md has their order.
/// </summary>
public sealed record LayerAngles(IReadOnlyList<double> Gammas, IReadOnlyList<double> Betas);

/// <summary>What a result rests on, weakest first (requirement K-02).</summary>
public enum EvidenceLevel
{
    ClosedForm,
    IdealSimulator,
    NoisySimulator,
    SmallHardware,
    ScaledHardware,
}

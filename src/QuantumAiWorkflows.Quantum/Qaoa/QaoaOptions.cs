using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Quantum.Qaoa;

public sealed record QaoaOptions
{
    /// <summary>Shots where the budget names no number of them.</summary>
    public const int DefaultShots = 1024;

    [Description("Layers p of the circuit; 2p angles are optimized.")]
    [Range(1, 16)]
    public int Layers { get; init; } = 2;

    [Description(
        "qsharp-qir: Q# is compiled to QIR, which our state-vector engine runs. qsharp-simulator: everything runs in "
            + "Q#'s own simulator, for small problems. auto: qsharp-qir."
    )]
    public QaoaExecutionPath ExecutionPath { get; init; } = QaoaExecutionPath.Auto;

    [Description(
        "circuit: shots of the circuit. uniform: the quantum step replaced by as many random bit strings, drawn as the circuit's start state would give them, for comparison: uniform ones, for xyRing among those that satisfy the groups, for warmStart by the relaxed solution. Such a run is classical."
    )]
    public QaoaSampler Sampler { get; init; } = QaoaSampler.Circuit;

    [Description(
        "standard: uniform start and X mixer. xyRing: the variables of each group are one-hot from start to end (a W state, then an XY mixer around the ring). warmStart: starts near a solution of the relaxed problem, with the mixer that fits. multiAngle: one angle per term and per variable in each layer, on the path qsharp-qir."
    )]
    public QaoaVariant Variant { get; init; } = QaoaVariant.Standard;

    [Description(
        "Of xyRing: lists of variable indices from 0, two or more each and none twice. Exactly one variable of a group is 1 in every shot (for spins: one is +1)."
    )]
    [Length(1, 32)]
    public int[][]? Groups { get; init; }

    [Description(
        "Of warmStart: each variable's probability of being 1 at the start is kept this far from 0 and 1; at 0.5 it is the standard circuit."
    )]
    [Range(0, 0.5, MinimumIsExclusive = true)]
    public double WarmStartEpsilon { get; init; } = 0.25;

    [Description("How many of the best starting schedules the angle optimizer refines.")]
    [Range(1, 9)]
    public int Starts { get; init; } = 2;

    [Description("Expectation values that the angle search may ask for before it ends by itself.")]
    [Range(1, 1_000_000)]
    public int MaxEvaluations { get; init; } = 400;

    [Description(
        "Largest problem that qsharp-qir takes; a state of n qubits takes 24 * 2^n bytes, other variants than standard 48 and multiAngle 56."
    )]
    [Range(1, 26)]
    public int MaxQubits { get; init; } = 22;

    [Description("Largest problem that qsharp-simulator takes; its time grows faster than 2^n.")]
    [Range(1, 16)]
    public int MaxSimulatorQubits { get; init; } = 12;

    [Description(
        "Up to this size, the final state of qsharp-qir is compared with Q#'s own state (overlapWithQSharp); 0: never."
    )]
    [Range(0, 16)]
    public int CrossCheckQubits { get; init; } = 14;
}

public enum QaoaSampler
{
    Circuit,
    Uniform,
}

public enum QaoaExecutionPath
{
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("qsharp-simulator")]
    QSharpSimulator,

    [JsonStringEnumMemberName("qsharp-qir")]
    QSharpQir,
}

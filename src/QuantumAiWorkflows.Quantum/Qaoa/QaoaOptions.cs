using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Quantum.Simulator;

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
        "circuit: shots of the circuit. uniform: the quantum step replaced by as many uniform random bit strings, for comparison; such a run is classical."
    )]
    public QaoaSampler Sampler { get; init; } = QaoaSampler.Circuit;

    [Description("How many of the best starting schedules the angle optimizer refines.")]
    [Range(1, 9)]
    public int Starts { get; init; } = 2;

    [Description("Expectation values that the angle search may ask for before it ends by itself.")]
    [Range(1, 1_000_000)]
    public int MaxEvaluations { get; init; } = 400;

    [Description(
        "Largest problem that qsharp-qir takes. A state of n qubits takes 16 * 2^n bytes, in single precision half of it, "
            + "by symmetry half of it; costs of all strings take 8 * 2^n more."
    )]
    [Range(1, 30)]
    public int MaxQubits { get; init; } = 22;

    [Description("Of the amplitudes on the path qsharp-qir; single is faster and takes half the memory.")]
    public QaoaPrecision Precision { get; init; } = QaoaPrecision.Double;

    [Description(
        "auto: where the Ising form has no linear terms, the path qsharp-qir keeps half of the state, as a string and its "
            + "complement have one amplitude. off: all of it."
    )]
    public QaoaSymmetry Symmetry { get; init; } = QaoaSymmetry.Auto;

    [Description("Largest problem that qsharp-simulator takes; its time grows faster than 2^n.")]
    [Range(1, 16)]
    public int MaxSimulatorQubits { get; init; } = 12;

    [Description(
        "Up to this size, the final state of qsharp-qir is compared with Q#'s own state (overlapWithQSharp); 0: never."
    )]
    [Range(0, 16)]
    public int CrossCheckQubits { get; init; } = 14;
}

public enum QaoaSymmetry
{
    Auto,
    Off,
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

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Quantum.Noise;

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

    [Description("Largest problem that qsharp-qir takes; a state of n qubits takes 24 * 2^n bytes.")]
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

    [Description(
        "Errors that the shots are drawn with, after a search for angles without them; null: none. sampler uniform has no circuit that could err."
    )]
    public NoiseOptions? Noise { get; init; }
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

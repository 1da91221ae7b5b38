using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Quantum.Noise;
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
        "circuit: shots of the circuit. uniform: the quantum step replaced by as many random bit strings, drawn as the circuit's start state would give them, for comparison: uniform ones, for xyRing among those that satisfy the groups, for warmStart by the relaxed solution. Such a run is classical."
    )]
    public QaoaSampler Sampler { get; init; } = QaoaSampler.Circuit;

    [Description(
        "standard: uniform start and X mixer. xyRing: the variables of each group are one-hot from start to end (a W state, then an XY mixer around the ring). warmStart: starts near a solution of the relaxed problem, with the mixer that fits. multiAngle: one angle per term and per variable in each layer, on the path qsharp-qir."
    )]
    public QaoaVariant Variant { get; init; } = QaoaVariant.Standard;

    [Description(
        "Of xyRing: lists of variable indices from 0, two or more each and none twice. Exactly one variable of a group is 1 in every shot (for spins: one is +1); with noise, shots that break a group are thrown away."
    )]
    [Length(1, 32)]
    public int[][]? Groups { get; init; }

    [Description(
        "Of xyRing on a problem of another family, instead of groups: kinds or names of constraints whose one-hot groups are taken; they must not overlap. GET /v1/problems/{id}/qubo lists them. Null, without groups: all that the encoding has."
    )]
    [Length(1, 32)]
    public string[]? GroupsOf { get; init; }

    [Description(
        "Of warmStart: each variable's probability of being 1 at the start is kept this far from 0 and 1; at 0.5 it is the standard circuit."
    )]
    [Range(0, 0.5, MinimumIsExclusive = true)]
    public double WarmStartEpsilon { get; init; } = 0.25;

    [Description(
        "What looks for the angles. bfgs: quasi-Newton with exact gradients; nelderMead: downhill simplex; spsa: simultaneous "
            + "perturbation, two evaluations a step. auto: bfgs, and nelderMead on qsharp-simulator, which has no gradient, "
            + "or where costs are too large or small for one."
    )]
    public QaoaOptimizer Optimizer { get; init; } = QaoaOptimizer.Auto;

    [Description(
        "What the search minimizes. cvar: mean of the lowest share cvarAlpha of the costs; gibbs: -ln<exp(-eta C)>/eta. The "
            + "record's expectation and approximationRatio are the expectation's in any case."
    )]
    public QaoaObjective Objective { get; init; } = QaoaObjective.Expectation;

    [Description("Share of the distribution that objective cvar looks at; 1 is the expectation.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double CvarAlpha { get; init; } = 0.2;

    [Description(
        "eta of objective gibbs, times the standard deviation of the cost over all bit strings. Near 0 it is the expectation."
    )]
    [Range(1e-6, 1000)]
    public double GibbsEta { get; init; } = 1;

    [Description("How many of the best starting schedules the optimizer refines.")]
    [Range(1, 9)]
    public int Starts { get; init; } = 2;

    [Description("Random starting points, by the run's seed, that the optimizer refines, too.")]
    [Range(0, 1000)]
    public int Restarts { get; init; }

    [Description(
        "Evaluations that the angle search may use before it ends by itself; a gradient of all angles counts 3, of objective cvar 4."
    )]
    [Range(1, 1_000_000)]
    public int MaxEvaluations { get; init; } = 2000;

    [Description(
        "Largest problem that qsharp-qir takes. n qubits take 40 * 2^n bytes: two states, of which each is half as large in "
            + "single precision and half as large by symmetry, and 8 * 2^n for costs; without gradients 24 * 2^n. Variants "
            + "other than standard take 48 * 2^n, multiAngle 56 * 2^n."
    )]
    [Range(1, 30)]
    public int MaxQubits { get; init; } = 22;

    [Description(
        "Of the amplitudes of the variant standard on the path qsharp-qir; single is faster, takes half the memory, and is refused where costs sum up to less than 1e-12 or more than 1e15."
    )]
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

    [Description(
        "Errors that the shots are drawn with, after a search for angles without them; null: none. sampler uniform has no circuit that could err."
    )]
    public NoiseOptions? Noise { get; init; }
}

public enum QaoaOptimizer
{
    Auto,
    Bfgs,
    NelderMead,
    Spsa,
}

public enum QaoaObjective
{
    Expectation,
    Cvar,
    Gibbs,
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

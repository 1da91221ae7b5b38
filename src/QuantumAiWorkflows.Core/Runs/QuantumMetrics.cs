namespace QuantumAiWorkflows.Runs;

/// <summary>What a quantum run reports beside the metrics of every run.</summary>
public sealed record QuantumMetrics
{
    /// <summary>
    /// <c>qsharp-simulator</c>: the whole run in Q#'s simulator. <c>qsharp-qir</c>: Q# compiled to QIR, run on our engine.
    /// <c>closed-form</c>: expectation values by formula; no circuit was compiled, no state made and nothing measured.
    /// </summary>
    public required string ExecutionPath { get; init; }

    /// <summary>Which circuit: standard, xyRing, warmStart or multiAngle; null where none ran.</summary>
    public string? Variant { get; init; }

    /// <summary>Angle of the first rotation about y of each qubit in a warm start; null for other circuits.</summary>
    public IReadOnlyList<double>? StartAngles { get; init; }

    public required EvidenceLevel EvidenceLevel { get; init; }

    public required int Qubits { get; init; }

    /// <summary>Null where no circuit was compiled; likewise the other gate numbers.</summary>
    public int? CircuitDepth { get; init; }

    public int? TwoQubitGates { get; init; }

    /// <summary>Gates by name, measurements included.</summary>
    public IReadOnlyDictionary<string, int>? GateCounts { get; init; }

    /// <summary>
    /// Mean objective over the sampled state, in the problem's own sense, offset included. Of <c>rqaoa</c>: over the state
    /// of its first round, which is that of the whole problem.
    /// </summary>
    public required double Expectation { get; init; }

    /// <summary>What chose the angles: <c>bfgs</c>, <c>nelderMead</c> or <c>spsa</c>; null where none were searched for.</summary>
    public string? Optimizer { get; init; }

    /// <summary>What the search minimized: <c>expectation</c>, <c>cvar</c> or <c>gibbs</c>; null where there was no search.</summary>
    public string? Objective { get; init; }

    /// <summary>Its value in the sampled state, in the problem's own sense, offset included.</summary>
    public double? ObjectiveValue { get; init; }

    /// <summary>How many evaluations each part of the search took, by name, in their order.</summary>
    public IReadOnlyDictionary<string, long>? EvaluationsByPhase { get; init; }

    /// <summary>Of the sampled state: the best one, or the first of the search when a clock left time for its shots only.</summary>
    public required LayerAngles Angles { get; init; }

    /// <summary>Probability that the sampled state gives the best sample's bit string; null without samples.</summary>
    public double? BestSampleProbability { get; init; }

    /// <summary>
    /// (worst - expectation) / (worst - best) over all 2^n points, of an xyRing circuit over those that satisfy its groups;
    /// null where they were not enumerated.
    /// </summary>
    public double? ApproximationRatio { get; init; }

    /// <summary>Probability of all optimal bit strings in the sampled state; null where 2^n points were not enumerated.</summary>
    public double? GroundStateProbability { get; init; }

    /// <summary>Share of all 2^n bit strings that are optimal; null where they were not enumerated.</summary>
    public double? RandomGroundStateProbability { get; init; }

    /// <summary>
    /// <see cref="GroundStateProbability"/> over <see cref="RandomGroundStateProbability"/>: how many times likelier than by
    /// guessing one shot is optimal, exact from the state.
    /// </summary>
    public double? GroundStateEnhancement { get; init; }

    /// <summary>|⟨our state|Q#'s own state⟩| at the final angles; null beyond the size where Q# can dump its state.</summary>
    public double? OverlapWithQSharp { get; init; }

    /// <summary>Share of the shots that have the best sample's objective; null without shots.</summary>
    public double? HitRate { get; init; }

    /// <summary>
    /// Share of all 2^n assignments, of an xyRing circuit of those that satisfy its groups, that have it: what uniform
    /// random sampling would score. Null: not enumerated.
    /// </summary>
    public double? RandomHitRate { get; init; }

    /// <summary>True when the compiled circuit came from a cache; null where none was compiled.</summary>
    public bool? CompileCached { get; init; }

    /// <summary>Rounds of a recursion, in order, the first thousand at most; null where there is none.</summary>
    public IReadOnlyList<EliminationRound>? Rounds { get; init; }

    /// <summary>How many there were.</summary>
    public int? RoundCount { get; init; }

    /// <summary>
    /// The same state without and with noise; null for an ideal run. Where there is noise, the members above are those of
    /// the noisy state: it is what ran.
    /// </summary>
    public NoiseMetrics? Noise { get; init; }
}

/// <summary>What noise did to a run: ideal and noisy figures of the same angles side by side.</summary>
public sealed record NoiseMetrics
{
    /// <summary>The hardware profile that rates were taken from; null when all of them were given.</summary>
    public string? Profile { get; init; }

    /// <summary>Probability of a depolarizing error after a one-qubit gate.</summary>
    public required double OneQubitError { get; init; }

    /// <summary>Probability of a depolarizing error after a two-qubit gate.</summary>
    public required double TwoQubitError { get; init; }

    public required double ReadoutError { get; init; }

    /// <summary>Sum of the rates of X, Y and Z after every gate on each of its qubits.</summary>
    public required double PauliError { get; init; }

    public required double Loss { get; init; }

    /// <summary>Random sets of errors that were averaged over; null on Q#'s simulator, where every shot is one.</summary>
    public int? Trajectories { get; init; }

    /// <summary>Probability that a shot meets no error in its gates or while waiting; null on Q#'s simulator.</summary>
    public double? ErrorFreeProbability { get; init; }

    /// <summary>Shots that were thrown away because a qubit was lost; they count as shots.</summary>
    public required long LostShots { get; init; }

    /// <summary>
    /// Shots that were thrown away because they have not exactly one 1 in each group; they count as shots, and what is
    /// said of the noisy state is said of the others. Of variant xyRing only, whose ideal circuit never gives one.
    /// </summary>
    public long BrokenShots { get; init; }

    public required double IdealExpectation { get; init; }

    /// <summary>Mean objective of the noisy state, in the problem's own sense, offset included.</summary>
    public required double NoisyExpectation { get; init; }

    /// <summary>Standard error of <see cref="NoisyExpectation"/>: it is averaged over trajectories or shots. 0: exact.</summary>
    public required double NoisyExpectationError { get; init; }

    public double? IdealApproximationRatio { get; init; }

    public double? NoisyApproximationRatio { get; init; }

    /// <summary>Probability that a shot of the ideal state has the best sample's objective, or a better one.</summary>
    public required double IdealHitRate { get; init; }

    /// <summary>Share of the noisy shots that have it.</summary>
    public required double NoisyHitRate { get; init; }
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

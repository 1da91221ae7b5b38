using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Solving;

/// <summary>What a solver says of itself; served as it is by <c>GET /v1/solvers</c>.</summary>
public sealed record SolverInfo
{
    /// <summary>Stable kebab-case id used in URLs, records and reports.</summary>
    public required string Id { get; init; }

    /// <summary>Semantic version; raised whenever the answer to some seed may change. A golden-hash test watches it.</summary>
    public required string Version { get; init; }

    public required Paradigm Paradigm { get; init; }

    public required SolverTask Task { get; init; }

    /// <summary>One or two sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>True when the same request, seed and count budget give the same bytes.</summary>
    public required bool Deterministic { get; init; }

    /// <summary>Under which budgets that holds.</summary>
    public required string DeterministicWhen { get; init; }

    /// <summary>What <c>budget.evaluations</c> counts for this solver.</summary>
    public required string Evaluation { get; init; }

    /// <summary>True when <c>budget.shots</c> ends a run; a solver that draws none never reaches that limit.</summary>
    public bool CountsShots { get; init; }

    /// <summary>Limits in words and numbers, such as "at most 30 variables", and what it makes of <c>budget.threads</c>.</summary>
    public required string Limits { get; init; }

    /// <summary>What a step of the method costs, in the problem's own quantities (n variables, m interactions).</summary>
    public required string Complexity { get; init; }

    public required IReadOnlyList<string> Strengths { get; init; }

    public required IReadOnlyList<string> Weaknesses { get; init; }

    /// <summary>Papers and programs that the method comes from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>True when the first solve of a problem compiles something that later ones reuse; benchmarks warm it up.</summary>
    public bool CompilesPerProblem { get; init; }

    /// <summary>True when it starts from <see cref="SolveContext.InitialSolution"/>, and never returns a worse answer.</summary>
    public bool AcceptsInitialSolution { get; init; }

    /// <summary>True when it proves its answers optimal, given the time.</summary>
    public bool Exact { get; init; }

    /// <summary>
    /// How its quantum step can be replaced by a classical one in the same loop; empty for a solver without one. A
    /// benchmark runs them beside a candidate, to tell what the quantum step itself is worth.
    /// </summary>
    public IReadOnlyList<Ablation> Ablations { get; init; } = [];

    /// <summary>
    /// The solver that it hands sub-problems to when its option <see cref="SubSolverUse.SolverMember"/> names no other;
    /// null for a solver that works alone. What it calls decides what its runs are: see <see cref="SolveOutcome.Ran"/>.
    /// </summary>
    public string? SubSolver { get; init; }

    /// <summary>
    /// Its options, where they are not its defaults, when another solver calls it many times in a run; what that run's own
    /// options say comes first. For what takes time there and says nothing.
    /// </summary>
    public JsonObject? OptionsAsSubSolver { get; init; }

    /// <summary>True when the answer does not depend on the seed: three runs show its times, ten would show no more.</summary>
    public bool IgnoresSeed { get; init; }
}

/// <param name="Name">Short; shown in brackets after the candidate's name.</param>
/// <param name="Summary">What takes the place of the quantum step, and what both have equal.</param>
/// <param name="Options">Merged over the candidate's own options; null takes one away.</param>
public sealed record Ablation(string Name, string Summary, JsonObject Options);

public enum Paradigm
{
    Classical,

    /// <summary>A classical algorithm taken from quantum physics; counts as classical in a verdict.</summary>
    QuantumInspired,

    /// <summary>Every reported sample comes from a circuit's execution or simulation.</summary>
    Quantum,
}

public enum SolverTask
{
    Search,
    Optimization,
    Sampling,
    Pattern,
}

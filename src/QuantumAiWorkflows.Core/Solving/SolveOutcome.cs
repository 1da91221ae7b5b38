using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solving;

/// <summary>How a run ended. Closed: the only cases are the ones nested here.</summary>
public abstract record SolveOutcome
{
    private SolveOutcome() { }

    /// <summary>Distinct answers seen, for solvers that sample, best first; the host cuts to what was asked for.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>What only quantum runs have: circuit numbers, expectation, angles.</summary>
    public QuantumMetrics? Quantum { get; init; }

    /// <summary>What ran, where it is not what the solver is: an ablation has no quantum step. Null: the solver's own.</summary>
    public Paradigm? Ran { get; init; }

    /// <summary>The factor by which a solver made coefficients whole; null when it did not have to.</summary>
    public double? Scale { get; init; }

    /// <summary>What was removed before the search; null for a run without a presolve.</summary>
    public PresolveMetrics? Presolve { get; init; }

    /// <summary>What the sub-problems came to; null for a solver that makes none.</summary>
    public Decomposition? Decomposition { get; init; }

    /// <summary>The sub-problems themselves, as many as were kept; null like <see cref="Decomposition"/>.</summary>
    public SubProblemTrace? SubProblems { get; init; }

    /// <summary>What stood for the problem, and what became of its constraints; null for a problem that was taken as it is.</summary>
    public EncodingMetrics? Encoding { get; init; }

    /// <summary>Who was chosen and why; null but for <c>auto</c>.</summary>
    public AutoMetrics? Auto { get; init; }

    /// <param name="Best">The best answer found; the referee decides whether it is one.</param>
    /// <param name="Bound">Proven bound on the objective, in the problem's own sense.</param>
    /// <param name="IsProven">Optimality was proven for the problem itself, not for a rounded model.</param>
    public sealed record Found(Solution Best, double? Bound = null, bool IsProven = false) : SolveOutcome;

    /// <summary>Proven: no answer satisfies the constraints.</summary>
    /// <param name="Conflict">Constraints that cannot hold together; null where the solver does not look for them.</param>
    public sealed record Infeasible(Conflict? Conflict = null) : SolveOutcome;

    /// <summary>The budget ran out with nothing to show; says nothing about feasibility.</summary>
    public sealed record NothingFound(string Reason) : SolveOutcome;
}

/// <summary>Constraints of a problem that no answer satisfies together.</summary>
/// <param name="ProvenIrreducible">Without any one of them there is an answer; false where the budget ended before that was shown.</param>
public sealed record Conflict(IReadOnlyList<ConflictingConstraint> Constraints, bool ProvenIrreducible);

/// <param name="Constraint">The family's name for the constraint, as in a <see cref="Violation"/>.</param>
/// <param name="Pointer">JSON pointer into the problem: which one of them.</param>
public sealed record ConflictingConstraint(string Constraint, string Pointer);

/// <param name="Occurrences">How often it was drawn.</param>
public sealed record Sample(Solution Solution, long Occurrences);

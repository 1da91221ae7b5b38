using System.Text.Json;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Solving;

/// <summary>How <see cref="SolveContext.SolveSubProblem"/> ended.</summary>
/// <param name="Solver">Who was called; null when there is no such solver, or when it may not be called.</param>
/// <param name="Outcome">As the solver gave it; <see cref="SolveOutcome.NothingFound"/> with the reason when it did not run.</param>
/// <param name="Evaluations">As that solver counts them; they are among the caller's, too.</param>
/// <param name="Shots">Likewise; null for a solver that draws none.</param>
public sealed record SubRun(
    SolverInfo? Solver,
    SolveOutcome Outcome,
    StoppedBy StoppedBy,
    long Evaluations,
    long? Shots,
    double WallSeconds
);

/// <summary>
/// What a solver is going to ask of another one, so that a request that cannot work is refused before anything runs.
/// </summary>
/// <param name="SolverId">From the caller's option <see cref="SolverMember"/>.</param>
/// <param name="Options">From the caller's option <see cref="OptionsMember"/>; null for the sub-solver's own.</param>
/// <param name="Example">A problem of the family and size that it will be given.</param>
public sealed record SubSolverUse(string SolverId, JsonElement? Options, Problem Example, SolveBudget Budget)
{
    /// <summary>The option that names the other solver, in every solver that has one.</summary>
    public const string SolverMember = "subSolver";

    /// <summary>The option that holds the other solver's options.</summary>
    public const string OptionsMember = "subOptions";
}

using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Runs;

/// <summary>
/// Judges what a solver claims, from the problem's data alone. It runs in the worker, never in the solver's process: no
/// number a solver reports reaches a client unless it comes out of here.
/// </summary>
public static class Referee
{
    /// <summary>Difference up to which a bound meets an objective, as a share of the larger: rounding of sums, not slack.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>
    /// The same as a share of <see cref="Problem.Magnitude"/>, for objectives near 0 that large terms cancel to: 2^-53
    /// for each of some ten thousand additions. Neither is absolute: coefficients may be 1e-12 or 1e12.
    /// </summary>
    private const double Rounding = 1e-12;

    public static Ruling Judge(Problem problem, SolveOutcome outcome)
    {
        switch (outcome)
        {
            case SolveOutcome.Infeasible when !problem.Family.CanBeInfeasible:
                return new(ResultStatus.Unknown, null, null, null)
                {
                    Refusal =
                        $"Infeasibility was claimed, but every answer to a {problem.Family.Id} problem is feasible.",
                };
            case SolveOutcome.Infeasible infeasible:
                return new(ResultStatus.Infeasible, null, null, null) { Conflict = infeasible.Conflict };
            case SolveOutcome.NothingFound:
                return new(ResultStatus.Unknown, null, null, null);
        }

        var found = (SolveOutcome.Found)outcome;
        var evaluation = problem.Evaluate(found.Best);
        if (!double.IsFinite(evaluation.Objective))
            return Refused(found, evaluation, "The answer's objective is not a finite number.");
        if (!evaluation.IsFeasible)
            return found.IsProven
                ? Refused(found, evaluation, "An answer that violates constraints was claimed to be optimal.")
                : new(ResultStatus.Unknown, found.Best, evaluation, null);
        if (found.Bound is { } bound && IsWrongSide(problem, evaluation.Objective, bound))
            return Refused(
                found,
                evaluation,
                $"The bound {bound:R} is on the wrong side of the objective {evaluation.Objective:R}."
            );
        if (!found.IsProven)
            return new(ResultStatus.Feasible, found.Best, evaluation, found.Bound);
        return found.Bound is { } tight && Meets(problem, evaluation.Objective, tight)
            // A proof closes the gap exactly; what is left between the two is the rounding of one sum.
            ? new(ResultStatus.Optimal, found.Best, evaluation, evaluation.Objective)
            : Refused(found, evaluation, "Optimality was claimed, but the bound does not meet the objective.");
    }

    /// <summary>True when a better verified objective proves that a bound of the same problem was wrong.</summary>
    public static bool Refutes(Problem problem, double objective, double bound) =>
        IsWrongSide(problem, objective, bound);

    private static Ruling Refused(SolveOutcome.Found found, Evaluation evaluation, string reason) =>
        new(ResultStatus.Unknown, found.Best, evaluation, null) { Refusal = reason };

    private static bool IsWrongSide(Problem problem, double objective, double bound) =>
        problem.IsBetter(objective, bound) && !Meets(problem, objective, bound);

    private static bool Meets(Problem problem, double objective, double bound) =>
        problem.HasExactObjectives
            ? objective == bound
            : Math.Abs(objective - bound)
                <= Math.Max(Tolerance * Math.Max(Math.Abs(objective), Math.Abs(bound)), Rounding * problem.Magnitude);
}

/// <summary>What the referee found.</summary>
/// <param name="Best">The answer judged; null when there was none.</param>
/// <param name="Evaluation">Its value and violations, recomputed.</param>
/// <param name="Bound">The bound that stands; null when none does.</param>
public sealed record Ruling(ResultStatus Status, Solution? Best, Evaluation? Evaluation, double? Bound)
{
    /// <summary>Why the claim does not hold (<c>failedVerification</c>); null when it does.</summary>
    public string? Refusal { get; init; }

    /// <summary>Of an infeasible problem, as the solver claims it.</summary>
    public Conflict? Conflict { get; init; }
}

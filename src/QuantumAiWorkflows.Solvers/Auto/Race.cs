using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>What a solver has reached in a race.</summary>
/// <param name="Objective">In the part's own sense.</param>
/// <param name="Spent">What it had cost until then, in nanoseconds by <see cref="SolverCost"/>.</param>
internal sealed record Standing(QuboSolution Solution, double Objective, double Spent)
{
    /// <summary>What all of its rounds have cost, what came after the answer included.</summary>
    public double Total { get; init; }
}

/// <summary>Successive halving over the candidates of a rule, see <see cref="RacePlan"/>.</summary>
/// <param name="isBetter">Of two objectives.</param>
/// <param name="compete">Runs a candidate for a round and so many evaluations, from where it stood before.</param>
internal sealed class Race(
    IReadOnlyList<AutoCandidate> candidates,
    RacePlan plan,
    Func<double, double, bool> isBetter,
    Func<AutoCandidate, int, long, Standing?, Standing> compete
)
{
    private sealed record Racer(AutoCandidate Candidate, int Place, Standing? Standing);

    /// <summary>The winner and why; when it was stopped, who was ahead then.</summary>
    public (AutoCandidate Winner, string Reason) Run(Func<bool> shouldStop)
    {
        var racers = candidates.Select((c, place) => new Racer(c, place, null)).ToList();
        for (var round = 1; racers.Count > 1 && !shouldStop(); round++)
        {
            for (var i = 0; i < racers.Count && !shouldStop(); i++)
            {
                var (candidate, standing) = (racers[i].Candidate, racers[i].Standing);
                racers[i] = racers[i] with
                {
                    Standing = compete(candidate, round, plan.Evaluations(candidate, round), standing),
                };
            }
            racers.Sort(Compare);
            if (shouldStop())
                break;
            var survivors = RacePlan.Survivors(racers.Count);
            if (survivors == 1)
                return (racers[0].Candidate, Reason(racers[0], racers[1]));
            racers.RemoveRange(survivors, racers.Count - survivors);
        }
        return (racers[0].Candidate, "was ahead in the race when the run was stopped");
    }

    /// <summary>The better objective first, then who had it at less cost, then the rule's order.</summary>
    private int Compare(Racer left, Racer right)
    {
        if (left.Standing is not { } a || right.Standing is not { } b)
            return (left.Standing is null ? 1 : 0, left.Place).CompareTo((right.Standing is null ? 1 : 0, right.Place));
        return isBetter(a.Objective, b.Objective) ? -1
            : isBetter(b.Objective, a.Objective) ? 1
            : (a.Spent, left.Place).CompareTo((b.Spent, right.Place));
    }

    private static string Reason(Racer winner, Racer second) =>
        winner.Standing!.Objective == second.Standing!.Objective
            ? FormattableString.Invariant(
                $"won the race: it had {winner.Standing.Objective:R} sooner than {second.Candidate.Solver}"
            )
            : FormattableString.Invariant(
                $"won the race: {winner.Standing.Objective:R} against {second.Standing.Objective:R} of {second.Candidate.Solver} at equal cost"
            );
}

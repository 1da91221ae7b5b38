using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>
/// How long the rounds of a race are, in counts that follow from the budget and the problem's size: no clock is read while it
/// runs. Under a count it ends with the same winner every time; under a clock what is left of that when the race is planned decides its
/// length, which differs a little from run to run.
/// </summary>
/// <remarks>
/// Successive halving (K. Jamieson, A. Talwalkar, Non-stochastic best arm identification and hyperparameter optimization,
/// AISTATS 2016): everybody has an equal share, the better half goes on with shares twice as long, until one is left.
/// </remarks>
/// <param name="Nanoseconds">What a candidate's share of the first round costs by <see cref="SolverCost"/>.</param>
internal sealed record RacePlan(QuboFeatures Features, double Nanoseconds)
{
    /// <summary>Of the budget that is left, for all rounds together.</summary>
    public const double Share = 0.1;

    /// <summary>A share of the first round in sweeps over all variables: below that it says nothing of a solver.</summary>
    private const int LeastSweeps = 20;

    /// <summary>The same where nothing limits the run.</summary>
    private const int UnlimitedSweeps = 1000;

    /// <param name="seconds">Of the clock that ends first; null without one.</param>
    /// <param name="evaluations">Left to spend; null without such a budget.</param>
    /// <returns>Null when the budget is too short for a race, or there is nobody to race.</returns>
    public static RacePlan? Of(
        QuboFeatures features,
        IReadOnlyList<AutoCandidate> candidates,
        double? seconds,
        long? evaluations
    )
    {
        if (candidates.Count < 2)
            return null;
        var costs = candidates.Select(c => AutoRules.CostOf(c.Solver).Nanoseconds(features)).Order().ToArray();
        // Runs, first shares, and evaluations per nanosecond of such a share; as if the cheapest ones went on, who count most.
        var (runs, shares, counts) = (0, 0.0, 0.0);
        for (var (racers, length) = (costs.Length, 1); racers > 1; racers = Survivors(racers), length *= 2)
        {
            runs += racers;
            shares += length * racers;
            counts += length * costs.Take(racers).Sum(c => 1 / c);
        }
        var share = double.PositiveInfinity;
        if (seconds is { } clock)
            share = (Share * clock * 1e9 - runs * SolverCost.Layout(features)) / shares;
        if (evaluations is { } count)
            share = Math.Min(share, Share * count / counts);
        if (double.IsPositiveInfinity(share))
            share = UnlimitedSweeps * (double)features.NumVariables * costs[^1];
        return share >= LeastSweeps * (double)features.NumVariables * costs[^1] ? new(features, share) : null;
    }

    /// <summary>Evaluations of a candidate in round 1, 2, ...</summary>
    public long Evaluations(AutoCandidate candidate, int round) =>
        (long)
            Math.Min(
                1e15,
                Math.ScaleB(Nanoseconds, round - 1) / AutoRules.CostOf(candidate.Solver).Nanoseconds(Features)
            );

    /// <summary>How many go on to the next round.</summary>
    public static int Survivors(int racers) => (racers + 1) / 2;
}

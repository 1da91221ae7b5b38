namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>What one way of choosing features looked at and what it came to. CPU seconds are metrics, no part of an answer.</summary>
/// <param name="Method">The job's solver, or <c>greedyForward</c>, <c>recursiveElimination</c>, <c>lasso</c>, <c>random</c>.</param>
/// <param name="How">What counts as a subset looked at.</param>
/// <param name="Features">Chosen on all rows; empty where it found no allowed subset.</param>
/// <param name="Objective">Of them, by the problem's own objective, which only solvers and random draws look at; null like the features.</param>
/// <param name="Feasible">Whether they satisfy the constraints.</param>
/// <param name="SubsetsEvaluated">Looked at in one selection on all rows.</param>
/// <param name="SubsetsToObjective">
/// Looked at when it first had an allowed subset as good, by objective, as the solver's best on all rows; null where it never had.
/// </param>
/// <param name="Score">Validated score of choosing so: repeated on each fold's training rows. Null where that was not possible.</param>
/// <param name="SolverAhead">The solver's score less this one, by folds; null for the solver itself.</param>
public sealed record SearchCost(
    string Method,
    string How,
    IReadOnlyList<string> Features,
    double? Objective,
    bool Feasible,
    long SubsetsEvaluated,
    long? SubsetsToObjective,
    FoldScore? Score,
    FoldScore? SolverAhead
)
{
    /// <summary>What a whole comparison has beside the solver; <c>random</c> is left out beside the solver of that name.</summary>
    public static IReadOnlyList<string> UsualWays { get; } =
    ["greedyForward", "recursiveElimination", "lasso", "random"];

    /// <summary>
    /// Whether its score is at least the solver's, on average over the folds that both have one in; null where there are none. True of the solver.
    /// </summary>
    public bool? ReachesScore =>
        Score is null ? null
        : SolverAhead is null ? true
        : SolverAhead.Mean is { } ahead ? ahead <= 1e-12
        : null;
}

/// <summary>
/// Which of the three reasons to keep a solver hold against the usual ways, on this table and these folds: evidence for one problem and
/// seed, no verdict. CPU seconds are not looked at.
/// </summary>
/// <param name="LowerSearchCost">Every way that reaches the solver's score looked at more subsets than the solver; null where none reaches it.</param>
/// <param name="BetterScore">Against every way, the 95% interval of <see cref="SearchCost.SolverAhead"/> lies above 0.</param>
/// <param name="MissedByOthers">The solver's subset has a better objective than that of every other way.</param>
public sealed record SearchAdvantage(bool? LowerSearchCost, bool BetterScore, bool MissedByOthers)
{
    /// <param name="rows">The solver first.</param>
    /// <returns>Null where the others were not all looked at.</returns>
    public static SearchAdvantage? Of(IReadOnlyList<SearchCost> rows)
    {
        if (SearchCost.UsualWays.Except(rows.Select(r => r.Method), StringComparer.Ordinal).Any())
            return null;
        var (own, others) = (rows[0], rows.Skip(1).ToList());
        var reaching = others.Where(o => o.ReachesScore == true).ToList();
        return new(
            reaching.Count == 0 ? null : reaching.All(o => o.SubsetsEvaluated > own.SubsetsEvaluated),
            others.All(o => o.SolverAhead is { Low: > 0 }),
            own is { Feasible: true, Objective: { } best }
                && others.All(o => !o.Feasible || o.Objective < best - 1e-9 * Math.Abs(best))
        );
    }
}

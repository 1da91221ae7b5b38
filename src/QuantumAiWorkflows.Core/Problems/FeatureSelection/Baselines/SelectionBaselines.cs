using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Baselines;

/// <summary>
/// Usual ways to choose features that are no solvers of this family's objective: what a search is compared with. Deterministic but for
/// the random draws, which a seed fixes.
/// </summary>
public static class SelectionBaselines
{
    /// <summary>As many as are drawn at most, however long the search that they are compared with.</summary>
    public const int MaxDraws = 2_000;

    /// <summary>Cells that scoring all draws may look at; a subset of a thousand features has half a million pairs of columns.</summary>
    private const double MaxCells = 5e9;

    /// <summary>The first features on the lasso path. A model fitted is a subset looked at.</summary>
    public static BaselineSubset Lasso(FeatureSelectionProblem problem, CancellationToken cancellation)
    {
        var table = Linear(problem);
        var size = problem.Constraints.Size;
        // Constraints may pass over some of those that enter first.
        var slack = problem.Constraints is { Groups.Count: 0, Costs: null } ? 0 : size + 10;
        var (order, fits) = LassoPath.Rank(table, size + slack, cancellation);
        return Chosen(problem, Completed(problem, order), fits);
    }

    /// <summary>Recursive elimination down to the size that is asked for. A model fitted is a subset looked at.</summary>
    public static BaselineSubset Elimination(FeatureSelectionProblem problem, CancellationToken cancellation)
    {
        var (order, fits) = RecursiveElimination.Rank(
            Linear(problem),
            problem.Constraints.Size,
            f => problem.Constraints.Required[f],
            cancellation
        );
        return Chosen(problem, order, fits);
    }

    /// <summary>The best by objective of subsets drawn at random; those that break a constraint are drawn in vain.</summary>
    /// <param name="draws">Up to <see cref="MaxDraws"/>, and fewer of large subsets of many rows.</param>
    /// <param name="target">An objective; the first draw that reaches it is told.</param>
    public static BaselineSubset Random(
        FeatureSelectionProblem problem,
        long draws,
        long seed,
        double? target,
        CancellationToken cancellation
    )
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "random subsets");
        var rules = problem.Constraints;
        int[] required = [.. Indices(i => rules.Required[i])];
        int[] movable = [.. Indices(i => !rules.Required[i] && !rules.Excluded[i])];
        FeatureSelectionSolution? best = null;
        var (reached, objective) = ((long?)null, double.NegativeInfinity);
        var cells = (problem.Table?.NumRows ?? 1) * (rules.Size * (rules.Size - 1.0) / 2 + 1);
        var count = (long)Math.Clamp(Math.Min(draws, MaxCells / cells), 1, MaxDraws);
        for (var draw = 1L; draw <= count; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var most = Math.Min(rules.Size - required.Length, movable.Length);
            var wanted = rules.IsExact ? most : random.NextInt32(most + 1);
            for (var k = 0; k < wanted; k++)
            {
                var other = k + random.NextInt32(movable.Length - k);
                (movable[k], movable[other]) = (movable[other], movable[k]);
            }
            var drawn = new FeatureSelectionSolution([.. required, .. movable[..wanted]]);
            var evaluation = problem.Evaluate(drawn);
            if (!evaluation.IsFeasible || evaluation.Objective <= objective)
                continue;
            (best, objective) = (drawn, evaluation.Objective);
            if (reached is null && objective >= target)
                reached = draw;
        }
        return new(best, count, reached);

        IEnumerable<int> Indices(Func<int, bool> isWanted) => Enumerable.Range(0, problem.NumVariables).Where(isWanted);
    }

    private static LinearTable Linear(FeatureSelectionProblem problem) =>
        LinearTable.Of(
            problem.Table ?? throw new ArgumentException("Linear models need a table.", nameof(problem)),
            f => !problem.Constraints.Excluded[f]
        );

    /// <summary>A path may end before enough features are in: the most relevant ones follow.</summary>
    private static List<int> Completed(FeatureSelectionProblem problem, List<int> order)
    {
        var relevance = problem.Scores.Relevance;
        var known = order.ToHashSet();
        return
        [
            .. order,
            .. Enumerable
                .Range(0, problem.NumVariables)
                .Where(f => !known.Contains(f))
                .OrderByDescending(f => relevance[f])
                .ThenBy(f => f),
        ];
    }

    private static BaselineSubset Chosen(FeatureSelectionProblem problem, IReadOnlyList<int> order, int fits) =>
        new(RankedSubset.Choose(problem, order), fits, null);
}

/// <param name="Subset">Null where no allowed one was met.</param>
/// <param name="Looked">Subsets looked at.</param>
/// <param name="Reached">How many it had looked at when it reached the target; null where it did not, or counts no objectives.</param>
public sealed record BaselineSubset(FeatureSelectionSolution? Subset, long Looked, long? Reached);

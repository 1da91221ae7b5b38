using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.FeatureSelection;

/// <summary>All changes of a subset by one feature: exchanges always, adding and removing where the size may vary.</summary>
internal static class Neighbourhood
{
    /// <param name="removed">A member, or -1.</param>
    /// <param name="added">A feature, or -1.</param>
    /// <param name="gain">Of the objective.</param>
    public delegate void Visitor(int removed, int added, double gain);

    /// <summary>Changes that <see cref="Visit"/> looks at, each an evaluation.</summary>
    public static long Size(Subset subset)
    {
        var inside = subset.Members.Count(subset.CanLeave);
        var outside = subset.Movable.Length - inside;
        return (long)inside * outside + (subset.Problem.Constraints.IsExact ? 0 : inside + outside);
    }

    /// <summary>False, and nothing is looked at, when the evaluations left do not suffice. O(k·n).</summary>
    public static bool Visit(Subset subset, SolveContext context, Visitor visit)
    {
        var size = Size(subset);
        if (context.EvaluationsLeft < size || context.ShouldStop())
            return false;
        context.CountEvaluations(size);
        var outside = subset.Movable.Where(f => !subset.Contains(f)).ToArray();
        foreach (var removed in subset.Members.Where(subset.CanLeave).ToArray())
        foreach (var added in outside)
            visit(removed, added, subset.GainOfExchanging(removed, added));
        if (subset.Problem.Constraints.IsExact)
            return true;
        foreach (var removed in subset.Members.Where(subset.CanLeave).ToArray())
            visit(removed, -1, subset.GainOfRemoving(removed));
        foreach (var added in outside)
            visit(-1, added, subset.GainOfAdding(added));
        return true;
    }

    /// <summary>
    /// Makes the change that brings the subset nearest to being allowed, and of those the one that gains most, until none helps.
    /// </summary>
    public static void Descend(Subset subset, SolveContext context)
    {
        while (Step(subset, context)) { }
    }

    /// <summary>The same, but no further than to an allowed subset.</summary>
    public static void Repair(Subset subset, SolveContext context)
    {
        while (subset.Violation > 0 && Step(subset, context)) { }
    }

    private static bool Step(Subset subset, SolveContext context)
    {
        var (violation, best, move) = (subset.Violation, 0.0, (Removed: -1, Added: -1));
        var least = violation;
        // A gain within the rounding of the sums is none: the descent would go round in circles.
        var noise = 1e-12 * (1 + Math.Abs(subset.Objective));
        if (
            !Visit(
                subset,
                context,
                (removed, added, gain) =>
                {
                    if (gain <= best + noise && violation <= 1e-9)
                        return;
                    var after = subset.ViolationAfter(removed, added);
                    if (after < least - 1e-9 || (after <= least + 1e-9 && gain > best + noise))
                        (least, best, move) = (Math.Min(after, least), gain, (removed, added));
                }
            ) || move is (-1, -1)
        )
            return false;
        subset.Exchange(move.Removed, move.Added);
        return true;
    }
}

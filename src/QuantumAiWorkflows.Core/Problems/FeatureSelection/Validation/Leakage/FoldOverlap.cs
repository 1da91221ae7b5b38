namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>Whether folds hold what their scheme promises; the folds made here do, and this is what says so.</summary>
internal static class FoldOverlap
{
    /// <summary>Test rows that are in training too, whose group is there, or that are not later than all training rows.</summary>
    public static (int Rows, int Groups, int Times) Count(ValidationPlan plan, PlanColumns columns, Fold fold)
    {
        var trained = fold.Train.ToHashSet();
        var groups = columns.Groups is { } g ? fold.Train.Select(row => g[row]).ToHashSet() : null;
        var times = plan.Scheme == FoldScheme.Time ? columns.Times : null;
        Func<int, double>? timeOf =
            plan.Scheme != FoldScheme.Time ? null
            : times is null ? row => row
            : row => times[row];
        var latest = timeOf is null ? double.NegativeInfinity : fold.Train.Max(timeOf);
        return (
            fold.Test.Count(trained.Contains),
            groups is null ? 0 : fold.Test.Count(row => groups.Contains(columns.Groups![row])),
            timeOf is null ? 0 : fold.Test.Count(row => timeOf(row) <= latest)
        );
    }
}

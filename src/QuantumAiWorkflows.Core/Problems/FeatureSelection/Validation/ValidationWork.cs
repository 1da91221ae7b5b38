using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>What a validation costs, known before it begins: how many models it trains, on how many rows of how many numbers.</summary>
/// <param name="Fits">At most; subsets that occur twice in a fold are trained once.</param>
/// <param name="Width">Numbers per row, of the widest subset that the size allows.</param>
/// <param name="RowsPerFit">Rows to which either side of a fold is thinned.</param>
public sealed record ValidationWork(long Fits, long Width, int RowsPerFit)
{
    public const int MaxFits = 20_000;

    /// <summary>Fits times rows times numbers per row.</summary>
    public const long MaxCells = 200_000_000;

    /// <summary>Chosen features that an ablation leaves out in turn, the most relevant ones.</summary>
    public const int MaxDropped = 30;

    /// <summary>Categories of a column that get a number of their own.</summary>
    public const int MaxCategories = 32;

    /// <summary>
    /// Thinning goes by so many subsets, whatever is proposed: one subset of another method is scored on the same rows as many of this one.
    /// </summary>
    private const int UsualProposals = 20;

    private const int MaxRows = 20_000;

    /// <summary>Fewer rows than these are not trained on when there are more.</summary>
    private const int MinRows = 1_000;

    /// <summary>What validating so many proposals takes; null with a fault where it is too much.</summary>
    /// <param name="pointer">Of the plan in the client's request.</param>
    public static ValidationWork? Of(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        int proposals,
        string pointer,
        FaultList faults
    )
    {
        var table = problem.Table!;
        var size = problem.Constraints.Size;
        long models = plan.Models.Sum(kind => ModelsOf(kind, table));
        var inAblation = Math.Min(size, MaxDropped) + Math.Min(plan.AddedInAblation, problem.NumVariables);
        var fits = FitsOf(proposals);
        var width = table
            .Features.Where((_, feature) => !problem.Constraints.Excluded[feature])
            .Select(WidthOf)
            .OrderDescending()
            .Take(size)
            .Sum();
        long least = Math.Min(MinRows, table.NumRows);
        if (fits > MaxFits)
            faults.Add(
                FaultCode.OverLimit,
                $"{pointer}/folds",
                $"{plan.Folds} folds, {plan.Repeats} repeats, {models} models a fit and {proposals} subsets are {fits} models to train, "
                    + $"expected at most {MaxFits}. Fewer folds, repeats, models, candidates, ablated or addedInAblation.",
                fits,
                MaxFits
            );
        else if (fits * least * width > MaxCells)
            faults.Add(
                FaultCode.OverLimit,
                $"{pointer}/folds",
                $"{fits} models on {least} rows of {width} numbers are {fits * least * width} cells, expected at most {MaxCells}. "
                    + "Fewer folds, repeats, models, candidates, ablated or addedInAblation, or a smaller size.",
                fits * least * width,
                MaxCells
            );
        else
            return new(fits, width, (int)Math.Clamp(MaxCells / (FitsOf(UsualProposals) * width), least, MaxRows));
        return null;

        long FitsOf(int subsets) =>
            plan.Folds * plan.Repeats * models * (2L * subsets + Math.Min(plan.Ablated, subsets) * inAblation);
    }

    /// <summary>Models that one fit trains: trees are one against the rest.</summary>
    public static int ModelsOf(ModelKind kind, FeatureTable table) =>
        kind == ModelKind.TreeEnsemble && table.Target.Levels.Count > 2 ? table.Target.Levels.Count : 1;

    private static long WidthOf(TableColumn column) =>
        column.IsNumeric ? (column.CountMissing() > 0 ? 2 : 1) : Math.Min(column.Levels.Count + 1, MaxCategories);
}

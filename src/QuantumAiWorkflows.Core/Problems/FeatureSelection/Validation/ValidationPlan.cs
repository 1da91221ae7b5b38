using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>How proposed subsets are trained and validated, as a client asks for it. What of it fits a table: <see cref="OuterFolds"/>.</summary>
public sealed record ValidationPlan
{
    [Description(
        "Outer folds; for each one the selection is repeated on its training rows alone, and scored on its test rows."
    )]
    [Range(2, 10)]
    public int Folds { get; init; } = 5;

    [Description(
        "stratified: every fold has its share of every class, or of the target's range. grouped: no value of groupColumn is on both "
            + "sides. time: every fold trains on rows strictly before those it is tested on."
    )]
    public FoldScheme Scheme { get; init; } = FoldScheme.Stratified;

    [Description(
        "With grouped, and required there: the column that tells whose rows belong together. The problem must exclude it."
    )]
    public string? GroupColumn { get; init; }

    [Description(
        "When each row was known: numbers, or dates as ISO 8601. The scheme time goes by it, and by the order of the rows without it; "
            + "with every scheme, columns of later dates are reported. The problem must exclude it."
    )]
    public string? TimeColumn { get; init; }

    [Description("How often the folds are drawn anew; 1 with time, whose folds are fixed.")]
    [Range(1, 10)]
    public int Repeats { get; init; } = 1;

    [Description("Models that are trained; a subset is ranked by the mean of their scores.")]
    [Length(1, 2)]
    public IReadOnlyList<ModelKind> Models { get; init; } = [ModelKind.Linear, ModelKind.TreeEnsemble];

    [Description(
        "Bootstrap resamples on which the selection is repeated to see how stable it is: 0 for none, or at least 2."
    )]
    [Range(0, 50)]
    public int Resamples { get; init; } = 10;

    [Description(
        "Seeds with which the selection is repeated on all rows to see how stable it is: 0 for none, or at least 2."
    )]
    [Range(0, 20)]
    public int Seeds { get; init; } = 5;

    [Description("Of how many of the best ranked subsets every feature is left out in turn, and others are added.")]
    [Range(0, 10)]
    public int Ablated { get; init; } = 1;

    [Description("How many left-out features, the most relevant ones, are added in turn to an ablated subset.")]
    [Range(0, 50)]
    public int AddedInAblation { get; init; } = 10;

    [Description("Candidate subsets to validate: the best distinct allowed ones that the solver met.")]
    [Range(1, 20)]
    public int Candidates { get; init; } = 5;

    [Description(
        "Also compare the solver with greedy forward selection, recursive elimination, lasso and random subsets, under the same folds."
    )]
    public bool SearchCost { get; init; } = true;

    [Description("CPU seconds for all of the validation, beside the job's budget; it fails where it needs more.")]
    [Range(1, 86400)]
    public double CpuSeconds { get; init; } = 600;
}

public enum FoldScheme
{
    Stratified,
    Grouped,
    Time,
}

public enum ModelKind
{
    /// <summary>Logistic regression (maximum entropy for more than two classes) or linear regression, with an L2 penalty.</summary>
    Linear,

    /// <summary>Gradient-boosted trees, one against the rest for more than two classes.</summary>
    TreeEnsemble,
}

/// <summary>The solver of the job, run again on other rows: distinct allowed subsets, best first.</summary>
/// <param name="training">The same problem on some of the rows; its scores are computed from them alone.</param>
public delegate IReadOnlyList<FeatureSelectionSolution> SubsetSelector(
    FeatureSelectionProblem training,
    long seed,
    CancellationToken cancellation
);

/// <param name="Stage">For a person, such as "fold 3 of 5".</param>
/// <param name="Done">Model fits and selections that are done.</param>
/// <param name="Total">Of so many at most.</param>
public sealed record ValidationProgress(string Stage, int Done, int Total);

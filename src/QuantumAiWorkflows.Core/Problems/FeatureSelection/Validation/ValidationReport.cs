namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>What training and validating the proposed subsets has shown. It is advice: nothing is applied.</summary>
/// <param name="Subsets">The proposals, ranked by <see cref="SubsetValidation.Score"/>.</param>
/// <param name="Chance">Per metric, what a model scores that knows the target's distribution in the training rows and no feature.</param>
public sealed record ValidationReport(
    ValidationProtocol Protocol,
    IReadOnlyList<SubsetReport> Subsets,
    IReadOnlyDictionary<string, FoldScore> Chance,
    LeakageReport Leakage
);

/// <summary>How the figures came about.</summary>
/// <param name="Metric"><c>auc</c>, <c>balancedAccuracy</c> or <c>r2</c>: what subsets are ranked by.</param>
/// <param name="Interval">Which 95% interval stands beside every score.</param>
/// <param name="TrainRows">Per fold, before thinning.</param>
/// <param name="MaxRowsPerFit">More rows than that on a side of a fold are thinned to it before a model is trained or tested.</param>
/// <param name="Fits">Models trained.</param>
/// <param name="Selections">Runs of the selection, those for stability included.</param>
/// <param name="Notes">What to know before reading the figures.</param>
public sealed record ValidationProtocol(
    ValidationPlan Plan,
    long Seed,
    string Metric,
    string WhyMetric,
    string Interval,
    IReadOnlyList<int> TrainRows,
    IReadOnlyList<int> TestRows,
    int MaxRowsPerFit,
    int Fits,
    int Selections,
    IReadOnlyList<string> Notes
);

/// <param name="Rank">From 1, by validated score.</param>
/// <param name="ProposedRank">From 1, by objective: where the solver had it.</param>
/// <param name="Leaks">Those of its features that a leakage finding names.</param>
public sealed record SubsetReport(
    int Rank,
    int ProposedRank,
    IReadOnlyList<string> Features,
    double Objective,
    SubsetValidation Validation,
    SubsetStabilityReport Stability,
    IReadOnlyList<string> Leaks
);

/// <param name="Score">
/// The validated score: per fold that of the subset which the selection, run on the fold's training rows alone, puts at this place;
/// mean over the models. It is the score of choosing so, not of these very features.
/// </param>
/// <param name="Naive">The same features in every fold, although all rows, the test rows too, chose them: optimistic.</param>
/// <param name="Optimism"><paramref name="Naive"/> less <paramref name="Score"/>, by folds.</param>
/// <param name="AboveChance"><paramref name="Score"/> less chance, by folds.</param>
/// <param name="BehindBest">The best ranked subset's score less this one's, by folds; null for the best itself.</param>
/// <param name="Ablation">Null where it was not asked for.</param>
public sealed record SubsetValidation(
    FoldScore Score,
    FoldScore Naive,
    FoldScore Optimism,
    FoldScore AboveChance,
    FoldScore? BehindBest,
    IReadOnlyList<ModelReport> Models,
    SubsetAblation? Ablation
);

/// <param name="Nested">By metric; the selection inside the fold.</param>
/// <param name="Naive">By metric; the same features in every fold.</param>
public sealed record ModelReport(
    ModelKind Model,
    IReadOnlyDictionary<string, FoldScore> Nested,
    IReadOnlyDictionary<string, FoldScore> Naive
);

/// <summary>A figure per outer fold, and what they say together.</summary>
/// <param name="Mean">Null without a fold that has a figure.</param>
/// <param name="Low">Of a 95% interval; null with fewer than two such folds, or beyond what a double holds. Not cut off at the ends of a scale.</param>
/// <param name="Folds">Null where the selection found no subset for this place in the fold.</param>
public sealed record FoldScore(double? Mean, double? Low, double? High, IReadOnlyList<double?> Folds);

/// <summary>
/// What one feature more or less changes in the naive score of the subset, over the same folds. It tells features of one subset apart;
/// as the subset was chosen with the test rows, it does not tell what is gained on new data.
/// </summary>
/// <param name="Dropped">Every chosen feature; a negative change says that the models need it.</param>
/// <param name="Added">Left-out features that may be chosen, the most relevant first; a positive change says that it would help.</param>
/// <param name="NotDropped">Chosen features beyond the limit of the ablation, the least relevant.</param>
/// <param name="NotAdded">Left-out features that were not tried.</param>
public sealed record SubsetAblation(
    IReadOnlyList<FeatureChange> Dropped,
    IReadOnlyList<FeatureChange> Added,
    int NotDropped,
    int NotAdded
);

/// <param name="Change">The score with the change less the score without it.</param>
public sealed record FeatureChange(string Feature, FoldScore Change);

/// <summary>How alike the subsets at one place of the ranking by objective are when the selection is repeated.</summary>
/// <param name="Folds">On the training rows of the outer folds, which share most of their rows.</param>
/// <param name="Resamples">On bootstrap resamples of all rows; null where there was none.</param>
/// <param name="Seeds">On all rows with other seeds; null where there was none.</param>
/// <param name="Features">Per feature of the subset, how often it was chosen again.</param>
public sealed record SubsetStabilityReport(
    RepeatStability? Folds,
    RepeatStability? Resamples,
    RepeatStability? Seeds,
    IReadOnlyList<FeatureRecurrence> Features
);

/// <param name="Subsets">How many are compared.</param>
/// <param name="Nogueira">Null where it is not defined, like the next.</param>
public sealed record RepeatStability(
    int Subsets,
    StabilityIndex? Nogueira,
    StabilityIndex? Kuncheva,
    StabilityIndex Jaccard
);

/// <param name="Low">Of a 95% interval; null where two subsets alone allow none.</param>
public sealed record StabilityIndex(double Value, double? Low, double? High)
{
    public static StabilityIndex? Of(SubsetStability? index) =>
        index is null ? null
        : double.IsFinite(index.Low) ? new(index.Value, index.Low, index.High)
        : new(index.Value, null, null);
}

/// <param name="InFolds">Share of the folds in whose subset at this place the feature is.</param>
/// <param name="InResamples">Likewise of the resamples; null where there was none.</param>
public sealed record FeatureRecurrence(string Feature, double? InFolds, double? InResamples);

/// <param name="Checks">What was looked for, with thresholds, found or not.</param>
public sealed record LeakageReport(IReadOnlyList<LeakageCheck> Checks, IReadOnlyList<LeakageFinding> Findings);

/// <param name="Threshold">From which figure on it is a finding; null where one occurrence is.</param>
public sealed record LeakageCheck(LeakageKind Kind, string Looks, double? Threshold);

/// <param name="Columns">The column concerned; empty for rows, and for columns beyond the first 20 of a kind, which have one finding together.</param>
/// <param name="NumColumns">How many columns there are.</param>
/// <param name="Rows">Rows concerned; null where it is the column as a whole.</param>
/// <param name="Figure">What was compared with the threshold.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record LeakageFinding(
    LeakageKind Kind,
    IReadOnlyList<string> Columns,
    int NumColumns,
    int? Rows,
    double? Figure,
    string Detail,
    string Advice
);

public enum LeakageKind
{
    /// <summary>A column that tells the target and is told by it, row by row: equal, renamed, or an affine or monotone image.</summary>
    TargetCopy,

    /// <summary>A column that alone predicts the target almost perfectly.</summary>
    NearPerfectPredictor,

    /// <summary>A column that numbers or names the rows.</summary>
    IdLike,

    /// <summary>A column of dates later than the row's own time.</summary>
    FutureDated,

    /// <summary>Equal rows, target included, on both sides of a fold: the test was seen in training.</summary>
    DuplicateRows,

    /// <summary>Rows with equal features and other targets on both sides of a fold.</summary>
    ContradictingRows,

    /// <summary>One row index, one group, or one moment on both sides of a fold.</summary>
    TrainTestOverlap,
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>What a client posts: a table with a target, or ready scores; the rest says which subsets are allowed.</summary>
public sealed record FeatureSelectionInput : SelectionRules
{
    [Description("Always \"feature-selection\".")]
    public required string Family { get; init; }

    [Description("The data that relevance and redundancy are computed from; needs target and task.")]
    public TableInput? Table { get; init; }

    [Description("Ready relevance and redundancy, instead of a table.")]
    public ScoresInput? Scores { get; init; }

    [Description("With a table: the column to be predicted; every row must have a value there.")]
    public string? Target { get; init; }

    [Description(
        "With a table: classification takes each distinct value of the target for a class, regression its number."
    )]
    public SelectionTask? Task { get; init; }

    [Description("Yours to recognise the problem by; no part of its identity.")]
    [Length(0, 200)]
    public string? Name { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 10_000)]
    public string? Notes { get; init; }

    [Description("No part of the problem's identity.")]
    [Length(0, 50)]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>Everything but the data: the same in a posted problem and in the settings beside a file.</summary>
public abstract record SelectionRules
{
    [Description(
        "With a table, how two columns are compared. pearson: |r|, correlation ratio, Cramér's V; spearman: the same on ranks; "
            + "mutualInformation: in nats, numbers in equal-frequency bins. Null: pearson."
    )]
    public Criterion? Criterion { get; init; }

    [Description(
        "Weight of redundancy. 0: relevance alone, so the most relevant features; 1: relevance minus mean redundancy (mRMR)."
    )]
    [Range(0.0, 1.0)]
    public double Alpha { get; init; } = 1;

    [Description("How many features: exactly one of exactly and atMost. Must be given.")]
    public SizeInput? Size { get; init; }

    [Description(
        "Cost of choosing each feature, at most six decimals; features that are not named cost nothing. Needs budget."
    )]
    public IReadOnlyDictionary<string, double>? Costs { get; init; }

    [Description("What the chosen features may cost together.")]
    [Range(0, 1e9)]
    public double? Budget { get; init; }

    [Description("Sets of features of which at least or at most some are chosen; they may overlap.")]
    [Length(0, 10_000)]
    public IReadOnlyList<GroupInput>? Groups { get; init; }

    [Description("Features that must be chosen.")]
    [Length(0, FeatureTable.MaxFeatures)]
    public IReadOnlyList<string>? Require { get; init; }

    [Description("Features that must not be chosen.")]
    [Length(0, FeatureTable.MaxFeatures)]
    public IReadOnlyList<string>? Exclude { get; init; }
}

[Description("Columns, and either rows or coo.")]
public sealed record TableInput
{
    [Description("The features and the target, in the order of the rows.")]
    [Length(2, FeatureTable.MaxFeatures + 1)]
    public required IReadOnlyList<ColumnInput> Columns { get; init; }

    [Description(
        "One entry per row. Dense: an array with a value per column. Sparse: {\"column\": value}, where a numeric column that is "
            + "not named is 0 and a categorical one missing. A value is a number, a string, true, false, or null for missing."
    )]
    public JsonElement? Rows { get; init; }

    [Description("Sparse numbers instead of rows: a cell that is not given is 0.")]
    public TableCooInput? Coo { get; init; }
}

public sealed record ColumnInput
{
    [Description("Its name; no two columns share one.")]
    [Length(1, 200)]
    public required string Name { get; init; }

    [Description("Null: numeric when all its values are numbers, else categorical.")]
    public ColumnType? Type { get; init; }
}

[Description("Three arrays of equal length: value[k] stands in row[k] (from 0) and in the column with index col[k].")]
public sealed record TableCooInput
{
    [Range(1, FeatureTable.MaxRows)]
    public required int NumRows { get; init; }

    public required int[] Row { get; init; }

    public required int[] Col { get; init; }

    public required double[] Value { get; init; }
}

public sealed record ScoresInput
{
    [Description("One name per feature, no two equal.")]
    [Length(1, FeatureTable.MaxFeatures)]
    public required IReadOnlyList<string> Names { get; init; }

    [Description("What each feature adds alone; more is better.")]
    public required double[] Relevance { get; init; }

    [Description("What two features have in common; a pair that is not given has nothing.")]
    public required RedundancyInput Redundancy { get; init; }
}

[Description(
    "Three arrays of equal length: value[k] is the redundancy of the features with indices row[k] and col[k], each pair once."
)]
public sealed record RedundancyInput
{
    public required int[] Row { get; init; }

    public required int[] Col { get; init; }

    public required double[] Value { get; init; }
}

[Description("Exactly one of the two.")]
public sealed record SizeInput
{
    [Range(1, FeatureTable.MaxChosen)]
    public int? Exactly { get; init; }

    [Range(1, FeatureTable.MaxChosen)]
    public int? AtMost { get; init; }
}

[Description("At least one of atLeast and atMost.")]
public sealed record GroupInput
{
    [Description("For messages; null: its place in the list.")]
    [Length(1, 200)]
    public string? Name { get; init; }

    [Length(1, FeatureTable.MaxFeatures)]
    public required IReadOnlyList<string> Features { get; init; }

    [Range(0, FeatureTable.MaxFeatures)]
    public int? AtLeast { get; init; }

    [Range(0, FeatureTable.MaxFeatures)]
    public int? AtMost { get; init; }
}

public enum SelectionTask
{
    Classification,
    Regression,
}

public enum Criterion
{
    Pearson,
    Spearman,
    MutualInformation,
}

public enum ColumnType
{
    Numeric,
    Categorical,
}

using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>The columns that a plan names, read.</summary>
/// <param name="Groups">Per row, from 0; null without a group column.</param>
/// <param name="Times">Per row; null without a time column.</param>
internal sealed record PlanColumns(int[]? Groups, double[]? Times)
{
    public static PlanColumns Read(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        string pointer,
        FaultList faults
    )
    {
        if (plan.Scheme == FoldScheme.Grouped && plan.GroupColumn is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{pointer}/groupColumn",
                "The scheme grouped needs groupColumn, the column that tells whose rows belong together."
            );
        if (plan.Scheme != FoldScheme.Grouped && plan.GroupColumn is not null)
            faults.Add(FaultCode.Conflict, $"{pointer}/groupColumn", "groupColumn belongs to the scheme grouped.");
        if (plan is { Scheme: FoldScheme.Time, Repeats: > 1 })
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/repeats",
                $"Folds in order of time are always the same; {plan.Repeats} repeats would repeat them.",
                plan.Repeats,
                1
            );
        return new(
            plan is { Scheme: FoldScheme.Grouped, GroupColumn: { } group }
                ? ReadGroups(problem, group, plan.Folds, pointer, faults)
                : null,
            plan.TimeColumn is { } time ? ReadTimes(problem, time, $"{pointer}/timeColumn", faults) : null
        );
    }

    private static int[]? ReadGroups(
        FeatureSelectionProblem problem,
        string name,
        int folds,
        string pointer,
        FaultList faults
    )
    {
        if (Find(problem, name, $"{pointer}/groupColumn", faults) is not { } column)
            return null;
        var codes = column.AsCategorical().Codes!;
        var groups = codes.Distinct().Count();
        if (groups >= folds)
            return codes;
        faults.Add(
            FaultCode.OutOfRange,
            $"{pointer}/folds",
            $"{folds} folds need at least {folds} groups; \"{NameReader.Short(name)}\" has {groups}.",
            groups,
            folds
        );
        return null;
    }

    private static double[]? ReadTimes(FeatureSelectionProblem problem, string name, string at, FaultList faults)
    {
        if (Find(problem, name, at, faults) is not { } column)
            return null;
        if (Moments.Of(column) is { } times)
            return times;
        faults.Add(
            FaultCode.NotApplicable,
            at,
            $"\"{NameReader.Short(name)}\" holds words that are no dates in ISO 8601, such as 2024-03-31 or 2024-03-31T12:00:00Z."
        );
        return null;
    }

    /// <summary>A column without missing values that the problem excludes: a model that sees it would know what the folds hide.</summary>
    private static TableColumn? Find(FeatureSelectionProblem problem, string name, string at, FaultList faults)
    {
        if (problem.IndexOf(name) is not { } index)
        {
            faults.Add(FaultCode.IndexOutOfRange, at, $"The table has no feature \"{NameReader.Short(name)}\".");
            return null;
        }
        var column = problem.Table!.Features[index];
        if (!problem.Constraints.Excluded[index])
            faults.Add(
                FaultCode.Conflict,
                at,
                $"\"{NameReader.Short(name)}\" may be chosen as a feature; name it in the problem's exclude."
            );
        else if (column.CountMissing() is > 0 and var missing)
            faults.Add(
                FaultCode.OutOfRange,
                at,
                $"\"{NameReader.Short(name)}\" has no value in {missing} rows; every row needs one.",
                missing,
                0
            );
        else
            return column;
        return null;
    }
}

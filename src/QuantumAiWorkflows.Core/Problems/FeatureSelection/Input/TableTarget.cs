using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Parts the target from the features of a table.</summary>
internal static class TableTarget
{
    /// <summary>Null when the target is absent, has a missing value, is constant, or is not what the task needs.</summary>
    public static FeatureTable? Split(
        IReadOnlyList<TableColumn> columns,
        string name,
        SelectionTask task,
        string pointer,
        FaultList faults
    )
    {
        if (columns.FirstOrDefault(c => c.Name == name) is not { } target)
        {
            faults.Add(
                FaultCode.IndexOutOfRange,
                pointer,
                $"The table has no column \"{NameReader.Short(name)}\".",
                NameReader.Short(name)
            );
            return null;
        }
        if (task == SelectionTask.Classification)
            target = target.AsCategorical();
        if (Refusal(target, task) is { } refusal)
        {
            faults.Add(refusal with { Pointer = pointer });
            return null;
        }
        return new([.. columns.Where(c => c.Name != name)], target, task);
    }

    private static Fault? Refusal(TableColumn target, SelectionTask task)
    {
        var name = NameReader.Short(target.Name);
        if (task == SelectionTask.Regression && !target.IsNumeric)
            return new(FaultCode.Conflict, $"A regression needs a numeric target; \"{name}\" is categorical.");
        if (target.CountMissing() is > 0 and var missing)
            return new(
                FaultCode.Empty,
                $"The target \"{name}\" has no value in {missing} rows, first in row {FirstMissing(target)} (from 0)."
            )
            {
                Value = missing,
                Limit = 0,
            };
        if (target.IsConstant())
            return new(
                FaultCode.OutOfRange,
                task == SelectionTask.Classification
                    ? $"The target \"{name}\" has one class only; a classification needs at least two."
                    : $"The target \"{name}\" has the same value in every row; there is nothing to predict."
            )
            {
                Value = 1,
                Limit = 2,
            };
        if (target.Levels.Count > FeatureTable.MaxClasses)
            return new(
                FaultCode.OverLimit,
                $"Expected at most {FeatureTable.MaxClasses} classes in the target \"{name}\", got {target.Levels.Count}; is it a regression?"
            )
            {
                Value = target.Levels.Count,
                Limit = FeatureTable.MaxClasses,
            };
        return null;
    }

    private static int FirstMissing(TableColumn column) =>
        column.Numbers is { } numbers
            ? Array.FindIndex(numbers, double.IsNaN)
            : Array.FindIndex(column.Codes!, c => c < 0);
}

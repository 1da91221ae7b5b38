using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Splits the rows of a table as a plan says, or says why the table cannot be split so.</summary>
public static class OuterFolds
{
    /// <summary>Repeats one after the other. O(rows·folds·repeats).</summary>
    /// <param name="pointer">Of the plan in the client's request.</param>
    /// <returns>Null with a fault: every fold has what its scores need, or there are none.</returns>
    public static IReadOnlyList<Fold>? Of(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        long seed,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        var folds = Each(problem, plan, seed, pointer, faults).ToList();
        return faults.Count == before ? folds : null;
    }

    /// <summary>Whether <see cref="Of"/> has any: the same folds, but only one at a time in memory.</summary>
    /// <inheritdoc cref="Of"/>
    /// <returns>False with a fault.</returns>
    public static bool Exist(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        long seed,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        foreach (var _ in Each(problem, plan, seed, pointer, faults)) { }
        return faults.Count == before;
    }

    /// <summary>Ends at the first fault.</summary>
    private static IEnumerable<Fold> Each(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        long seed,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        if (problem.Table is not { } table)
        {
            faults.Add(
                FaultCode.NotApplicable,
                pointer,
                "Models are trained on a table; this problem has scores alone. Post it with table, target and task."
            );
            yield break;
        }
        var columns = PlanColumns.Read(problem, plan, pointer, faults);
        CheckCounts(table, plan, pointer, faults);
        if (faults.Count > before)
            yield break;
        for (var repeat = 0; repeat < plan.Repeats; repeat++)
        {
            var number = 0;
            foreach (var fold in Repeat(Xoshiro256.FromSeed((ulong)seed, $"validation folds {repeat}")) ?? [])
            {
                CheckFold(table, fold, ++number, pointer, faults);
                if (faults.Count > before)
                    yield break;
                yield return fold;
            }
            if (faults.Count > before)
                yield break;
        }

        IEnumerable<Fold>? Repeat(Xoshiro256 random) =>
            plan.Scheme == FoldScheme.Time ? TimeFolds.Make(columns.Times, table.NumRows, plan.Folds, pointer, faults)
            : columns.Groups is { } groups
                ? FromAssignment(GroupedFolds.Assign(groups, Strata(table), plan.Folds, random), plan.Folds)
            : FromAssignment(StratifiedFolds.Assign(table, plan.Folds, random), plan.Folds);
    }

    /// <summary>The classes; for a regression one stratum.</summary>
    private static int[] Strata(FeatureTable table) => table.Target.Codes ?? new int[table.NumRows];

    private static IEnumerable<Fold> FromAssignment(int[] foldOf, int folds)
    {
        for (var fold = 0; fold < folds; fold++)
        {
            var (train, test) = (new List<int>(foldOf.Length), new List<int>());
            for (var row = 0; row < foldOf.Length; row++)
                (foldOf[row] == fold ? test : train).Add(row);
            yield return new([.. train], [.. test]);
        }
    }

    private static void CheckCounts(FeatureTable table, ValidationPlan plan, string pointer, FaultList faults)
    {
        if (table.NumRows < 2 * plan.Folds)
            faults.Add(
                FaultCode.OutOfRange,
                $"{pointer}/folds",
                $"{plan.Folds} folds need at least {2 * plan.Folds} rows, two to test on in each; the table has {table.NumRows}.",
                table.NumRows,
                2 * plan.Folds
            );
        if (plan.Scheme == FoldScheme.Stratified && table.Target.Codes is { } codes)
        {
            var counts = new int[table.Target.Levels.Count];
            foreach (var code in codes)
                counts[code]++;
            var rarest = Array.IndexOf(counts, counts.Min());
            if (counts[rarest] < plan.Folds)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{pointer}/folds",
                    $"{plan.Folds} folds need at least {plan.Folds} rows of every class; "
                        + $"{NameReader.Short(table.Target.Levels[rarest])} has {counts[rarest]}.",
                    counts[rarest],
                    plan.Folds
                );
        }
        foreach (var (name, count) in ((string, int)[])[("resamples", plan.Resamples), ("seeds", plan.Seeds)])
            if (count == 1)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{pointer}/{name}",
                    "Expected 0, or at least 2: stability compares two subsets at least, got 1.",
                    1,
                    2
                );
        if (plan.Models.Distinct().Count() < plan.Models.Count)
            faults.Add(FaultCode.DuplicateEntry, $"{pointer}/models/1", "The same model is given twice.");
    }

    /// <summary>A model learns nothing of one class, and an area under the curve needs both.</summary>
    private static void CheckFold(FeatureTable table, Fold fold, int number, string pointer, FaultList faults)
    {
        var target = table.Target;
        Check(fold.Train, "trains", needsTwo: true);
        Check(fold.Test, "is tested", needsTwo: target.Levels.Count == 2);

        void Check(int[] rows, string side, bool needsTwo)
        {
            if (rows.Length < 2)
                Refuse(side, $"{rows.Length} rows, two are needed", rows.Length);
            else if (needsTwo && target.IsConstantOn(rows))
                Refuse(
                    side,
                    target.Codes is { } codes
                        ? $"rows of the class {NameReader.Short(target.Levels[codes[rows[0]]])} alone"
                        : "rows with one value of the target",
                    1
                );
        }

        void Refuse(string side, string what, int value) =>
            faults.Add(
                FaultCode.DoesNotFit,
                $"{pointer}/folds",
                $"Fold {number} {side} on {what}. Fewer folds, or another scheme, may do.",
                value,
                2
            );
    }
}

using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Brings a posted problem to the one that it means, or says everything that is wrong with it.</summary>
internal static class FeatureSelectionReader
{
    public static FeatureSelectionProblem? Read(FeatureSelectionInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        CheckMembers(input, pointer, faults);
        if (faults.Count > before)
            return null;
        if (input.Scores is { } given)
        {
            var scores = ReadScores(given, $"{pointer}/scores", faults);
            return Build(input, given.Names, null, scores, pointer, faults);
        }
        var columns = TableReader.Read(input.Table!, $"{pointer}/table", faults);
        if (columns is null)
            return null;
        var table = TableTarget.Split(columns, input.Target!, input.Task!.Value, $"{pointer}/target", faults);
        IReadOnlyList<string> names = table is not null
            ? [.. table.Features.Select(f => f.Name)]
            : [.. columns.Select(c => c.Name).Where(n => n != input.Target)];
        return Build(input, names, table, null, pointer, faults);
    }

    /// <summary>With rules read although the data have a fault, so that a client sees all faults at once.</summary>
    internal static FeatureSelectionProblem? Build(
        SelectionRules rules,
        IReadOnlyList<string> names,
        FeatureTable? table,
        GivenScores? scores,
        string pointer,
        FaultList faults
    )
    {
        var constraints = ConstraintReader.Read(rules, names, pointer, faults);
        if (constraints is null || (table is null && scores is null))
            return null;
        var problem = new FeatureSelectionProblem(
            names,
            table,
            scores,
            rules.Criterion ?? Criterion.Pearson,
            rules.Alpha,
            constraints
        );
        if (scores is null || double.IsFinite(4 * problem.Magnitude))
            return problem;
        faults.Add(
            FaultCode.Overflow,
            $"{pointer}/scores",
            "The sum of the scores' magnitudes exceeds a double's range."
        );
        return null;
    }

    private static void CheckMembers(FeatureSelectionInput input, string pointer, FaultList faults)
    {
        if (input.Table is null && input.Scores is null)
            faults.Add(FaultCode.MissingMember, pointer, "Expected exactly one of table, scores; none is given.");
        if (input.Table is not null && input.Scores is not null)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/scores",
                "Expected exactly one of table, scores; \"table\" is given already."
            );
        foreach (
            var (name, isGiven) in ((string, bool)[])
                [("target", input.Target is not null), ("task", input.Task is not null)]
        )
            if (input.Table is not null && !isGiven)
                faults.Add(FaultCode.MissingMember, $"{pointer}/{name}", $"A table needs a {name}.");
            else if (input.Table is null && isGiven)
                faults.Add(FaultCode.Conflict, $"{pointer}/{name}", $"Only a table has a {name}.");
        if (input.Table is null && input.Criterion is not null)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/criterion",
                "Only a table is compared by a criterion; scores are ready."
            );
    }

    private static GivenScores? ReadScores(ScoresInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var count = input.Names.Count;
        ColumnNames.Check(input.Names, i => $"{pointer}/names/{i}", faults);
        if (input.Relevance.Length != count)
            faults.Add(
                FaultCode.LengthMismatch,
                $"{pointer}/relevance",
                $"Expected {count} relevances, got {input.Relevance.Length}.",
                input.Relevance.Length,
                count
            );
        var (row, column, value) = (input.Redundancy.Row, input.Redundancy.Col, input.Redundancy.Value);
        var at = $"{pointer}/redundancy";
        if (!ColumnNames.HaveOneLength(row, column, value, at, faults))
            return null;
        var pairs = new List<(int Row, int Column, double Value, int Source)>(value.Length);
        for (var k = 0; k < value.Length; k++)
        {
            var (low, high) = (Math.Min(row[k], column[k]), Math.Max(row[k], column[k]));
            if (low < 0 || high >= count)
                faults.Add(
                    FaultCode.IndexOutOfRange,
                    $"{at}/{(row[k] == low && low < 0 || row[k] == high && low >= 0 ? "row" : "col")}/{k}",
                    $"Expected indices from 0 to {count - 1}, got ({row[k]}, {column[k]}).",
                    low < 0 ? low : high,
                    count - 1
                );
            else if (low == high)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/row/{k}",
                    $"Feature {low} is paired with itself; it has no redundancy of its own."
                );
            else
                pairs.Add((low, high, value[k], k));
        }
        pairs.Sort((a, b) => (a.Row, a.Column, a.Source).CompareTo((b.Row, b.Column, b.Source)));
        for (var k = 1; k < pairs.Count; k++)
            if ((pairs[k].Row, pairs[k].Column) == (pairs[k - 1].Row, pairs[k - 1].Column))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    $"{at}/row/{pairs[k].Source}",
                    $"The pair ({pairs[k].Row}, {pairs[k].Column}) is given twice; (i, j) and (j, i) are one pair."
                );
        if (faults.Count > before)
            return null;
        pairs.RemoveAll(p => p.Value == 0);
        return new(
            input.Relevance,
            [.. pairs.Select(p => p.Row)],
            [.. pairs.Select(p => p.Column)],
            [.. pairs.Select(p => p.Value)]
        );
    }
}

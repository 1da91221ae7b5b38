using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Rows in order of time, cut into one part more than there are folds: each fold trains on all parts before the one it is tested on.</summary>
internal static class TimeFolds
{
    /// <param name="times">Per row; null when the rows are in order.</param>
    /// <returns>Null with a fault where there are too few different times: a moment is never cut in two.</returns>
    public static List<Fold>? Make(double[]? times, int rows, int folds, string pointer, FaultList faults)
    {
        times ??= [.. Enumerable.Range(0, rows).Select(row => (double)row)];
        var order = Enumerable.Range(0, rows).OrderBy(row => times[row]).ToArray();
        var cuts = new List<int>();
        for (var part = 1; part <= folds; part++)
        {
            var cut = Math.Max((int)((long)part * rows / (folds + 1)), cuts.Count == 0 ? 1 : cuts[^1] + 1);
            while (cut < rows && times[order[cut]] == times[order[cut - 1]])
                cut++;
            if (cut < rows)
                cuts.Add(cut);
        }
        if (cuts.Count < folds)
        {
            var distinct = times.Distinct().Count();
            faults.Add(
                FaultCode.DoesNotFit,
                $"{pointer}/folds",
                $"{folds} folds in order of time need {folds + 1} parts that begin at different times; of {distinct} different times, "
                    + $"too unevenly spread, only {cuts.Count + 1} can be made.",
                cuts.Count + 1,
                folds + 1
            );
            return null;
        }
        cuts.Add(rows);
        return
        [
            .. Enumerable
                .Range(0, folds)
                .Select(fold => new Fold(
                    [.. order[..cuts[fold]].Order()],
                    [.. order[cuts[fold]..cuts[fold + 1]].Order()]
                )),
        ];
    }
}

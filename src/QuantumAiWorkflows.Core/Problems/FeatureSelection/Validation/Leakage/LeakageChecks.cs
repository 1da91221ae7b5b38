using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

/// <summary>
/// Looks for what makes scores too good to be true. Columns that may not be chosen are not looked at: no model sees them.
/// O(features·rows·log rows).
/// </summary>
public sealed class LeakageChecks
{
    /// <summary>Area under the curve, separation of the classes, or R² of one column alone.</summary>
    public const double NearPerfect = 0.995;

    /// <summary>Columns that a report names for each kind; a table may have thousands.</summary>
    private const int MaxListed = 20;

    private readonly FeatureTable _table;
    private readonly ValidationPlan _plan;
    private readonly PlanColumns _columns;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly List<TableColumn> _looked;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _leaking = new(StringComparer.Ordinal);

    /// <param name="folds">All repeats; duplicate rows are counted over the first.</param>
    public LeakageChecks(
        FeatureSelectionProblem problem,
        ValidationPlan plan,
        IReadOnlyList<Fold> folds,
        CancellationToken cancellation = default
    )
    {
        _table = problem.Table!;
        _plan = plan;
        _folds = folds;
        _columns = PlanColumns.Read(problem, plan, "", new FaultList());
        _looked = [.. _table.Features.Where((_, i) => !problem.Constraints.Excluded[i])];
        _cancellation = cancellation;
    }

    /// <summary>Every column that a finding is about, those beyond what a report names too; empty before <see cref="Report"/>.</summary>
    public IReadOnlySet<string> Leaking => _leaking;

    public LeakageReport Report()
    {
        var (copies, strong, ids) = (new List<string>(), new List<(string, double)>(), new List<(string, string)>());
        var repeated = new RepeatedRows(_table.NumRows);
        var ofTarget = ValueGroups.Of(_table.Target);
        int[] counts = [.. Enumerable.Range(0, ofTarget.Count).Select(value => ofTarget.Group(value).Length)];
        foreach (var column in _looked)
        {
            _cancellation.ThrowIfCancellationRequested();
            var groups = ValueGroups.Of(column);
            repeated.Add(column, groups);
            if (TargetCopies.IsCopy(column, groups, _table.Target, _looked.Count))
                copies.Add(column.Name);
            else if (
                SinglePredictors.Strength(column, groups, _table.Target, counts, _looked.Count)
                is >= NearPerfect
                    and var strength
            )
                strong.Add((column.Name, strength));
            if (IdColumns.Reason(column, groups) is { } reason)
                ids.Add((column.Name, reason));
        }
        LeakageFinding?[] findings =
        [
            .. Shorten(copies.ConvertAll(Copy)),
            .. Shorten(strong.ConvertAll(NearPerfectPredictor)),
            .. Shorten(ids.ConvertAll(IdLike)),
            .. Shorten([.. FutureDated()]),
            .. Repeated(repeated),
            Overlap(),
        ];
        return new(Checks(), [.. findings.OfType<LeakageFinding>()]);
    }

    private List<LeakageCheck> Checks() =>
        [
            new(
                LeakageKind.TargetCopy,
                "columns that have one value for each value of the target and one value of the target for each of theirs",
                null
            ),
            new(
                LeakageKind.NearPerfectPredictor,
                _table.Target.IsNumeric
                    ? "R² of one column alone: linear, or from the rows with the nearest values"
                    : "one column alone: area under the ROC curve (two classes), or how far the classes lie apart in its order",
                NearPerfect
            ),
            new(
                LeakageKind.IdLike,
                "columns that number or name the rows: words that do not repeat, whole numbers that should repeat and do not, and numbers "
                    + "that rise or fall from row to row; from 20 rows on",
                IdColumns.Threshold
            ),
            new(
                LeakageKind.FutureDated,
                DatesOfRows() is null
                    ? "not looked for: the plan names no timeColumn of dates"
                    : "columns of dates later than the row's timeColumn",
                null
            ),
            new(
                LeakageKind.DuplicateRows,
                "equal rows on both sides of a fold, where rows repeat this many times more often than independent columns would",
                RepeatedRows.Threshold
            ),
            new(
                LeakageKind.ContradictingRows,
                "likewise, rows with equal features and another target",
                RepeatedRows.Threshold
            ),
            new(LeakageKind.TrainTestOverlap, "rows, groups or times on both sides of a fold", null),
        ];

    /// <summary>One finding per column, and for those beyond the limit one together.</summary>
    private List<LeakageFinding> Shorten(List<LeakageFinding> found)
    {
        _leaking.UnionWith(found.Select(f => f.Columns[0]));
        if (found.Count <= MaxListed)
            return found;
        var rest = found.Count - MaxListed;
        return
        [
            .. found.Take(MaxListed),
            found[MaxListed] with
            {
                Columns = [],
                NumColumns = rest,
                Rows = null,
                Figure = null,
                Detail = Text($"{rest} more columns are like these."),
            },
        ];
    }

    private static LeakageFinding Copy(string column) =>
        new(
            LeakageKind.TargetCopy,
            [column],
            1,
            null,
            null,
            "The column is the target under another name or on another scale.",
            "Exclude it, unless it is known when a prediction is made."
        );

    private LeakageFinding NearPerfectPredictor((string Column, double Strength) found) =>
        new(
            LeakageKind.NearPerfectPredictor,
            [found.Column],
            1,
            null,
            found.Strength,
            _table.Target.IsNumeric
                ? Text($"The column alone explains {found.Strength:P2} of the target's variance.")
                : Text($"The column alone tells the classes apart to {found.Strength:P2}."),
            "Ask whether it is known before the target is; if it is written down afterwards, exclude it."
        );

    private static LeakageFinding IdLike((string Column, string Reason) found) =>
        new(
            LeakageKind.IdLike,
            [found.Column],
            1,
            null,
            null,
            $"The column is like an id: {found.Reason}.",
            "Exclude it: new rows have new ids. If it is the order in which rows were recorded, name it as timeColumn."
        );

    private double[]? DatesOfRows() =>
        _plan.TimeColumn is { } name
        && _table.Features.FirstOrDefault(f => f.Name == name) is { IsNumeric: false } column
            ? Moments.DatesOf(column)
            : null;

    private IEnumerable<LeakageFinding> FutureDated()
    {
        if (DatesOfRows() is not { } known)
            yield break;
        foreach (var column in _looked)
        {
            if (Moments.DatesOf(column) is not { } dates)
                continue;
            var later = Enumerable.Range(0, known.Length).Count(row => dates[row] > known[row]);
            if (later > 0)
                yield return new(
                    LeakageKind.FutureDated,
                    [column.Name],
                    1,
                    later,
                    (double)later / known.Length,
                    Text($"In {later} of {known.Length} rows its date is later than {_plan.TimeColumn}."),
                    "Exclude it, or leave it empty where it was not known yet."
                );
        }
    }

    private IEnumerable<LeakageFinding?> Repeated(RepeatedRows repeated)
    {
        if (_looked.Count == 0)
            yield break;
        var round = _folds.Take(_plan.Folds).ToList();
        var (same, other, pairs, expected) = repeated.Count(_table.Target, round);
        if (pairs <= Threshold(expected))
            yield break;
        double tested = round.Sum(fold => fold.Test.Length);
        if (same > 0)
            yield return new(
                LeakageKind.DuplicateRows,
                [],
                0,
                same,
                same / tested,
                Text($"{same} of {tested} test rows have an equal row, target included, in training."),
                "If they are the same case, keep one of them, or use the scheme grouped; if they are different cases, nothing is wrong."
            );
        if (other > 0)
            yield return new(
                LeakageKind.ContradictingRows,
                [],
                0,
                other,
                other / tested,
                Text($"{other} of {tested} test rows have a row with equal features and another target in training."),
                "Look at them: one of the two may be wrong, or a feature that tells them apart is missing."
            );
    }

    private static double Threshold(double expected) => RepeatedRows.Threshold * expected + 0.5;

    private LeakageFinding? Overlap()
    {
        var (rows, groups, times) = (0, 0, 0);
        foreach (var fold in _folds)
        {
            var found = FoldOverlap.Count(_plan, _columns, fold);
            (rows, groups, times) = (rows + found.Rows, groups + found.Groups, times + found.Times);
        }
        return rows + groups + times == 0
            ? null
            : new(
                LeakageKind.TrainTestOverlap,
                [],
                0,
                rows + groups + times,
                null,
                Text(
                    $"Test rows that are in training too: {rows}; whose group is: {groups}; not later than training: {times}."
                ),
                "The folds are wrong: the scores say nothing."
            );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

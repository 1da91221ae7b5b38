using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// Whether an entrant is shown to be worse than in an earlier benchmark, by more than is allowed: the verdict's own test,
/// the same solver on the same instances with the same seeds. In simulation, at 5 % timing noise, it flags no unchanged
/// build and every one that is 1.25 times slower; a machine whose speed changed by 5 % between the two flags 8 % of
/// unchanged ones, so times are divided by the sentinel where both have it. What cannot be compared is never passed.
/// </summary>
internal sealed class RegressionGate
{
    private const double Alpha = 0.01;

    /// <summary>At alpha 0.01, six instances could not show anything.</summary>
    private const int MinInstances = 7;

    /// <summary>Percentage points of gap.</summary>
    private const double AllowedGap = 0.1;

    private const string Time = "maxRegressionPercent";
    private const string Gap = "maxGapRegressionPoints";
    private const string Feasible = "maxFeasibilityRegressionPoints";

    private readonly Results _results;
    private readonly RegressionBaseline _earlier;
    private readonly double _maxPercent;

    /// <summary>Typical seconds of the sentinel on both sides; null where either has none.</summary>
    private readonly (double Now, double Before)? _sentinel;
    private readonly bool _isFixedCount;

    private RegressionGate(Results results, RegressionBaseline earlier, double maxPercent)
    {
        (_results, _earlier, _maxPercent) = (results, earlier, maxPercent);
        if (Sentinel(results.Benchmark) is { } now && earlier.SentinelSeconds is { } before)
            _sentinel = (now, before);
        // The same seed then does the same work, and what that takes can be compared on every instance, hit or not.
        _isFixedCount =
            RegressionBaseline.BudgetOf(results) is { CpuSeconds: null, TimeSeconds: null, MaxCost: null } budget
            && (budget.Evaluations ?? budget.DeterministicSeconds) is not null;
    }

    /// <param name="earlier">Null when there is none of that id.</param>
    public static IEnumerable<GateCheck> Checks(Results results, RegressionBaseline? earlier, double maxPercent) =>
        earlier is null ? [new(Time, maxPercent, null, null) { Note = "The benchmark in compareWith was not found." }]
        : Difference(results, earlier) is { } difference ? [new(Time, maxPercent, null, null) { Note = difference }]
        : new RegressionGate(results, earlier, maxPercent).Checks();

    /// <summary>Why nothing compares; null when it does.</summary>
    private static string? Difference(Results results, RegressionBaseline earlier)
    {
        var budget = RegressionBaseline.BudgetOf(results);
        if (budget != earlier.Budget)
            return $"This benchmark and the earlier one differ in budget: {budget} and {earlier.Budget}.";
        var versions = earlier.Instances.ToDictionary(
            i => i.ProblemId,
            i => i.EvaluatorVersion,
            StringComparer.Ordinal
        );
        foreach (var cell in results.Cells.Where(c => c.Runs.Count > 0))
        {
            var problem = cell.Runs[0].Problem;
            if (versions.TryGetValue(problem.Id, out var before) && before != problem.EvaluatorVersion)
                return $"This benchmark and the earlier one differ in evaluator version on {cell.Instance.Name}: {problem.EvaluatorVersion} and {before}.";
        }
        return null;
    }

    private IEnumerable<GateCheck> Checks()
    {
        foreach (var entrant in _results.Benchmark.Entrants)
        foreach (var check in Checks(entrant))
            yield return check;
        foreach (var gone in _earlier.Entrants.Where(e => _results.Benchmark.Entrants.All(x => x.Name != e.Name)))
            yield return Open(gone.Name, "The earlier benchmark had this entrant; this one has not.");
    }

    private GateCheck[] Checks(Entrant entrant)
    {
        var now = BaselineEntrant.Of(_results, entrant);
        var before = _earlier.Entrants.FirstOrDefault(e => e.Name == entrant.Name);
        if (before is null)
            return [Open(entrant.Name, "The earlier benchmark did not have this entrant.")];
        if (before.Solver != now.Solver)
            return
            [
                Open(
                    entrant.Name,
                    $"Another solver than before: {now.Solver}, and {before.Solver} in the earlier one."
                ),
            ];
        if (before.OptionsHash != now.OptionsHash)
            return [Open(entrant.Name, "Other options than in the earlier benchmark: that is another entrant.")];

        var common = RegressionCells.Of(_results, _earlier, entrant, before);
        var samples = Differences.Of(common.Pairs, CostMode.Target);
        var times = _isFixedCount ? common.WorkTimes() : samples[Dimension.Runtime.Name];
        return
        [
            Check(
                Time,
                entrant,
                [.. times.Values.Zip(times.Instances, (d, instance) => d + Drift(instance))],
                Math.Log2(1 + _maxPercent / 100),
                _maxPercent,
                effect => 100 * (Math.Pow(2, -effect) - 1),
                common.Missing,
                [.. TimeNotes(common, samples[Dimension.Runtime.Name].Uninformative)]
            ),
            Check(
                Gap,
                entrant,
                samples[Dimension.Quality.Name].Values,
                AllowedGap,
                AllowedGap,
                effect => 0 - effect,
                common.Missing,
                []
            ),
            // A run without an answer takes the worst gap of its instance, which may be no gap at all.
            Check(
                Feasible,
                entrant,
                samples[Dimension.Feasibility.Name].Values,
                Dimension.Feasibility.Match,
                Dimension.Feasibility.Match,
                effect => 0 - effect,
                common.Missing,
                []
            ),
        ];
    }

    private IEnumerable<string> TimeNotes(RegressionCells common, int uninformative)
    {
        if (_sentinel is null && (Sentinel(_results.Benchmark) is not null || _earlier.SentinelSeconds is not null))
            yield return "Only one side has a sentinel, so times were not divided by the machine's speed.";
        if (!_isFixedCount && uninformative > 0)
            yield return $"{uninformative} instances were hit by neither side and say nothing about time.";
        if (common.Instant > 0)
            yield return $"{common.Instant} instances take under 1 ms on both sides, which no clock of ours tells apart.";
        if (!_isFixedCount && common.Inexact > 0)
            yield return $"On {common.Inexact} instances the earlier traces were kept for another target or reference; their times to target are upper bounds.";
    }

    private static GateCheck Check(
        string name,
        Entrant entrant,
        IReadOnlyList<double> d,
        double allowed,
        double limit,
        Func<double, double> shown,
        string? missing,
        IEnumerable<string> notes
    )
    {
        var isEnough = d.Count >= MinInstances;
        var isWorse = isEnough && SignedRank.P([.. d.Select(x => -x)], allowed) <= Alpha;
        string?[] all =
        [
            isEnough ? null : $"{d.Count} instances compare; {MinInstances} are needed.",
            missing,
            .. notes,
        ];
        var note = string.Join(' ', all.OfType<string>());
        double? observed = isEnough ? shown(new WalshAverages(d).Median) : null;
        return new(
            name,
            limit,
            observed,
            isWorse ? false
                : isEnough && missing is null ? true
                : null
        )
        {
            Entrant = entrant.Name,
            Note = note.Length == 0 ? null : note,
        };
    }

    /// <summary>
    /// log2 of how much slower the machine was on this instance. By the instance's own sentinel, whose noise is then part
    /// of the sample; one ratio for all would move every difference by its own error, and that looks like a regression.
    /// </summary>
    private double Drift(BenchmarkInstance instance)
    {
        if (_sentinel is not { } typical)
            return 0;
        var now = BaselineInstance.SentinelOf(_results.Benchmark, instance) ?? typical.Now;
        var before = _earlier.Instances.First(i => i.ProblemId == instance.ProblemId).SentinelSeconds;
        return Math.Log2(now / (before ?? typical.Before));
    }

    private GateCheck Open(string entrant, string note) =>
        new(Time, _maxPercent, null, null) { Entrant = entrant, Note = note };

    private static double? Sentinel(Benchmark benchmark) =>
        benchmark.SentinelSeconds.OfType<double>().ToArray() is { Length: > 0 } seconds
            ? Descriptive.Median(seconds)
            : null;
}

using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// The candidate against one baseline, statistics only. <c>adopt</c>: a cost-adjusted match is shown, a bad loss is ruled
/// out in every other dimension, and at least one is won. What is not shown counts against adoption. A conjunction needs
/// no correction (intersection-union test, Berger 1982); only "at least one win" does.
/// </summary>
public sealed record Duel
{
    private const string CostAdjusted = "costAdjusted";
    private const string Win = "win";

    public required IReadOnlyList<DimensionTest> Tests { get; init; }

    public required IReadOnlyList<VerdictCondition> Conditions { get; init; }

    public required VerdictOutcome Outcome { get; init; }

    /// <summary>Criteria without a sample; a bad loss in one keeps the outcome from being adopt.</summary>
    public IReadOnlyList<UnsampledDimension> Unsampled { get; init; } = [];

    public DimensionTest this[Dimension dimension] => Tests.First(t => t.Dimension.Name == dimension.Name);

    public IEnumerable<DimensionTest> Wins => Tests.Where(t => t.Outcome == DimensionOutcome.Win);

    public ConditionState CostAdjustedState => Conditions.First(c => c.Name == CostAdjusted).State;

    /// <param name="samples">By dimension; absent ones were not measured.</param>
    /// <param name="withheld">Dimensions that stay open whatever their numbers say.</param>
    /// <param name="unsampled">Criteria that have one number per side.</param>
    /// <param name="like">A duel by the same rules: tests of samples that are the same there are taken from it.</param>
    public static Duel Of(
        IReadOnlyDictionary<string, Differences> samples,
        IReadOnlyList<Dimension> dimensions,
        CostMode mode,
        double alpha,
        IReadOnlyCollection<Dimension>? withheld = null,
        IReadOnlyList<UnsampledDimension>? unsampled = null,
        Duel? like = null
    )
    {
        var closed = withheld?.Select(d => d.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        var tests = DimensionTest.Decide(
            [
                .. dimensions.Select(d =>
                    closed.Contains(d.Name)
                        ? DimensionTest.Of(d, Differences.None, alpha) with
                        {
                            IsWithheld = true,
                        }
                        : TestOf(d, samples.GetValueOrDefault(d.Name, Differences.None))
                ),
            ],
            alpha
        );
        var conditions = ConditionsOf(tests, mode, alpha);
        var statistical = Decide(conditions);
        var isBlocked = unsampled?.Any(u => u.IsBad) ?? false;
        return new()
        {
            Tests = tests,
            Conditions =
            [
                .. conditions,
                .. (unsampled ?? []).Select(u => new VerdictCondition(
                    $"notBad.{u.Name}",
                    u.IsBad ? ConditionState.Failed : ConditionState.Met
                )),
            ],
            Outcome = isBlocked && statistical == VerdictOutcome.Adopt ? VerdictOutcome.Inconclusive : statistical,
            Unsampled = unsampled ?? [],
        };

        DimensionTest TestOf(Dimension dimension, Differences sample) =>
            like?.Tests.FirstOrDefault(t =>
                t.Dimension == dimension
                && t.Differences.Total == sample.Total
                && t.Differences.Values.SequenceEqual(sample.Values)
            )
            ?? DimensionTest.Of(dimension, sample, alpha);
    }

    private static VerdictOutcome Decide(IReadOnlyList<VerdictCondition> conditions)
    {
        if (conditions.All(c => c.State == ConditionState.Met))
            return VerdictOutcome.Adopt;
        // Every way to fail is a demonstrated one: cost shown to be worse, a bad loss shown, no gain shown anywhere.
        return conditions.Any(c => c.State == ConditionState.Failed)
            ? VerdictOutcome.KeepClassical
            : VerdictOutcome.Inconclusive;
    }

    private static List<VerdictCondition> ConditionsOf(IReadOnlyList<DimensionTest> tests, CostMode mode, double alpha)
    {
        var cost = tests.First(t => t.Dimension.Name == Dimension.Cost.Name);
        DimensionTest[] matched =
            mode == CostMode.Target ? [cost] : [cost, tests.First(t => t.Dimension.Name == Dimension.Quality.Name)];
        var state =
            matched.Any(t => t.Count == 0) ? ConditionState.Open
            : matched.All(t => t.NotWorse) && cost.NotBad ? ConditionState.Met
            : matched.Any(t => t.Worse) ? ConditionState.Failed
            : ConditionState.Open;
        var conditions = new List<VerdictCondition>
        {
            Condition(
                CostAdjusted,
                state,
                () => Largest(matched.Where(t => !t.NotWorse).Select(t => Needed(t, -t.Dimension.Match, 1)))
            ),
        };
        foreach (var test in tests.Where(t => t != cost && t.Dimension.HasBadLoss && (t.Count > 0 || t.IsWithheld)))
            conditions.Add(
                Condition(
                    $"notBad.{test.Dimension.Name}",
                    test.NotBad ? ConditionState.Met
                        : test.Bad ? ConditionState.Failed
                        : ConditionState.Open,
                    () => Needed(test, -test.Dimension.Bad, 1)
                )
            );
        conditions.Add(
            Condition(
                Win,
                tests.Any(t => t.Outcome == DimensionOutcome.Win) ? ConditionState.Met
                    : ShowsNoGain(tests) ? ConditionState.Failed
                    : ConditionState.Open,
                () => NeededToWin(tests)
            )
        );
        return conditions;

        VerdictCondition Condition(string name, ConditionState is_, Func<int?> needed) =>
            new(name, is_, is_ == ConditionState.Open ? needed() : null);

        int? Needed(DimensionTest test, double threshold, int count) =>
            test.Effect is { } effect
                ? SampleSize.InstancesNeeded(test.Differences.Values, effect - threshold, count, alpha)
                : null;

        int? NeededToWin(IReadOnlyList<DimensionTest> all) =>
            all.Where(t => t.Effect > t.Dimension.Match)
                .Select(t => Needed(t, 0, Math.Max(1, all.Count(x => x.PHolm is not null))))
                .Min();
    }

    /// <summary>
    /// In every measured dimension; a withheld one shows nothing. Without quality nobody answered at all, as in a benchmark
    /// that was cancelled before its first run, and that both are equally infeasible is no evidence.
    /// </summary>
    private static bool ShowsNoGain(IReadOnlyList<DimensionTest> tests) =>
        tests.Any(t => t.Count > 0 && t.Dimension.Name == Dimension.Quality.Name)
        && tests.All(t => !t.Dimension.HasBadLoss || (!t.IsWithheld && (t.Count == 0 || t.NoGain)));

    /// <summary>Null when one of them cannot be told: then the whole cannot.</summary>
    private static int? Largest(IEnumerable<int?> needed)
    {
        var all = needed.ToArray();
        return all.Length == 0 || all.Any(n => n is null) ? null : all.Max();
    }
}

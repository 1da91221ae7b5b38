using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>A goal for a candidate that a benchmark can check, fixed before the first run (D-07).</summary>
public sealed record Milestone
{
    [Description(
        "runtimeReduction: the expected time to target is at least this many percent shorter. qualityGain: the gap is at least this many percentage points smaller, and feasibility is not lost. novelSolutions: on at least this many instances the candidate finds a better answer than every classical entrant."
    )]
    public required MilestoneKind Kind { get; init; }

    [Description("Percent, percentage points, or instances.")]
    [Range(0, 1000, MinimumIsExclusive = true)]
    public required double AtLeast { get; init; }
}

public enum MilestoneKind
{
    RuntimeReduction,
    QualityGain,
    NovelSolutions,
}

/// <summary>
/// Milestones against every classical entrant, with the verdict's own test and alpha: reached when it is shown against all of them,
/// missed when the contrary is shown against one, open otherwise.
/// </summary>
internal static class Milestones
{
    public static IEnumerable<GateCheck> Checks(Results results, IReadOnlyList<Milestone> milestones) =>
        results
            .Benchmark.Entrants.Where(e => e.Role == EntrantRole.Candidate)
            .SelectMany(candidate => milestones.Select(m => Check(results, candidate, m)));

    private static GateCheck Check(Results results, Entrant candidate, Milestone milestone)
    {
        var baselines = VerdictProcedure.BaselinesOf(results, candidate);
        var name = $"milestone.{JsonNames.Of(milestone.Kind)}";
        if (baselines.Count == 0)
            return new(name, milestone.AtLeast, null, null)
            {
                Entrant = candidate.Name,
                Note = "No classical entrant ran beside it.",
            };
        // A cancelled run counts as a miss, and a baseline's would count for the candidate.
        if (baselines.Prepend(candidate).SelectMany(results.RunsOf).Any(r => r.State == RunState.Cancelled))
            return new(name, milestone.AtLeast, null, null)
            {
                Entrant = candidate.Name,
                Note = "Some runs were cancelled.",
            };
        if (milestone.Kind == MilestoneKind.NovelSolutions)
            return Novel(results, candidate, baselines, milestone, name);
        var goals = baselines.Select(b => Against(results, candidate, b, milestone)).ToArray();
        // The one that is furthest from the goal decides; what is open against it is open.
        var hardest = goals.OrderBy(g => g.Effect ?? double.NegativeInfinity).First();
        return new(
            name,
            milestone.AtLeast,
            hardest.Shown,
            goals.Any(g => g.IsMissed) ? false
                : goals.All(g => g.IsReached) ? true
                : null
        )
        {
            Entrant = candidate.Name,
            Note = $"Against {hardest.Baseline}: {hardest.Words}.",
        };
    }

    private sealed record Goal(
        string Baseline,
        double? Effect,
        double? Shown,
        bool IsReached,
        bool IsMissed,
        string Words
    );

    private static Goal Against(Results results, Entrant candidate, Entrant baseline, Milestone milestone)
    {
        var pairs = PairScores.Of(results, results.Benchmark.Instances, candidate, baseline, charged: null);
        var samples = Differences.Of(pairs, CostMode.Target);
        var isRuntime = milestone.Kind == MilestoneKind.RuntimeReduction;
        if (isRuntime && Machine.Of(results).IsDrifting)
            return new(baseline.Name, null, null, false, false, "the machine's times are not to be trusted");
        var d = samples[isRuntime ? Dimension.Runtime.Name : Dimension.Quality.Name].Values;
        if (d.Count == 0)
            return new(baseline.Name, null, null, false, false, "no instance compares");
        // Less by p percent is a ratio of 1 / (1 - p / 100); 100 percent less is never reached.
        var threshold = isRuntime ? -Math.Log2(Math.Max(1e-12, 1 - milestone.AtLeast / 100)) : milestone.AtLeast;
        var walsh = new WalshAverages(d);
        var alpha = VerdictProcedure.AlphaOf(results.Benchmark).Alpha;
        var (low, high) = walsh.Interval(alpha);
        var p = SignedRank.P(d, threshold);
        var keepsFeasibility =
            isRuntime
            || SignedRank.P(samples[Dimension.Feasibility.Name].Values, -Dimension.Feasibility.Match) <= alpha;
        return new(
            baseline.Name,
            walsh.Median,
            Shown(walsh.Median),
            p <= alpha && keepsFeasibility,
            SignedRank.P([.. d.Select(x => -x)], -threshold) <= alpha,
            $"{Number(Shown(walsh.Median))}{(low is { } l && high is { } h ? $" [{Number(Shown(l))}, {Number(Shown(h))}]" : "")}, p {Number(p)} on {d.Count} instances{(keepsFeasibility ? "" : ", but feasibility is not shown to be kept")}"
        );

        double Shown(double effect) => isRuntime ? 100 * (1 - Math.Pow(2, -effect)) : effect;
    }

    private static GateCheck Novel(
        Results results,
        Entrant candidate,
        IReadOnlyList<Entrant> baselines,
        Milestone milestone,
        string name
    )
    {
        var d = SolutionSpace.Of(results, results.Benchmark.Instances, candidate, baselines).Values;
        var found = d.Count(x => x > 0);
        return new(name, milestone.AtLeast, found, found >= milestone.AtLeast)
        {
            Entrant = candidate.Name,
            Note =
                $"Better than all classical entrants on {found}, worse on {d.Count(x => x < 0)} of {d.Count} instances; sign test p {Number(SignedRank.P(d))}.",
        };
    }

    private static string Number(double value) =>
        value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
}

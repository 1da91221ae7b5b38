using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>What the pictures of a report are drawn from: every counted run, thinned curves, fits.</summary>
public sealed record ReportFigures
{
    public required IReadOnlyList<RunPoint> Runs { get; init; }

    /// <summary>What the times of <see cref="Profiles"/>, <see cref="Anytime"/> and <see cref="Scaling"/> are: cpu or wall.</summary>
    public required string Clock { get; init; }

    /// <summary>
    /// Of expected time to target, one per entrant; a picture, never a test. Where there are more than two, the order
    /// below the best depends on who takes part: <see cref="Pairwise"/> does not.
    /// </summary>
    public required IReadOnlyList<PerformanceProfile> Profiles { get; init; }

    /// <summary>Every ordered pair of entrants.</summary>
    public required IReadOnlyList<PairwiseShare> Pairwise { get; init; }

    /// <summary>Mean gap over time, one per entrant, on a common logarithmic grid.</summary>
    public required IReadOnlyList<AnytimeCurve> Anytime { get; init; }

    /// <summary>Time and quality against the number of variables, per entrant.</summary>
    public required IReadOnlyList<ScalingCurve> Scaling { get; init; }

    public static ReportFigures Of(Results results) =>
        new()
        {
            Runs = [.. results.Cells.SelectMany(RunPoint.Of)],
            Clock = results.Clock.Name,
            Profiles = ProfileCurves.Of(results),
            Pairwise = ProfileCurves.Pairwise(results),
            Anytime = AnytimeCurves.Of(results),
            Scaling = ScalingCurves.Of(results),
        };
}

/// <summary>One counted run in a picture or a table of runs.</summary>
/// <param name="GapPercent">Null without a feasible result.</param>
/// <param name="Hit">Within targetGapPercent of the reference.</param>
/// <param name="Cost">By the benchmark's price list, in its currency.</param>
/// <param name="Busy">The machine was too busy for its times to mean something.</param>
public sealed record RunPoint(
    Guid Id,
    string Instance,
    string Entrant,
    long Seed,
    RunState State,
    double? Objective,
    double? GapPercent,
    bool Hit,
    double WallSeconds,
    double? CpuSeconds,
    double Cost,
    bool Busy
)
{
    public static IEnumerable<RunPoint> Of(EntrantRuns cell) =>
        cell.Runs.Select(run => new RunPoint(
            run.Id,
            cell.Instance.Name,
            cell.Entrant.Name,
            run.Seed,
            run.State,
            run.IsFeasibleResult() ? run.Objective : null,
            run.IsFeasibleResult() ? cell.GapPercent(run.Objective!.Value) : null,
            cell.IsHit(run),
            run.Metrics.WallSeconds,
            run.Metrics.CpuSeconds,
            Prices.TotalOfRun(run, cell.Prices),
            Machine.IsBusy(run)
        ));
}

/// <param name="Points">From ratio 1 on, a step at each: the share of instances that the entrant takes at most that many times the best time.</param>
public sealed record PerformanceProfile(string Entrant, IReadOnlyList<ProfilePoint> Points);

public sealed record ProfilePoint(double Ratio, double Share);

public sealed record AnytimeCurve(string Entrant, IReadOnlyList<AnytimePoint> Points);

/// <param name="MeanGapPercent">Over instances of the mean over runs that have an answer by then; null when none has.</param>
/// <param name="ShareWithAnswer">Share of the runs that have one.</param>
public sealed record AnytimePoint(double Seconds, double? MeanGapPercent, double ShareWithAnswer);

/// <param name="Quantity">seconds (expected time to target) or gapPercent.</param>
/// <param name="PowerLaw">value = factor * n^exponent; null below three sizes, or where a value has no logarithm.</param>
/// <param name="Exponential">value = factor * 2^(exponent * n); null in the same cases.</param>
/// <param name="Linear">value = factor + exponent * n, of gaps only: they may be 0. Null below three sizes.</param>
/// <param name="Note">What the fits leave out; null when nothing.</param>
public sealed record ScalingCurve(
    string Entrant,
    string Quantity,
    string Unit,
    IReadOnlyList<ScalingPoint> Points,
    ScalingFit? PowerLaw,
    ScalingFit? Exponential,
    ScalingFit? Linear = null,
    string? Note = null
);

public sealed record ScalingPoint(string Instance, int NumVariables, double Value);

/// <summary>Least squares, on logarithms but for a linear fit.</summary>
/// <param name="Low">Of the exponent's 95 % interval (Student's t).</param>
public sealed record ScalingFit(double Factor, double Exponent, double Low, double High, double RSquared, int Count);

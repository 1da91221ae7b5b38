using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>What the pictures of a report are drawn from: every counted run, thinned curves, fits.</summary>
public sealed record ReportFigures
{
    public required IReadOnlyList<RunPoint> Runs { get; init; }

    /// <summary>Of expected time to target, one per entrant; a picture, never a test.</summary>
    public required IReadOnlyList<PerformanceProfile> Profiles { get; init; }

    /// <summary>Mean gap over time, one per entrant, on a common logarithmic grid.</summary>
    public required IReadOnlyList<AnytimeCurve> Anytime { get; init; }

    /// <summary>Time and quality against the number of variables, per entrant.</summary>
    public required IReadOnlyList<ScalingCurve> Scaling { get; init; }

    public static ReportFigures Of(Results results) =>
        new()
        {
            Runs = [.. results.Cells.SelectMany(RunPoint.Of)],
            Profiles = [],
            Anytime = [],
            Scaling = [],
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
/// <param name="PowerLaw">value = factor * n^exponent; null below three sizes.</param>
/// <param name="Exponential">value = factor * 2^(exponent * n); null below three sizes.</param>
public sealed record ScalingCurve(
    string Entrant,
    string Quantity,
    string Unit,
    IReadOnlyList<ScalingPoint> Points,
    ScalingFit? PowerLaw,
    ScalingFit? Exponential
);

public sealed record ScalingPoint(string Instance, int NumVariables, double Value);

/// <summary>Least squares on logarithms.</summary>
/// <param name="Low">Of the exponent's 95 % interval (Student's t).</param>
public sealed record ScalingFit(double Factor, double Exponent, double Low, double High, double RSquared, int Count);

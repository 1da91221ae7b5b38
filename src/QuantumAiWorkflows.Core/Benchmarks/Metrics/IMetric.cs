using QuantumAiWorkflows.Economics;

namespace QuantumAiWorkflows.Benchmarks.Metrics;

/// <summary>A number about one entrant on one instance, from its run records alone.</summary>
public interface IMetric
{
    /// <summary>Stable camelCase id: the name in reports.</summary>
    string Id { get; }

    string Unit { get; }

    /// <summary>What is computed, sign and range included.</summary>
    string Definition { get; }

    /// <summary>Where the definition is from.</summary>
    string Source { get; }

    Measurement Measure(EntrantRuns runs);
}

/// <param name="Value">Null when there is none: <paramref name="Note"/> says why. Null, too, for what no double holds.</param>
/// <param name="Intervals">At 95 %, each with the method it was made by.</param>
public sealed record Measurement(double? Value, IReadOnlyList<Interval> Intervals, string? Note = null)
{
    public double? Value { get; init; } = Value is { } number && double.IsFinite(number) ? number : null;

    public static Measurement None(string note) => new(null, [], note);

    public static Measurement Of(double value) => new(value, []);
}

/// <param name="High">Null: unbounded.</param>
public sealed record Interval(string Method, double Low, double? High);

/// <summary>All metrics in the order of reports. A new one is a file beside this and a line here.</summary>
public static class BenchmarkMetrics
{
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new Objective(ObjectiveStatistic.Mean),
        new Objective(ObjectiveStatistic.Median),
        new Objective(ObjectiveStatistic.Best),
        new GapToReference(),
        new ApproximationRatio(),
        new FeasibilityRate(),
        new SuccessRate(SuccessTarget.Reference),
        new SuccessRate(SuccessTarget.OwnBest),
        new TimeToSolution99(),
        new TimeToTarget(),
        new PrimalIntegral(),
        new WallSeconds(),
        new CpuSeconds(),
        new QueueSeconds(),
        new StageSeconds(RunStage.Encode),
        new StageSeconds(RunStage.Compile),
        new StageSeconds(RunStage.Solve),
        new StageSeconds(RunStage.Decode),
        new PeakMemory(),
        new Energy(EnergyModel.Local),
        new Evaluations(),
        new Shots(),
        new MeanCost(),
        new CostPerSolved(),
        new SeedSpread(),
        new ReplayRate(),
        new NovelSolutions(),
        new Coverage(),
    ];

    public static IMetric Find(string id) => All.First(m => m.Id == id);
}

using System.Text.Json;
using QuantumAiWorkflows.Benchmarks.Metrics;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>One entrant over all instances. Null where nothing was measured.</summary>
public sealed record EntrantSummary
{
    /// <summary>Seconds added before the logarithm of <see cref="Tts99Seconds"/>; always shown with it.</summary>
    public const double Tts99Shift = 0.01;

    public required string Name { get; init; }
    public required string Solver { get; init; }
    public required IReadOnlyList<string> Versions { get; init; }

    /// <inheritdoc cref="Entrant.Options"/>
    public JsonElement? Options { get; init; }

    /// <summary>The options for a page, cut where groups of variables would be long; null for the defaults.</summary>
    internal string? OptionsText =>
        Options is not { ValueKind: JsonValueKind.Object } given || !given.EnumerateObject().Any() ? null
        : JsonSerializer.Serialize(given) is { Length: > MostOptions } text ? $"{text[..MostOptions]}..."
        : JsonSerializer.Serialize(given);

    private const int MostOptions = 300;
    public required Paradigm Paradigm { get; init; }
    public required EntrantRole Role { get; init; }

    /// <summary>Why the recorder added it; null for the suite's own.</summary>
    public string? Added { get; init; }

    /// <summary>For an ablation: the candidate whose quantum step it replaces.</summary>
    public string? AblationOf { get; init; }

    /// <summary>What the calibration says of it; untested for candidates, and without calibration.</summary>
    public BaselineStrength Strength { get; init; }

    /// <summary>Counted runs; warm-up and repeats after a loss are not.</summary>
    public required int Runs { get; init; }

    /// <summary>Mean over instances of the mean over seeds, percent; only instances with a feasible result.</summary>
    public required double? MeanGapPercent { get; init; }

    /// <summary>
    /// Bootstrap over instances at 95 %, null below five. Description only: whether two entrants differ is the verdict's
    /// question, and overlapping intervals are no answer to it.
    /// </summary>
    public required Interval? MeanGapInterval { get; init; }

    /// <summary>Share of all runs within targetGapPercent of the reference; Wilson and Clopper-Pearson at 95 %.</summary>
    public required Measurement SuccessRate { get; init; }

    public required Measurement FeasibilityRate { get; init; }

    /// <summary>Share of the replayed runs that came out the same; no value when none was replayed.</summary>
    public required Measurement ReplayRate { get; init; }

    /// <summary>Mean of a run that started.</summary>
    public required double? WallSeconds { get; init; }

    /// <inheritdoc cref="WallSeconds"/>
    public required double? CpuSeconds { get; init; }

    public required long? PeakMemoryBytes { get; init; }

    /// <summary>Mean of a run that started, by the benchmark's price list.</summary>
    public required double? Cost { get; init; }

    /// <summary>Modelled mean of a run on a quantum processor; null for an entrant that simulated no circuit.</summary>
    public double? CostAsHardware { get; init; }

    public required double? CostPerSolved { get; init; }

    /// <summary>Geometric mean over instances, shifted by <see cref="Tts99Shift"/>; null when some instance was never solved.</summary>
    public required double? Tts99Seconds { get; init; }

    /// <summary>Instances that were solved at least once.</summary>
    public required int InstancesSolved { get; init; }

    public required double Coverage { get; init; }

    /// <summary>Why planned runs have no result, with the numbers.</summary>
    public required IReadOnlyList<UncoveredRuns> Uncovered { get; init; }

    public static EntrantSummary Of(Results results, Entrant entrant)
    {
        var cells = results.Benchmark.Instances.Select(i => results[i, entrant]).ToArray();
        var runs = cells.SelectMany(c => c.Runs).ToArray();
        var started = runs.Where(r => r.HasStarted()).ToArray();
        var gaps = cells.Select(c => new GapToReference().Measure(c).Value).ToArray();
        var hits = cells.Sum(c => c.Runs.Count(c.IsHit));
        var tts = cells.Select(c => BenchmarkMetrics.Find("tts99").Measure(c).Value).ToArray();
        var costs = started.Select(r => Prices.TotalOfRun(r, results.Benchmark.Prices)).ToArray();
        return new()
        {
            Name = entrant.Name,
            Solver = entrant.SolverId,
            Versions = [.. runs.Select(r => r.Solver.Version).Distinct().Order(StringComparer.Ordinal)],
            Options = entrant.Options,
            Paradigm = results.ParadigmOf(entrant),
            Role = entrant.Role,
            Added = entrant.Added,
            AblationOf = entrant.AblationOf,
            Strength = entrant.Strength,
            Runs = runs.Length,
            MeanGapPercent = Mean(gaps),
            MeanGapInterval = Bootstrap.MeanInterval([.. gaps.OfType<double>()]) is var (low, high)
                ? new(Bootstrap.Method, low, high)
                : null,
            SuccessRate = Share(hits, runs.Length),
            FeasibilityRate = Share(cells.Sum(c => c.Feasible.Count()), runs.Length),
            ReplayRate = Metrics.ReplayRate.Of(cells.SelectMany(c => c.Replays)),
            WallSeconds = Mean(started.Select(r => (double?)r.Metrics.WallSeconds)),
            CpuSeconds = Mean(started.Select(r => r.Metrics.CpuSeconds)),
            PeakMemoryBytes = started.Select(r => r.Metrics.PeakMemoryBytes).Max(),
            Cost = Mean(costs.Select(c => (double?)c)),
            CostAsHardware = Mean(started.Select(r => Prices.AsHardware(r, results.Benchmark.Prices)?.Total)),
            CostPerSolved = hits == 0 ? null : ExactSum.Of(costs) / hits,
            Tts99Seconds =
                tts.Length == 0 || tts.Any(t => t is null)
                    ? null
                    : Descriptive.ShiftedGeometricMean([.. tts.OfType<double>()], Tts99Shift),
            InstancesSolved = cells.Count(c => c.Runs.Any(c.IsHit)),
            Coverage =
                (double)runs.Count(r => r.State == RunState.Succeeded) / Math.Max(1, cells.Sum(c => c.PlannedSeeds)),
            Uncovered = UncoveredRuns.Of(cells),
        };
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToArray();
        return known.Length == 0 ? null : ExactSum.Mean(known);
    }

    private static Measurement Share(int successes, int trials)
    {
        if (trials == 0)
            return Measurement.None("There are no runs.");
        var (wilson, exact) = (Proportion.Wilson(successes, trials), Proportion.ClopperPearson(successes, trials));
        return new(
            (double)successes / trials,
            [new("wilson", wilson.Low, wilson.High), new("clopperPearson", exact.Low, exact.High)]
        );
    }
}

/// <param name="State">Null: no record at all.</param>
public sealed record UncoveredRuns(
    RunState? State,
    string Reason,
    double? Needed,
    double? Limit,
    string? Unit,
    int Runs
)
{
    public static IReadOnlyList<UncoveredRuns> Of(IReadOnlyList<EntrantRuns> cells)
    {
        var reasons = cells
            .SelectMany(c => c.Runs)
            .Where(r => r.State != RunState.Succeeded)
            .GroupBy(r => (r.State, Reason: r.Error?.Message ?? "", r.Error?.Needed, r.Error?.Limit, r.Error?.Unit))
            .OrderBy(g => g.Key.State)
            .ThenBy(g => g.Key.Reason, StringComparer.Ordinal)
            .Select(g => new UncoveredRuns(g.Key.State, g.Key.Reason, g.Key.Needed, g.Key.Limit, g.Key.Unit, g.Count()))
            .ToList();
        var absent = cells.Sum(c => c.PlannedSeeds - c.Runs.Count);
        if (absent > 0)
            reasons.Add(new(null, "There is no record.", null, null, null, absent));
        return reasons;
    }
}

using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>
/// The runs of a benchmark that count, by instance and entrant, with the reference that their gaps are taken from. The
/// order of the records does not matter.
/// </summary>
public sealed class Results
{
    private readonly Dictionary<(string Instance, string Entrant), EntrantRuns> _cells = [];

    public Results(Benchmark benchmark)
    {
        Benchmark = benchmark;
        var counted = benchmark
            .Runs.Where(r => r.Cell is { IsCompared: true })
            .GroupBy(r => (r.Cell!.Instance, r.Cell.Entrant, r.Seed))
            .Select(Counted)
            .ToLookup(r => (r.Cell!.Instance, r.Cell.Entrant));
        Clock = Clock.For(counted.SelectMany(cell => cell));
        var replays = benchmark.Replays.ToLookup(p => (p.Stored.Cell?.Instance, p.Stored.Cell?.Entrant));
        foreach (var instance in benchmark.Instances)
        {
            var runs = benchmark.Entrants.ToDictionary(
                e => e.Name,
                e => counted[(instance.Name, e.Name)].OrderBy(r => r.Seed).ToArray()
            );
            RunRecord[] everybody = [.. runs.Values.SelectMany(r => r)];
            var reference = KnownBest.Of(instance, everybody);
            var horizon = EntrantRuns.Horizon(everybody, Clock);
            foreach (var entrant in benchmark.Entrants)
                _cells.Add(
                    (instance.Name, entrant.Name),
                    new()
                    {
                        Instance = instance,
                        Entrant = entrant,
                        Runs = runs[entrant.Name],
                        Reference = reference,
                        TargetGapPercent = benchmark.Suite.Comparison.TargetGapPercent,
                        PlannedSeeds = benchmark.Suite.Seeds.Count,
                        Prices = benchmark.Prices,
                        Clock = Clock,
                        HorizonSeconds = horizon,
                        Replays = [.. replays[(instance.Name, entrant.Name)]],
                    }
                );
        }
        AddBaselines();
    }

    public Benchmark Benchmark { get; }

    /// <summary>What everybody's times are read from: CPU seconds where all runs of the benchmark can be timed by them.</summary>
    public Clock Clock { get; }

    public IEnumerable<EntrantRuns> Cells => _cells.Values;

    public EntrantRuns this[BenchmarkInstance instance, Entrant entrant] => _cells[(instance.Name, entrant.Name)];

    /// <summary>The entrant's counted runs over all instances.</summary>
    public IEnumerable<RunRecord> RunsOf(Entrant entrant) => Benchmark.Instances.SelectMany(i => this[i, entrant].Runs);

    /// <summary>
    /// What ran, not what the solver is called; one quantum run makes the entrant quantum. <c>auto</c>, which never chooses
    /// a quantum solver, is quantum-inspired only where every choice was: one among a hundred is not what its result rests on. A run that crashed or was killed could not say, and is on record with the solver's paradigm: of an
    /// ablation only a circuit tells otherwise, or one crash would take it out of the comparison.
    /// </summary>
    public Paradigm ParadigmOf(Entrant entrant)
    {
        var ran = RunsOf(entrant)
            .Where(r => r.HasStarted() && (entrant.AblationOf is null || r.Quantum is not null))
            .ToArray();
        var chose = ran.Where(r => r.Auto?.Chosen is not null).ToArray();
        return chose.Length > 0 ? chose.Min(r => r.Solver.Paradigm)
            : ran.Length > 0 ? ran.Max(r => r.Solver.Paradigm)
            : entrant.Paradigm;
    }

    /// <summary>A second pass: what counts as classical depends on what ran on all instances.</summary>
    private void AddBaselines()
    {
        var alone = _cells.ToDictionary();
        foreach (var entrant in Benchmark.Entrants)
        {
            var baselines = VerdictProcedure.BaselinesOf(this, entrant);
            foreach (var instance in Benchmark.Instances)
                _cells[(instance.Name, entrant.Name)] = alone[(instance.Name, entrant.Name)] with
                {
                    Baselines = [.. baselines.Select(b => alone[(instance.Name, b.Name)])],
                };
        }
    }

    /// <summary>Of several records of one cell the last that was not lost with its worker: only such losses are re-run.</summary>
    public static RunRecord Counted(IEnumerable<RunRecord> attempts) =>
        attempts.OrderBy(r => r.State != RunState.Lost).ThenBy(r => r.Attempt).ThenBy(r => r.Id).Last();
}

/// <summary>The counted runs of one entrant on one instance: what a metric is computed from.</summary>
public sealed record EntrantRuns
{
    public required BenchmarkInstance Instance { get; init; }

    public required Entrant Entrant { get; init; }

    /// <summary>At most one per seed, by seed.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>Null when neither the suite nor any run has an objective.</summary>
    public required KnownBest? Reference { get; init; }

    public required double TargetGapPercent { get; init; }

    /// <summary>Seeds of the suite; more than <see cref="Runs"/> when records are missing.</summary>
    public required int PlannedSeeds { get; init; }

    public required Economics.PriceList Prices { get; init; }

    /// <summary>What times are read from: the clock of the whole benchmark; of these runs, where they stand alone.</summary>
    public Clock Clock
    {
        get => field ?? Clock.For(Runs);
        init;
    }

    /// <summary>The budget on <see cref="Clock"/>; where none limits it, the longest run of anybody on the instance; null without runs.</summary>
    public double? HorizonSeconds
    {
        get => field ?? Horizon(Runs, Clock);
        init;
    }

    /// <summary>
    /// What the other classical entrants (baselines, controls, ablations) did on the same instance: a thing is novel when
    /// none of them found it. Theirs are empty.
    /// </summary>
    public IReadOnlyList<EntrantRuns> Baselines { get; init; } = [];

    /// <summary>Runs of this entrant on this instance that were run again.</summary>
    public IReadOnlyList<ReplayPair> Replays { get; init; } = [];

    /// <summary>
    /// Seconds that one hit of the target takes, failures included: the verdict's ERT. Null when no run hit, which the
    /// verdict has to charge with something, but a picture shows as a failure.
    /// </summary>
    public double? ExpectedSeconds =>
        Runs.Count(IsHit) is var hits and > 0
            ? InstanceScore.PerHit([.. Runs.Select(r => Clock.At(r, FirstHit(r)))], hits, 1, PlannedSeeds)
            : null;

    internal static double? Horizon(IReadOnlyCollection<RunRecord> runs, Clock clock) =>
        runs.Count == 0 ? null : clock.Budget(runs.First().Budget) ?? runs.Max(clock.Spent);

    public IEnumerable<RunRecord> Feasible => Runs.Where(r => r.IsFeasibleResult());

    /// <summary>Gap of an objective in percent of the instance's scale; negative when it beats the reference.</summary>
    public double GapPercent(double objective) => Reference!.GapPercent(Instance, objective);

    public bool IsHit(RunRecord run) => run.IsFeasibleResult() && GapPercent(run.Objective!.Value) <= TargetGapPercent;

    /// <summary>Where the run first met the target; null when it missed, or met it without an incumbent on record.</summary>
    public TracePoint? FirstHit(RunRecord run) =>
        IsHit(run)
            ? run
                .Trace.OrderBy(p => p.ElapsedSeconds)
                .FirstOrDefault(p => p.Feasible && GapPercent(p.Objective) <= TargetGapPercent)
            : null;
}

/// <summary>The objective that gaps on an instance are measured from.</summary>
/// <param name="Optimal">Proven, by the source of the reference or by a solver of this benchmark.</param>
/// <param name="IsTrusted">Known from outside or proven; otherwise it is only the best of these runs.</param>
public sealed record KnownBest(double Objective, bool Optimal, bool IsTrusted, string Source)
{
    /// <summary>A scale below this is no scale: a constant objective, or a reference at its natural zero.</summary>
    private const double SmallestScale = 1e-9;

    /// <summary>
    /// Gaps end here on either side: beyond it they only say "far off", and sums and squares of them stay finite.
    /// </summary>
    public const double MaxGapPercent = 1e12;

    /// <summary>An optimum from the suite; else one proven here; else the suite's best known; else the best of these runs.</summary>
    public static KnownBest? Of(BenchmarkInstance instance, IEnumerable<RunRecord> runs)
    {
        var given = instance.Reference is { } r
            ? new KnownBest(r.Objective, r.Optimal, true, r.Source ?? "the suite")
            : null;
        if (given is { Optimal: true })
            return given;
        var feasible = runs.Where(run => run.IsFeasibleResult()).ToArray();
        if (feasible.Length == 0)
            return given;
        var best = instance.Sense == Sense.Minimize ? feasible.Min(Value) : feasible.Max(Value);
        var prover = feasible
            .Where(run => run.Status == ResultStatus.Optimal && Value(run) == best)
            .Select(run => run.Solver.Id)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        if (prover is not null)
            return new(best, true, true, $"proved by {prover}");
        return given ?? new(best, false, false, "best of these runs");

        static double Value(RunRecord run) => run.Objective!.Value;
    }

    public double GapPercent(BenchmarkInstance instance, double objective)
    {
        var worse = instance.Sense == Sense.Minimize ? objective - Objective : Objective - objective;
        var scale = Math.Abs(Objective - (instance.GapOrigin ?? 0));
        return Math.Clamp(worse / Math.Max(scale, SmallestScale) * 100, -MaxGapPercent, MaxGapPercent);
    }
}

using System.Text.Json;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>A benchmark and its runs: all that metrics, statistics, verdicts, gates and reports read.</summary>
public sealed record Benchmark
{
    public required Guid Id { get; init; }

    public required Suite Suite { get; init; }

    /// <summary>In the suite's order.</summary>
    public required IReadOnlyList<BenchmarkInstance> Instances { get; init; }

    /// <summary>The suite's solvers in its order, then those that the recorder added.</summary>
    public required IReadOnlyList<Entrant> Entrants { get; init; }

    /// <summary>Every record, warm-up and lost attempts included; any order.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    public PriceList Prices { get; init; } = PriceList.Local;

    /// <summary>What the calibration runs say of the baselines; null when there was no calibration.</summary>
    public StrengthGate? Strength { get; init; }

    /// <summary>
    /// Distinct candidate configurations that were benchmarked on any of these instances so far, this one included:
    /// alpha is divided by it.
    /// </summary>
    public int CandidatesTried { get; init; } = 1;

    /// <summary>
    /// Seconds that <see cref="Sentinel"/> took before each block, in the order of the blocks; null where it was not
    /// measured, because the block had no run or its runs went side by side. Empty: not measured at all.
    /// </summary>
    public IReadOnlyList<double?> SentinelSeconds { get; init; } = [];

    /// <summary>The benchmark that this one runs again; null for a first one.</summary>
    public ReplaySource? ReplayOf { get; init; }

    /// <summary>Runs of <see cref="ReplayOf"/> with those of this benchmark. Empty: nothing was replayed.</summary>
    public IReadOnlyList<ReplayPair> Replays { get; init; } = [];

    /// <summary>The readings by block, from the records: the first of each block has it.</summary>
    public static IReadOnlyList<double?> SentinelsOf(IEnumerable<BenchmarkInstance> blocks, IEnumerable<RunRecord> runs)
    {
        var first = runs.Where(r => r is { Cell.Calibration: false, Environment.SentinelSeconds: not null })
            .OrderBy(r => r.Id)
            .GroupBy(r => r.Cell!.Instance)
            .ToDictionary(g => g.Key, g => g.First().Environment.SentinelSeconds, StringComparer.Ordinal);
        return first.Count == 0 ? [] : [.. blocks.Select(b => first.GetValueOrDefault(b.Name))];
    }
}

/// <param name="Outcomes">Of its verdicts, by candidate.</param>
public sealed record ReplaySource(Guid Id, IReadOnlyDictionary<string, VerdictOutcome> Outcomes);

/// <summary>What a comparison must know of an instance besides its runs. Made once, when the benchmark starts.</summary>
public sealed record BenchmarkInstance
{
    public required string Name { get; init; }

    public required string ProblemId { get; init; }

    public required string Family { get; init; }

    public required Sense Sense { get; init; }

    public required int NumVariables { get; init; }

    /// <summary>From the suite; null when it gave none.</summary>
    public Reference? Reference { get; init; }

    /// <inheritdoc cref="Problem.GapOrigin"/>
    public double? GapOrigin { get; init; }

    /// <inheritdoc cref="Problem.WorstObjective"/>
    public double? WorstObjective { get; init; }

    public static BenchmarkInstance Of(string name, Problem problem, Reference? reference) =>
        new()
        {
            Name = name,
            ProblemId = problem.Id,
            Family = problem.Family.Id,
            Sense = problem.Sense,
            NumVariables = problem.NumVariables,
            Reference = reference,
            GapOrigin = problem.GapOrigin,
            WorstObjective = problem.WorstObjective,
        };
}

/// <summary>A solver entry of the suite, with what the registry and the strength gate say of it.</summary>
public sealed record Entrant
{
    public required string Name { get; init; }

    public required string SolverId { get; init; }

    public required EntrantRole Role { get; init; }

    /// <summary>As the suite gives them, an ablation's with what it replaces; null for the solver's defaults.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The registry's; where its runs say otherwise, the runs count.</summary>
    public required Paradigm Paradigm { get; init; }

    public bool IgnoresSeed { get; init; }

    /// <summary>Untested until the strength gate has run it on a calibration set.</summary>
    public BaselineStrength Strength { get; init; } = BaselineStrength.Untested;

    /// <summary>Why the recorder added it to the suite; null for the suite's own.</summary>
    public string? Added { get; init; }

    /// <summary>For an ablation: the candidate whose quantum step it replaces.</summary>
    public string? AblationOf { get; init; }

    /// <summary>What running it would take of people; null when the suite declares nothing.</summary>
    public Complexity? Complexity { get; init; }

    /// <summary>A task without production maturity (sampling for generative models): never adopted.</summary>
    public bool IsResearchClass { get; init; }
}

/// <summary>What the strength gate says of a classical entrant. A weak one still counts against a candidate, never for it.</summary>
public enum BaselineStrength
{
    Strong,
    Weak,
    Untested,
}

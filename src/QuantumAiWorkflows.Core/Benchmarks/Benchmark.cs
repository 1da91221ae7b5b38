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

    /// <summary>The suite's solvers in its order, then ablations.</summary>
    public required IReadOnlyList<Entrant> Entrants { get; init; }

    /// <summary>Every record, warm-up and lost attempts included; any order.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    public PriceList Prices { get; init; } = PriceList.Local;

    /// <summary>
    /// Distinct candidate configurations that were benchmarked on any of these instances so far, this one included:
    /// alpha is divided by it.
    /// </summary>
    public int CandidatesTried { get; init; } = 1;

    /// <summary>Seconds that a fixed kernel took before each block, in the order of the blocks. Empty: not measured, as always in this version, which has no recorder for it.</summary>
    public IReadOnlyList<double> SentinelSeconds { get; init; } = [];

    /// <summary>Stored runs of this benchmark that were run again. Empty: nothing was replayed.</summary>
    public IReadOnlyList<ReplayPair> Replays { get; init; } = [];
}

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

    /// <summary>The registry's; where its runs say otherwise, the runs count.</summary>
    public required Paradigm Paradigm { get; init; }

    public bool IgnoresSeed { get; init; }

    /// <summary>Untested until a strength gate has run it on a calibration set, which no part of this version does.</summary>
    public BaselineStrength Strength { get; init; } = BaselineStrength.Untested;

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

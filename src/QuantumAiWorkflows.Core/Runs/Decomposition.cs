using System.Text.Json.Serialization;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Runs;

/// <summary>What the sub-problems of a decomposition came to, all together.</summary>
public sealed record Decomposition
{
    public required int SubProblems { get; init; }

    /// <summary>Of them, those whose answer was taken over: it was not worse than what was there.</summary>
    public required int Accepted { get; init; }

    /// <summary>Of them, those whose answer was better than what was there.</summary>
    public required int Improved { get; init; }

    /// <summary>Variables of a sub-problem.</summary>
    public required int SubProblemSize { get; init; }

    /// <summary>Starts, the first one included.</summary>
    public required int Rounds { get; init; }

    /// <summary>The solver of the sub-problems: its paradigm is the run's, see docs/hybrid.md.</summary>
    public required SolverRef SubSolver { get; init; }

    /// <summary>Evaluations as the sub-solver counts them; the run's own are among the run's, not among these.</summary>
    public required long SubEvaluations { get; init; }

    /// <summary>Null for a sub-solver that draws none.</summary>
    public long? SubShots { get; init; }

    /// <summary>Wall seconds inside the sub-solver.</summary>
    public required double SubSeconds { get; init; }

    /// <summary>Of the largest circuit; null where none ran.</summary>
    public int? MaxQubits { get; init; }

    /// <summary>Of the deepest circuit; null where none ran.</summary>
    public int? MaxCircuitDepth { get; init; }

    /// <summary>Sum over the circuits that drew the shots, one for each sub-problem; null where none ran.</summary>
    public long? TwoQubitGates { get; init; }
}

/// <summary>
/// One sub-problem of a decomposition. Objectives are those of the whole problem, in its own sense, offset included.
/// </summary>
public sealed record SubProblemStep
{
    /// <summary>From 0, in the order solved.</summary>
    public required int Index { get; init; }

    /// <summary>From 1.</summary>
    public required int Round { get; init; }

    /// <summary>What was free, and at what coefficients: with the whole problem, the sub-problem as it was solved.</summary>
    public required ClampedQubo Clamped { get; init; }

    public required double ObjectiveBefore { get; init; }

    /// <summary>With the sub-solver's answer put in; null when it found none.</summary>
    public double? ObjectiveFound { get; init; }

    public required bool Accepted { get; init; }

    /// <summary>After the decision, and after polishing where that is on.</summary>
    public required double ObjectiveAfter { get; init; }

    /// <summary>Wall seconds from the start of the run.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Wall seconds of the sub-solver.</summary>
    public required double Seconds { get; init; }

    public required long Evaluations { get; init; }

    public long? Shots { get; init; }

    /// <summary>Null where no circuit ran.</summary>
    public int? Qubits { get; init; }

    public int? CircuitDepth { get; init; }

    public int? TwoQubitGates { get; init; }

    /// <summary>What ended the sub-run.</summary>
    public required StoppedBy StoppedBy { get; init; }

    /// <summary>Why it found nothing; null when it found something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>The sub-problems that were kept, in order.</summary>
/// <param name="Total">How many there were.</param>
/// <param name="Every">Kept are those whose index is a multiple of this; 1: all of them.</param>
public sealed record SubProblemTrace(int Total, int Every, IReadOnlyList<SubProblemStep> Steps);

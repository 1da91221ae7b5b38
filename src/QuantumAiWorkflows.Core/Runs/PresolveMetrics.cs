namespace QuantumAiWorkflows.Runs;

/// <summary>What a presolve made of a QUBO: counts only, so that a run replays to the same record.</summary>
public sealed record PresolveMetrics
{
    /// <summary>True when coefficients were whole numbers (over a common scale): only then are all reductions applied.</summary>
    public required bool Exact { get; init; }

    /// <summary>Before.</summary>
    public required int Variables { get; init; }

    /// <summary>Before.</summary>
    public required long Interactions { get; init; }

    public required int VariablesLeft { get; init; }

    public required long InteractionsLeft { get; init; }

    public required PresolveRemovals Removed { get; init; }

    /// <summary>Parts that are left and share no interaction; each is solved by itself. 0 when nothing is left.</summary>
    public required int Components { get; init; }

    /// <summary>Variables of the largest of them.</summary>
    public required int LargestComponent { get; init; }

    /// <summary>Parts that were solved outright, by tables over a tree decomposition.</summary>
    public required int ComponentsSolved { get; init; }

    /// <summary>The largest width of their decompositions; null without any.</summary>
    public required int? Width { get; init; }

    /// <summary>Stages that were not run, or not to their end.</summary>
    public required IReadOnlyList<SkippedStage> Skipped { get; init; }
}

/// <summary>Variables removed, by the reason.</summary>
/// <param name="Isolated">Without an interaction.</param>
/// <param name="Dominance">No assignment of the neighbours turns the sign of what the variable changes.</param>
/// <param name="DegreeOne">Best value as a function of the only neighbour.</param>
/// <param name="DegreeTwo">Best value as a function of the two neighbours.</param>
/// <param name="StrongPersistency">By roof duality, the same in every optimum.</param>
/// <param name="WeakPersistency">By roof duality, so in some optimum.</param>
/// <param name="Width">Of components that were solved outright.</param>
public sealed record PresolveRemovals(
    int Isolated,
    int Dominance,
    int DegreeOne,
    int DegreeTwo,
    int StrongPersistency,
    int WeakPersistency,
    int Width
);

/// <param name="Stage">degreeTwo, roofDuality or width; all where the run was stopped meanwhile.</param>
/// <param name="Reason">With the numbers.</param>
public sealed record SkippedStage(string Stage, string Reason);

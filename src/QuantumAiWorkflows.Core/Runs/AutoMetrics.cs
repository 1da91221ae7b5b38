namespace QuantumAiWorkflows.Runs;

/// <summary>Why the solver <c>auto</c> did what it did: what it saw in the problem, whom it tried, and who had the budget.</summary>
public sealed record AutoMetrics
{
    /// <summary>Parts that are listed: the largest ones.</summary>
    public const int MaxListed = 10;

    /// <summary>Who solved the largest part, by id; null where the presolve left nothing to solve, and where a stop came first.</summary>
    public required string? Chosen { get; init; }

    /// <summary>The same as one sentence for people.</summary>
    public required string Sentence { get; init; }

    /// <summary>Parts that the presolve left, each solved apart: connected components of what it could not remove.</summary>
    public required int NumParts { get; init; }

    /// <summary>The largest first, at most <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<AutoPart> Parts { get; init; }
}

/// <summary>One part of the problem: what it is like, and who worked on it.</summary>
public sealed record AutoPart
{
    public required QuboFeatures Features { get; init; }

    /// <summary>The first rule of the table whose condition holds, in its own words.</summary>
    public required string Rule { get; init; }

    /// <summary>Solvers that the rule names and that take the part, in its order.</summary>
    public required IReadOnlyList<AutoCandidate> Candidates { get; init; }

    /// <summary>All runs of solvers, in order.</summary>
    public required IReadOnlyList<AutoStep> Steps { get; init; }

    /// <summary>Who proved it, else who was chosen for the rest of the budget; null before either.</summary>
    public required string? Chosen { get; init; }

    /// <summary>Why this one.</summary>
    public required string Reason { get; init; }

    /// <summary>Nothing better exists for this part.</summary>
    public required bool IsProven { get; init; }
}

/// <param name="Reason">Why the rule names it.</param>
public sealed record AutoCandidate(string Solver, string Reason);

/// <summary>One run of one solver on a part.</summary>
/// <param name="Purpose">What the run was for.</param>
/// <param name="Round">Of the race, from 1; null outside it.</param>
/// <param name="Solver">Its id.</param>
/// <param name="Evaluations">As that solver counts them.</param>
/// <param name="Objective">Best of the run, in the part's own terms, start included; null where it found nothing.</param>
/// <param name="Improved">Whether that is better than all that was known of the part before.</param>
public sealed record AutoStep(
    AutoPurpose Purpose,
    int? Round,
    string Solver,
    long Evaluations,
    double? Objective,
    bool Improved
);

public enum AutoPurpose
{
    /// <summary>Looks at everything: there is little.</summary>
    Enumeration,

    /// <summary>A good answer for the proof to begin with.</summary>
    HeadStart,

    Proof,

    Race,

    /// <summary>The rest of the budget.</summary>
    Main,
}

/// <summary>What a choice of solver is made from. Counts and shares of the problem as bits and as spins.</summary>
public sealed record QuboFeatures
{
    public required int NumVariables { get; init; }

    public required long NumInteractions { get; init; }

    /// <summary>Share of all pairs that interact.</summary>
    public required double Density { get; init; }

    /// <summary>Mean number of variables that a variable interacts with.</summary>
    public required double MeanDegree { get; init; }

    /// <summary>Standard deviation of that number over its mean; 0 for a regular graph, and without interactions.</summary>
    public required double DegreeSpread { get; init; }

    public required int MaxDegree { get; init; }

    /// <summary>Largest over smallest magnitude of the couplings; 1 where all are alike, and without any.</summary>
    public required double CoefficientRange { get; init; }

    /// <summary>Distinct couplings among the first hundred thousand.</summary>
    public required int DistinctCoefficients { get; init; }

    /// <summary>Every coefficient is a whole number.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>As spins without linear terms: every answer and its opposite are worth the same, as for Max-Cut.</summary>
    public required bool IsSymmetric { get; init; }

    /// <summary>The graph has two sides without an interaction inside either; null where it is too large to look.</summary>
    public required bool? IsBipartite { get; init; }
}

using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// What a presolve may cost. Every limit is a count, so that the same problem is always reduced in the same way; a stage
/// beyond its limit is left out, and the record says so.
/// </summary>
internal sealed record PresolveLimits
{
    public static PresolveLimits Default { get; } = new();

    /// <summary>For a check before a run: milliseconds, and nothing that <see cref="Default"/> would not remove, too.</summary>
    public static PresolveLimits Quick { get; } =
        new()
        {
            MaxFlowTerms = 20_000,
            MaxFlowScans = 2_000_000,
            MaxTableCells = 1 << 20,
            MaxOrderSteps = 200_000,
        };

    /// <summary>Interactions that are left when degree-2 elimination needs its table of pairs: about 50 bytes each.</summary>
    public int MaxPairs { get; init; } = 1_000_000;

    /// <summary>Variables and interactions of the network of roof duality: about 100 bytes each.</summary>
    public int MaxFlowTerms { get; init; } = 500_000;

    /// <summary>Arcs looked at by all maximum flows together: some nanoseconds each.</summary>
    public long MaxFlowScans { get; init; } = 100_000_000;

    /// <summary>Largest width of a tree decomposition: tables have up to 2^width cells.</summary>
    public int MaxWidth { get; init; } = 20;

    /// <summary>Cells of all tables together: some nanoseconds each.</summary>
    public long MaxTableCells { get; init; } = 1L << 27;

    /// <summary>Bytes of tables that live at the same time.</summary>
    public long MaxTableBytes { get; init; } = 128_000_000;

    /// <summary>Pairs joined or looked up in search of elimination orders, and what building their graphs takes.</summary>
    public long MaxOrderSteps { get; init; } = 5_000_000;

    /// <summary>The default limits within the memory of a run, of which tables get a quarter.</summary>
    public static PresolveLimits Within(SolveBudget budget) =>
        budget.MemoryMegabytes is { } megabytes
            ? Default with
            {
                MaxTableBytes = Math.Min(Default.MaxTableBytes, megabytes * 250_000L),
                MaxFlowTerms = (int)Math.Min(Default.MaxFlowTerms, megabytes * 2_500L),
                MaxPairs = (int)Math.Min(Default.MaxPairs, megabytes * 5_000L),
            }
            : Default;
}

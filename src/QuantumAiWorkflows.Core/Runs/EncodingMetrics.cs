using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Runs;

/// <summary>What a run says of the QUBO that stood for its problem.</summary>
public sealed record EncodingMetrics
{
    /// <summary>Entries of the two maps at most: a problem may have ten thousand constraints.</summary>
    public const int MaxListed = 1000;

    public required int NumVariables { get; init; }

    public required long NumInteractions { get; init; }

    public required int NumConstraints { get; init; }

    public required PenaltyPolicy Policy { get; init; }

    public required IntegerEncoding Integers { get; init; }

    public required RepairChoice Repair { get; init; }

    /// <summary>As applied, of the last round: by name of the constraint, the first thousand.</summary>
    public required IReadOnlyDictionary<string, double> Penalties { get; init; }

    /// <summary>Variables that exist because of a constraint, by its name; the first thousand of those that added any.</summary>
    public required IReadOnlyDictionary<string, int> AddedPerConstraint { get; init; }

    /// <summary>
    /// Whether the lowest energy of the last round satisfies every constraint, before any repair; null when the solver found
    /// nothing.
    /// </summary>
    public bool? RawFeasible { get; init; }

    /// <summary>Whether that answer is feasible once repaired; null where nothing was repaired.</summary>
    public bool? RepairedFeasible { get; init; }

    /// <summary>True when the answer of the run came out of the repair.</summary>
    public bool Repaired { get; init; }

    /// <summary>
    /// Whether every assignment of the lowest energy satisfies every constraint, all of them looked at; null beyond 20
    /// variables, and where the budget ended before that was known.
    /// </summary>
    public bool? GroundStateFeasible { get; init; }

    /// <summary>How often the QUBO was solved; above 1 only with policy iterative.</summary>
    public required int Rounds { get; init; }

    public static EncodingMetrics Of(QuboEncoding encoding, int rounds) =>
        new()
        {
            NumVariables = encoding.Qubo.NumVariables,
            NumInteractions = encoding.Qubo.NumInteractions,
            NumConstraints = encoding.Constraints.Count,
            Policy = encoding.Request.Penalty.Policy,
            Integers = encoding.Request.Integers,
            Repair = encoding.Request.Repair,
            Penalties = encoding
                .Constraints.Zip(encoding.Penalties)
                .Take(MaxListed)
                .ToDictionary(c => c.First.Name, c => c.Second),
            AddedPerConstraint = encoding
                .Constraints.Where(c => c.AddedVariables > 0)
                .Take(MaxListed)
                .ToDictionary(c => c.Name, c => c.AddedVariables),
            Rounds = rounds,
        };
}

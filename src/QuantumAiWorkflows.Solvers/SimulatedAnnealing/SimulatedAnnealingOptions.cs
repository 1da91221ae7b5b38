using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

public sealed record SimulatedAnnealingOptions : PresolvableOptions
{
    [Description(
        "Sweeps per read. Reads until the budget (reads null): half of all sweeps in reads of this length, the others in four of this length, four of twice that, four of four times that, and so on; when less than two more would fit into the budget, the last read takes all that is left and cools to its end. With a number of reads, an evaluations budget shortens a read, so that it cools to its end. Rosters: 1, 4, 16, 64, ... times, and every budget shortens a read. Feature subsets: 1, 1, 2, 1, 1, 2, 4, ... times."
    )]
    [Range(1, 100_000_000)]
    public int Sweeps { get; init; } = 1000;

    [Description(
        "Reads, each from a random start, but the first from the initial solution if there is one. Null: budget.shots when given, else until the time, CPU or evaluations budget ends, else 20 (rosters: 5, each from an empty roster)."
    )]
    [Range(1, 10_000_000)]
    public int? Reads { get; init; }

    [Description(
        "Inverse temperatures, per unit of the objective. Null: from the couplings, (feature subsets: from exchanges of a random subset; rosters: from the weights), so hot at first that a read forgets its start; a larger \"hot\" searches around an initial solution. Temperatures beyond 1e30 times the largest coefficient, or below 1e-30 of it, act as these."
    )]
    public BetaRange? BetaRange { get; init; }
}

/// <summary>The two ends of the inverse temperatures, per unit of the objective.</summary>
public sealed record BetaRange
{
    [Description(
        "Of the first sweep of a read; of parallel tempering's hottest replicas, which takes the smaller of the two for hot."
    )]
    [Range(1e-300, 1e300)]
    public required double Hot { get; init; }

    [Description(
        "Of the last sweep, to which the temperature falls geometrically; of parallel tempering's coldest replicas, the ladder between being geometric at first."
    )]
    [Range(1e-300, 1e300)]
    public required double Cold { get; init; }
}

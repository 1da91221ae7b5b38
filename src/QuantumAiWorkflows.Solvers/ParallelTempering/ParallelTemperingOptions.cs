using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.Solvers.ParallelTempering;

public sealed record ParallelTemperingOptions
{
    [Description(
        "Temperatures, of which each has its own replicas. Null: about 0.35·√n·ln(hot/cold), from 8 to 64, and no more than fit 256 megabytes or a quarter of the memory budget."
    )]
    [Range(2, 256)]
    public int? Temperatures { get; init; }

    [Description(
        "Replicas at every temperature. Two or more are what cluster moves need; beyond that they are so many independent runs."
    )]
    [Range(1, 16)]
    public int Replicas { get; init; } = 2;

    [Description("Sweeps of all replicas between two rounds of exchange.")]
    [Range(1, 1_000_000)]
    public int SweepsPerExchange { get; init; } = 1;

    [Description("Rounds of exchange. Null: until the budget ends, or its shots are drawn, else 1000.")]
    [Range(1, 1_000_000_000)]
    public int? Rounds { get; init; }

    [Description(
        "Changes of whole clusters between two replicas at one temperature, after every round: on at all temperatures, off, or auto: at those where most clusters of the first 800 rounds were smaller than a quarter of the variables."
    )]
    public ClusterMoveUse ClusterMoves { get; init; }

    [Description(
        "Inverse temperatures of the two ends, per unit of the objective. Null: from the couplings, as simulated-annealing begins and ends."
    )]
    public BetaRange? BetaRange { get; init; }
}

public enum ClusterMoveUse
{
    Auto,
    On,
    Off,
}

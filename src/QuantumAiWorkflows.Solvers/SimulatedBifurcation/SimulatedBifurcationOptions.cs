using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

public sealed record SimulatedBifurcationOptions
{
    [Description(
        "\"discrete\": couplings act on the signs of the positions; \"ballistic\": on the positions themselves, 16 trajectories at a time."
    )]
    public BifurcationVariant Variant { get; init; } = BifurcationVariant.Discrete;

    [Description(
        "Time steps of a trajectory, over which the pump rises from 0 to its end. Trajectories until the budget (trajectories null) take multiples of it: 1, 1, 2, 1, 1, 2, 4, ... times. An evaluations budget shortens a trajectory, so that the pump rises to its end."
    )]
    [Range(1, 100_000_000)]
    public int Steps { get; init; } = 2000;

    [Description(
        "Trajectories, each from random positions and momenta near 0. Null: until the time, CPU or evaluations budget ends, else 32."
    )]
    [Range(1, 10_000_000)]
    public int? Trajectories { get; init; }

    [Description(
        "Time step, in units of the inverse of the oscillators' frequency. Null: 1, or less where the largest eigenvalue of the couplings asks for it; beyond that the oscillators run away."
    )]
    [Range(0.01, 2.0)]
    public double? TimeStep { get; init; }

    [Description(
        "Strength of the couplings, c0, times the root mean square force that they exert on random spins. Null: 0.5."
    )]
    [Range(0.001, 100)]
    public double? Coupling { get; init; }
}

public enum BifurcationVariant
{
    Discrete,
    Ballistic,
}

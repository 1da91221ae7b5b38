using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

public sealed record SimulatedQuantumAnnealingOptions : PresolvableOptions
{
    [Description(
        "Sweeps per read, over which the transverse field falls linearly to 0. Reads until the budget (reads null) use multiples of it: 1, 1, 2, 1, 1, 2, 4, ... times. An evaluations budget shortens a read, so that the field falls to its end."
    )]
    [Range(1, 100_000_000)]
    public int Sweeps { get; init; } = 500;

    [Description(
        "Reads, each from random slices, but the first from the initial solution if there is one. Null: budget.shots when given, else until the time, CPU or evaluations budget ends, else 20."
    )]
    [Range(1, 10_000_000)]
    public int? Reads { get; init; }

    [Description("Imaginary-time slices P (Trotter number); a multiple of 16.")]
    [Range(16, 256)]
    public int Slices { get; init; } = 16;

    [Description(
        "Inverse temperature per unit of the objective, the same throughout. Null: from the couplings, as simulated-annealing ends: the typical smallest change of energy is accepted once in a thousand."
    )]
    [Range(1e-300, 1e300)]
    public double? Beta { get; init; }

    [Description(
        "Transverse field at the first sweep, in units of the objective. Null: from the couplings, a share of what flipping the strongest variable typically changes."
    )]
    [Range(1e-300, 1e300)]
    public double? Field { get; init; }
}

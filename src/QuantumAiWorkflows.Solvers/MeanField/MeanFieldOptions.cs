using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace QuantumAiWorkflows.Solvers.MeanField;

public sealed record MeanFieldOptions
{
    [Description(
        "Sweeps of a start, over which the temperature falls geometrically. Starts until the budget (starts null) take multiples of it: 1, 1, 2, 1, 1, 2, 4, ... times. An evaluations budget shortens a start, so that it cools to its end."
    )]
    [Range(1, 100_000_000)]
    public int Sweeps { get; init; } = 400;

    [Description(
        "Starts, each from random means near 0; 16 run side by side. Null: until the time, CPU or evaluations budget ends, else 64."
    )]
    [Range(1, 10_000_000)]
    public int? Starts { get; init; }

    [Description("Temperature of the first sweep, in units of the root mean square field of random spins.")]
    [Range(1e-6, 1e6)]
    public double Hot { get; init; } = 0.7;

    [Description("Temperature of the last sweep, in the same unit.")]
    [Range(1e-6, 1e6)]
    public double Cold { get; init; } = 0.05;

    [Description(
        "Standard deviation of the noise on every field at the first sweep, in the same unit, falling with the temperature; 0 for none: then starts that begin hot all end alike."
    )]
    [Range(0, 100)]
    public double Noise { get; init; } = 0.8;

    [Description(
        "Share of a mean that its new value replaces: 1 takes the new one as it is, less is slower and calmer."
    )]
    [Range(0.01, 1.0)]
    public double Damping { get; init; } = 1;
}

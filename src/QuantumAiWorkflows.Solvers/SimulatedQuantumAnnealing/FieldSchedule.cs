using System.Numerics;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

/// <summary>The transverse field of one read, falling linearly to 0 at a fixed temperature; in units of a model's fields.</summary>
/// <param name="Temperature">T, of the quantum system.</param>
/// <param name="Field">Γ before the first sweep.</param>
internal readonly record struct FieldSchedule(double Temperature, double Field)
{
    /// <summary>
    /// Γ at the start, as a share of the change of energy that flipping the strongest variable typically makes. Measured
    /// on a sparse graph of 2000 vertices: half of it is far worse, double of it a little.
    /// </summary>
    private const double StartShare = 0.5;

    /// <summary>Hotter accepts everything alike; a float holds it times the largest exponential.</summary>
    private const double Hottest = 1e25;

    public static FieldSchedule Of<T>(SimulatedQuantumAnnealingOptions options, LocalFields<T> model)
        where T : unmanaged, INumber<T>
    {
        var scales = FieldScales.Of(model);
        return new(
            Math.Clamp(
                options.Beta is { } beta ? model.Scale / beta : AnnealingSchedule.ColdEnd(scales),
                1 / Hottest,
                Hottest
            ),
            Math.Clamp(
                options.Field is { } field
                    ? model.Scale * field
                    : StartShare * (scales.Largest == 0 ? 1 : scales.Largest),
                1 / Hottest,
                Hottest
            )
        );
    }

    /// <summary>The classical model of sweep k of <paramref name="sweeps"/>, counted from 0, in units of sliced fields.</summary>
    /// <param name="unit">Sliced fields are this times the model's.</param>
    public PathIntegralSweep Sweep(int k, int sweeps, int slices, double unit) =>
        PathIntegralSweep.At(
            unit * slices * Temperature,
            unit * Math.Max(Field * (1 - (k + 1.0) / sweeps), 1e-12 * slices * Temperature)
        );
}

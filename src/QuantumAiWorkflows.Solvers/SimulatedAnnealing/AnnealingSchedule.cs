using System.Numerics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>Temperatures of one read, falling geometrically, in units of the fields.</summary>
/// <param name="Hot">The first sweep's temperature.</param>
/// <param name="Cold">The last one's.</param>
internal readonly record struct AnnealingSchedule(double Hot, double Cold)
{
    /// <summary>
    /// Changes of energy are below 2^30 in units of the fields: hotter accepts them all alike. And a float holds it times
    /// the largest exponential, which keeps every threshold below <see cref="LocalFields{T}.Wall"/>.
    /// </summary>
    private const double Hottest = 1e30;

    /// <summary>
    /// Of the typical field's root mean square r. In mean field a spin glass freezes below r/2 (Sherrington and Kirkpatrick,
    /// Phys. Rev. Lett. 35, 1975: T_c = J√n): hotter sweeps cost the most, as they flip the most, and are forgotten.
    /// </summary>
    /// <remarks>
    /// Measured at equal CPU time on random graphs of degree 2, 5, 20 and 48 with weights 1 and ±1, ±1 and Gaussian grids in
    /// two and three dimensions, dense QUBOs and Gaussian couplings between all: 0.5 to 0.65 is best or within the error
    /// everywhere, 0.9 is no better in the same number of sweeps at up to half as much time again, 0.3 is worse on degree
    /// 20. The end a third hotter or colder than a thousandth is worse on some of them and better on none. Falling in
    /// equal steps of T or 1/T instead of ln T is worse on most: 1/T spends too little where it freezes, T too much above.
    /// </remarks>
    private const double HotShare = 0.6;

    /// <summary>
    /// Of the largest r, where that is more: variables far stronger than the others must not be frozen by the first sweep.
    /// </summary>
    private const double HotShareOfLargest = 0.25;

    /// <summary>What a client asked for, in units of the fields; the unit of an objective may be anything.</summary>
    public static AnnealingSchedule Of(BetaRange beta, double scale) =>
        new(Math.Clamp(scale / beta.Hot, 1 / Hottest, Hottest), Math.Clamp(scale / beta.Cold, 1 / Hottest, Hottest));

    /// <summary>From the couplings; see <see cref="HotShare"/>. Cold as <see cref="ColdEnd"/>.</summary>
    public static AnnealingSchedule For<T>(LocalFields<T> fields)
        where T : unmanaged, INumber<T>
    {
        var scales = FieldScales.Of(fields);
        var cold = ColdEnd(scales);
        return new(Math.Max(cold, Math.Max(HotShare * scales.Typical, HotShareOfLargest * scales.Largest)), cold);
    }

    /// <summary>The typical smallest change of energy is accepted once in a thousand. 1 where every field is zero.</summary>
    public static double ColdEnd(FieldScales scales) =>
        scales.Largest == 0 ? 1 : Math.Clamp(scales.Finest / Math.Log(1000), scales.Largest * 1e-6, scales.Largest);

    /// <param name="progress">From 0, the first sweep, to 1, the last one.</param>
    public double Temperature(double progress) => Hot * Math.Pow(Cold / Hot, progress);
}

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

    /// <summary>What a client asked for, in units of the fields; the unit of an objective may be anything.</summary>
    public static AnnealingSchedule Of(BetaRange beta, double scale) =>
        new(Math.Clamp(scale / beta.Hot, 1 / Hottest, Hottest), Math.Clamp(scale / beta.Cold, 1 / Hottest, Hottest));

    /// <summary>Temperature of sweep k of <paramref name="sweeps"/>, counted from 0.</summary>
    public double Temperature(int k, int sweeps) => sweeps < 2 ? Cold : Hot * Math.Pow(Cold / Hot, k / (sweeps - 1.0));

    /// <summary>
    /// From the couplings, with r[i] the root mean square of variable i's field over random assignments. Hot: a change of
    /// the largest r is accepted with probability 1/e. Cold: the typical smallest change is accepted once in a thousand;
    /// that is half the least coupling of a variable (an odd number of equal couplings cannot cancel further), or r / √n
    /// where many couplings make fields finer than any of them.
    /// </summary>
    public static AnnealingSchedule For<T>(LocalFields<T> fields)
        where T : unmanaged, INumber<T>
    {
        fields.Reset([]);
        var spread = new double[fields.Count];
        var finest = new double[fields.Count];
        for (var i = 0; i < fields.Count; i++)
        {
            // At x = 0 the field is the linear coefficient; couplings add half their weight on average.
            var mean = double.CreateTruncating(fields.Field[i]);
            var variance = 0.0;
            var least = double.PositiveInfinity;
            for (var k = fields.Start[i]; k < fields.Start[i + 1]; k++)
            {
                var weight = double.CreateTruncating(fields.Weight[k]);
                mean += weight / 2;
                variance += weight * weight / 4;
                if (weight != 0)
                    least = Math.Min(least, Math.Abs(weight) / 2);
            }
            spread[i] = Math.Sqrt(mean * mean + variance);
            if (double.IsInfinity(least))
                least = spread[i];
            finest[i] = Math.Max(least, Math.Sqrt(variance / (fields.Start[i + 1] - fields.Start[i] + 1)));
        }
        var largest = spread.Max();
        if (largest == 0)
            return new(1, 1);
        // Variables without any coefficient say nothing; the median keeps one odd coupling from setting the end.
        var typical = finest.Where(f => f > 0).Order().ToArray();
        var cold = typical[typical.Length / 2] / Math.Log(1000);
        return new(largest, Math.Clamp(cold, largest * 1e-6, largest));
    }
}

using System.Numerics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// How large changes of energy are, in units of the fields, with r[i] the root mean square of variable i's field over
/// random assignments. All zero where no coefficient is.
/// </summary>
/// <param name="Largest">max r[i].</param>
/// <param name="Typical">Root mean square of the r[i].</param>
/// <param name="Finest">
/// The typical smallest change: half the least coupling of a variable (an odd number of equal couplings cannot cancel
/// further), or r / √n where many couplings make fields finer than any of them. The median over the variables, so that one
/// odd coupling does not decide.
/// </param>
internal readonly record struct FieldScales(double Largest, double Typical, double Finest)
{
    /// <summary>O(n log n + m). Leaves the fields at the assignment of all zeros.</summary>
    public static FieldScales Of<T>(LocalFields<T> fields)
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
            return default;
        // Variables without any coefficient say nothing.
        var counted = finest.Where(f => f > 0).Order().ToArray();
        var typical = largest * Math.Sqrt(spread.Sum(r => r / largest * (r / largest)) / counted.Length);
        return new(largest, typical, counted[counted.Length / 2]);
    }
}

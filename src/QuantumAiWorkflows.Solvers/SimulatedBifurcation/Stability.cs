using System.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

/// <summary>
/// Which time step the oscillators bear. Symplectic Euler is stable while the fastest mode has ω·Δt below 2; here
/// ω² = 1 + c·λ, with λ the largest eigenvalue of the couplings. Random couplings have λ near 2 in the unit of their
/// root mean square field; a graph whose couplings all have one sign has far more, as all spins of it push each other alike.
/// </summary>
internal static class Stability
{
    /// <summary>ω·Δt of the fastest mode: three quarters of the limit, as the eigenvalue is known from below only.</summary>
    private const double Phase = 1.5;

    private const int Iterations = 20;

    /// <summary>Growth that changes by no more than this share from one iteration to the next is taken for the eigenvalue.</summary>
    private const double Tolerance = 0.01;

    /// <param name="model">Any assignment.</param>
    /// <param name="coupling">c, times the root mean square field.</param>
    /// <param name="unit">That field, in units of the model.</param>
    /// <param name="largest">What the step is at most.</param>
    /// <param name="context">Its clock ends the iteration early; the vector that it begins with is drawn from it.</param>
    public static double TimeStep<T>(
        LocalFields<T> model,
        double coupling,
        double unit,
        double largest,
        SolveContext context
    )
        where T : unmanaged, INumber<T> =>
        Math.Min(largest, Phase / Math.Sqrt(1 + coupling * LargestEigenvalue(model, context) / unit));

    /// <summary>
    /// Of the couplings between spins, in magnitude; from below, as power iteration comes to it. O(n + m) an iteration.
    /// </summary>
    public static double LargestEigenvalue<T>(LocalFields<T> model, SolveContext context)
        where T : unmanaged, INumber<T>
    {
        var random = context.CreateRandom("stability");
        var vector = new double[model.Count];
        foreach (ref var v in vector.AsSpan())
            // A mean of its own: the mode in which all spins are alike is the usual one.
            v = 0.5 + random.NextDouble();
        var image = new double[model.Count];
        var growth = 0.0;
        for (var k = 0; k < Iterations && !context.ShouldStop(); k++)
        {
            var norm = Math.Sqrt(vector.Sum(v => v * v));
            if (norm == 0)
                return 0;
            for (var i = 0; i < image.Length; i++)
            {
                var sum = 0.0;
                for (var e = model.Start[i]; e < model.Start[i + 1]; e++)
                    sum += double.CreateTruncating(model.Weight[e]) * vector[model.Column[e]];
                image[i] = sum / (4 * norm);
            }
            (vector, image) = (image, vector);
            var before = growth;
            growth = Math.Sqrt(vector.Sum(v => v * v));
            if (Math.Abs(growth - before) <= Tolerance * growth)
                break;
        }
        return growth;
    }
}

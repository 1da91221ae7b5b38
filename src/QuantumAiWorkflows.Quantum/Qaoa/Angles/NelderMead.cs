using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Downhill simplex (Nelder and Mead, "A simplex method for function minimization", Computer Journal 7, 1965), from
/// MathNet.Numerics. Needs no gradient and is the same sequence of points on every run.
/// </summary>
internal static class NelderMead
{
    /// <summary>
    /// Walks from <paramref name="start"/> until the values at the corners agree to <paramref name="tolerance"/> times their
    /// size, or <paramref name="evaluate"/> gives null: no further point may be looked at.
    /// </summary>
    /// <param name="start">Shape [n], n ≥ 1.</param>
    /// <param name="steps">Length of the first simplex along each axis.</param>
    public static void Minimize(double[] start, double[] steps, double tolerance, Func<double[], double?> evaluate)
    {
        try
        {
            NelderMeadSimplex.Minimum(
                ObjectiveFunction.Value(point => evaluate(point.ToArray()) ?? throw new NoMorePointsException()),
                Vector<double>.Build.DenseOfArray(start),
                Vector<double>.Build.DenseOfArray(steps),
                tolerance,
                maximumIterations: int.MaxValue
            );
        }
        catch (NoMorePointsException)
        {
            // Its best point is the caller's to remember.
        }
    }
}

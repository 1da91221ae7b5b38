using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Quasi-Newton minimization by the BFGS update with a weak Wolfe line search, from MathNet.Numerics. No random numbers:
/// the same sequence of points on every run. The line search asks for no smoothness, so it does for CVaR's kinks (Lewis and
/// Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141, 2013).
/// </summary>
internal static class Bfgs
{
    /// <summary>Steps shorter than this, relative to the point, end the walk.</summary>
    private const double ShortestStep = 1e-7;

    /// <summary>
    /// Walks from <paramref name="start"/> until no derivative exceeds <paramref name="tolerance"/> (times
    /// max(|f|, 1) / max(|x|, 1), as the library has it), steps become too short, or <paramref name="evaluate"/> gives null.
    /// </summary>
    /// <param name="evaluate">
    /// Value at a point, whose derivatives go to the second argument; null: no further point may be looked at.
    /// </param>
    public static void Minimize(double[] start, double tolerance, Func<double[], double[], double?> evaluate)
    {
        try
        {
            new BfgsMinimizer(tolerance, ShortestStep, functionProgressTolerance: 0, int.MaxValue).FindMinimum(
                ObjectiveFunction.Gradient(Evaluate),
                Vector<double>.Build.DenseOfArray(start)
            );
        }
        catch (Exception e) when (e is NoMorePointsException or OptimizationException)
        {
            // The library wraps what its callbacks throw, and throws where rounding leaves no descent: a walk's end all
            // the same. Its best point is the caller's to remember.
        }

        (double, Vector<double>) Evaluate(Vector<double> point)
        {
            // A flat piece of a line leaves the library's update with a division by zero.
            var slopes = new double[point.Count];
            return point.ForAll(double.IsFinite) && evaluate(point.ToArray(), slopes) is { } value
                ? (value, Vector<double>.Build.Dense(slopes))
                : throw new NoMorePointsException();
        }
    }
}

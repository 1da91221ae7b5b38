using MathNet.Numerics.LinearAlgebra;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// A QUBO over x in [0, 1]^n instead of {0, 1}^n. On bits x² = x, so d·Σ(x² - x) may be added without changing the
/// problem; with d = minus half the lowest eigenvalue of the quadratic part the relaxation is convex, and its one minimum
/// is what Egger, Marecek and Woerner start from. A problem without a preferred side (Max-Cut) then has that minimum at
/// ½ everywhere, which says nothing; so d is taken somewhat smaller: along the lowest eigenvector the minimum tips to a
/// side, as rounding that vector would, and a seeded start chooses which.
/// </summary>
internal static class RelaxedSolution
{
    /// <summary>
    /// Share of the curvature that would make the relaxation convex. Of 30 random problems of 12 variables each (dense,
    /// sparse, Max-Cut) the rounded relaxation was nearest to the optimum here or nearly so; 0 and 1 were worse.
    /// </summary>
    private const double Curvature = 0.5;

    /// <summary>A sweep is O(n + m): for 26 variables microseconds.</summary>
    private const int MaxSweeps = 1000;

    private const double Tolerance = 1e-9;

    /// <summary>
    /// Projected coordinate descent from near the centre: each coordinate in turn goes to its minimum in [0, 1].
    /// </summary>
    /// <returns>Shape [n], each from 0 to 1.</returns>
    public static double[] Find(BinaryModel model, Xoshiro256 random)
    {
        var n = model.NumVariables;
        var (linear, neighbours) = (model.Terms.Linear, model.Neighbours);
        var x = new double[n];
        for (var i = 0; i < n; i++)
            x[i] = 0.5 + 1e-3 * (2 * random.NextDouble() - 1);

        var d = Curvature * ConvexityGap(model);
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            var largest = 0.0;
            for (var i = 0; i < n; i++)
            {
                // f along coordinate i is slope·x + d·(x² - x).
                var slope = linear[i];
                for (var k = neighbours.Start[i]; k < neighbours.Start[i + 1]; k++)
                    slope += neighbours.Weight[k] * x[neighbours.Column[k]];
                var best =
                    d > 0 ? Math.Clamp(0.5 - slope / (2 * d), 0, 1)
                    : slope < 0 ? 1
                    : slope > 0 ? 0
                    : x[i];
                largest = Math.Max(largest, Math.Abs(best - x[i]));
                x[i] = best;
            }
            if (largest < Tolerance)
                break;
        }
        return x;
    }

    /// <summary>2·arcsin √c, the angle at which Ry|0⟩ gives a 1 with probability c, c kept <paramref name="epsilon"/> from 0 and 1.</summary>
    public static double[] ToStartAngles(IReadOnlyList<double> relaxed, double epsilon) =>
        [.. relaxed.Select(c => 2 * Math.Asin(Math.Sqrt(Math.Clamp(c, epsilon, 1 - epsilon))))];

    /// <summary>The smallest d that makes Σ q·x·y + d·Σ x² convex; 0 for a problem without interactions.</summary>
    private static double ConvexityGap(BinaryModel model)
    {
        var terms = model.Terms;
        var largest = terms.Value.Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (largest == 0)
            return 0;
        // Scaled, so that weights near the ends of a double's range have eigenvalues, too.
        var hessian = Matrix<double>.Build.Dense(model.NumVariables, model.NumVariables);
        for (var k = 0; k < terms.Value.Length; k++)
            hessian[terms.Row[k], terms.Column[k]] = hessian[terms.Column[k], terms.Row[k]] = terms.Value[k] / largest;
        return Math.Max(0, -hessian.Evd(Symmetricity.Symmetric).EigenValues.Real().Min() / 2) * largest;
    }
}
